"""The inbox: an event is stored before it is acknowledged, and worked on in its lane."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ValidationError
from sqlalchemy import Select, bindparam, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from bot.domain.clock import CLOCK_SLACK
from bot.domain.talk import causes
from bot.domain.talk.messages import InboundEvent, as_one
from bot.domain.talk.way import UNWORKED, InboxState
from bot.domain.trouble import Trouble
from bot.storage.models import InboxEvent

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 5
"""After so many tries the event is set aside as dead, the dialogue reset, and the owner told."""

BACK_OFF_SECONDS = (0.5, 1, 1.5, 2)
"""Together the seconds that an owner waits for a sentence where the engine answers and fails."""

LONGEST_PAUSE = timedelta(seconds=5)
"""No event is put off for longer; what seems to be was put off before the clock was set back."""

ALBUM_WAIT = timedelta(seconds=2)
"""How long an album waits for its next file: they come one by one, in two readings perhaps."""


_earlier = aliased(InboxEvent)

# Built once: to build a statement anew takes longer than to run it.
_STORE = {
    name: dialect.insert(InboxEvent)
    .values(state=InboxState.NEW, attempts=0, handed_over=False, taken_by="", error="")
    .on_conflict_do_nothing(index_elements=["channel", "event_id"])
    .returning(InboxEvent.id)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}
_OLDEST_DUE = (
    select(InboxEvent)
    .where(
        InboxEvent.state.in_(UNWORKED),
        (InboxEvent.available_at <= bindparam("now"))
        | (InboxEvent.available_at > bindparam("furthest_pause")),
        (InboxEvent.state == InboxState.NEW)
        | (InboxEvent.lease_until < bindparam("now"))
        | (InboxEvent.lease_until > bindparam("furthest_lease")),
        ~exists().where(
            _earlier.conversation_id == InboxEvent.conversation_id,
            _earlier.id < InboxEvent.id,
            _earlier.state.in_(UNWORKED),
        ),
    )
    .order_by(InboxEvent.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_BEHIND = (
    select(InboxEvent.id)
    .where(
        InboxEvent.conversation_id == bindparam("conversation_id"),
        InboxEvent.state.in_(UNWORKED),
    )
    .limit(1)
)
_END = (
    update(InboxEvent)
    .where(InboxEvent.id == bindparam("taken"), InboxEvent.state == InboxState.TAKEN)
    .values(state=InboxState.DONE, done_at=bindparam("now"), lease_until=None)
    .returning(InboxEvent.id)
)


@dataclass(frozen=True)
class TakenEvent:
    """An event in a worker's hands.

    `maybe_seen`: it was handed to Rasa by an earlier try, which may have been worked on.
    `sisters`: the other events of its album, taken and finished with it.
    """

    id: int
    conversation_id: str
    event: InboundEvent
    attempts: int
    maybe_seen: bool
    sisters: tuple[int, ...] = ()

    @property
    def cause(self) -> str:
        """The name under which side effects and replies of this event are idempotent."""
        return causes.of_event(self.id)

    @property
    def is_last_try(self) -> bool:
        """Whether the tries are used up with this one."""
        return self.attempts + 1 >= MAX_ATTEMPTS


class InboxService:
    """Hands events out, one lane a conversation."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def enqueue(self, event: InboundEvent, conversation_id: str, *, now: datetime) -> int | None:
        """Puts an event at the end of a lane, unheard; its row's id, or None for a duplicate.

        To be called while the conversation is held: ids of one lane rise in the order of commits.
        """
        row_id: int | None = self._session.scalar(
            _STORE[self._session.get_bind().dialect.name],
            {
                "channel": event.channel,
                "event_id": event.event_id,
                "conversation_id": conversation_id,
                "payload": event.model_dump(mode="json"),
                "album": event.album,
                "available_at": now,
                "received_at": now,
            },
        )
        return row_id

    def wait_for_sisters(self, conversation_id: str, album: str, *, now: datetime) -> None:
        """Each file of an album lets the first wait anew, which the lane goes by."""
        first = self._session.scalar(
            _of_album(conversation_id, album)
            .where(InboxEvent.state == InboxState.NEW, InboxEvent.handed_over.is_(False))
            .limit(1)
            # One that a worker is taking at this moment waits no longer.
            .with_for_update(skip_locked=True)
        )
        if first is not None:
            first.available_at = now + ALBUM_WAIT

    def drop(self, conversation_id: str, *, prefix: str, now: datetime) -> int:
        """Ends what waits in a lane under ids that begin so, unworked; returns how many."""
        result = self._session.execute(
            update(InboxEvent)
            .where(
                InboxEvent.conversation_id == conversation_id,
                InboxEvent.event_id.startswith(prefix, autoescape=True),
                InboxEvent.state == InboxState.NEW,
            )
            .values(state=InboxState.DONE, done_at=now)
            .returning(InboxEvent.id)
        )
        return len(result.all())

    def is_waiting(self) -> bool:
        """Whether something is not worked off."""
        waiting = select(InboxEvent.id).where(InboxEvent.state.in_(UNWORKED)).limit(1)
        return self._session.scalar(waiting) is not None

    def take(self, worker: str, *, now: datetime) -> TakenEvent | None:
        """The oldest event whose lane is free, leased to the worker; None when there is none.

        Of an album: with all of its files that wait. One that can no longer be read is set aside:
        it would stand before everybody's for ever.
        """
        while True:
            row = self._oldest_due(now)
            if row is None:
                return None
            rows = [row, *(self._sisters(row, now=now) if row.album else [])]
            read = [(one, event) for one in rows if (event := self._read(one, now=now))]
            if read and read[0][0] is row:
                return self._lease(read, worker, now=now)

    def _oldest_due(self, now: datetime) -> InboxEvent | None:
        return self._session.scalar(
            _OLDEST_DUE,
            {
                "now": now,
                "furthest_pause": now + LONGEST_PAUSE + CLOCK_SLACK,
                "furthest_lease": now + LEASE + CLOCK_SLACK,
            },
        )

    def _read(self, row: InboxEvent, *, now: datetime) -> InboundEvent | None:
        """What a row holds; one that holds nothing that can be read is dead from then on."""
        try:
            return InboundEvent.model_validate(row.payload)
        except ValidationError as error:
            row.state, row.done_at = InboxState.DEAD, now
            row.error = f"{Trouble.OTHER}: {type(error).__name__}"
            self._session.flush()
            return None

    def _lease(
        self, read: Sequence[tuple[InboxEvent, InboundEvent]], worker: str, *, now: datetime
    ) -> TakenEvent:
        row, *sisters = (one for one, _ in read)
        taken = TakenEvent(
            id=row.id,
            conversation_id=row.conversation_id,
            event=as_one([event for _, event in read]),
            attempts=row.attempts,
            maybe_seen=row.handed_over,
            sisters=tuple(sister.id for sister in sisters),
        )
        for one in (row, *sisters):
            one.state = InboxState.TAKEN
            one.taken_by = worker
            one.attempts += 1
            one.handed_over = True
            one.lease_until = now + LEASE
        return taken

    def finish(self, taken: TakenEvent, *, now: datetime) -> bool:
        """Marks an event done; False where another worker finished it first."""
        ended = self._session.scalar(_END, {"taken": taken.id, "now": now}) is not None
        if ended:
            for sister in taken.sisters:
                self._session.execute(_END, {"taken": sister, "now": now})
        return ended

    def goes_on(self, conversation_id: str) -> bool:
        """Whether something more of a conversation is not worked off."""
        return self._session.scalar(_BEHIND, {"conversation_id": conversation_id}) is not None

    def retry(self, taken: TakenEvent, error: str, *, now: datetime) -> None:
        """Gives an event back, to be tried again later.

        In another worker's hands meanwhile, or finished by it: a no-op.
        """
        for row in self._in_hand(taken):
            row.error = error[:2000]
            row.lease_until = None
            wait = BACK_OFF_SECONDS[min(row.attempts, len(BACK_OFF_SECONDS)) - 1]
            row.state = InboxState.NEW
            row.available_at = now + timedelta(seconds=wait)

    def give_up(self, taken: TakenEvent, error: str, *, now: datetime) -> bool:
        """Sets an event aside as dead; False where another worker took it up meanwhile."""
        rows = self._in_hand(taken)
        for row in rows:
            row.error = error[:2000]
            row.lease_until = None
            row.state = InboxState.DEAD
            row.done_at = now
        return bool(rows)

    def wait(self, taken: TakenEvent, error: str, *, now: datetime, seconds: float) -> None:
        """Gives an event back without counting a try: the engine is not there at the moment."""
        for row in self._in_hand(taken):
            row.error = error[:2000]
            row.state = InboxState.NEW
            row.attempts = max(0, row.attempts - 1)
            row.lease_until = None
            row.available_at = now + timedelta(seconds=seconds)

    def release(self, worker: str) -> int:
        """Frees what a worker of this name held when it died; returns how many."""
        result = self._session.execute(
            update(InboxEvent)
            .where(InboxEvent.state == InboxState.TAKEN, InboxEvent.taken_by == worker)
            .values(state=InboxState.NEW, lease_until=None)
            .returning(InboxEvent.id)
        )
        return len(result.all())

    def holders(self) -> set[str]:
        """The names under which events are in work."""
        taken = select(InboxEvent.taken_by).where(InboxEvent.state == InboxState.TAKEN).distinct()
        return set(self._session.scalars(taken))

    def _in_hand(self, taken: TakenEvent) -> Sequence[InboxEvent]:
        """The rows while this taking holds; none where another worker took them meanwhile."""
        return self._session.scalars(
            select(InboxEvent)
            .where(
                InboxEvent.id.in_((taken.id, *taken.sisters)),
                InboxEvent.state == InboxState.TAKEN,
                InboxEvent.attempts == taken.attempts + 1,
            )
            .order_by(InboxEvent.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).all()

    def _sisters(self, row: InboxEvent, *, now: datetime) -> Sequence[InboxEvent]:
        """The album's other files that are free.

        Handed over before: those that were handed over with it, and not one that came since. A
        cause means the same files at every try, or a late one would be lost with a finished turn.
        """
        return self._session.scalars(
            _of_album(row.conversation_id, row.album)
            .where(
                InboxEvent.id > row.id,
                InboxEvent.handed_over == row.handed_over,
                (InboxEvent.state == InboxState.NEW)
                | (InboxEvent.lease_until < now)
                | (InboxEvent.lease_until > now + LEASE + CLOCK_SLACK),
                InboxEvent.state.in_(UNWORKED),
            )
            .with_for_update()
        ).all()


def _of_album(conversation_id: str, album: str) -> Select[InboxEvent]:
    return (
        select(InboxEvent)
        .where(InboxEvent.conversation_id == conversation_id, InboxEvent.album == album)
        .order_by(InboxEvent.id)
    )
