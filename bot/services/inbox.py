"""The inbox: an event is stored before it is acknowledged, and worked on in its lane."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from bot.domain.messages import EventKind, InboundEvent, parse_choice_token
from bot.services.conversations import ConversationService
from bot.services.requests import RequestService
from bot.services.transcript import TranscriptService
from bot.storage.models import Conversation, InboxEvent, Message

LEASE = timedelta(seconds=60)
MAX_ATTEMPTS = 8
"""After so many tries the event is set aside as dead, and the owner is told."""

BACK_OFF_SECONDS = (0.5, 1, 2, 4, 8, 15, 30)


_earlier = aliased(InboxEvent)

# Built once: to build a statement anew takes longer than to run it.
_STORE = {
    name: dialect.insert(InboxEvent)
    .values(state="new", attempts=0, handed_over=False, taken_by="", error="")
    .on_conflict_do_nothing(index_elements=["channel", "event_id"])
    .returning(InboxEvent.id)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}
_OLDEST_DUE = (
    select(InboxEvent)
    .where(
        InboxEvent.state.in_(("new", "taken")),
        InboxEvent.available_at <= bindparam("now"),
        (InboxEvent.state == "new") | (InboxEvent.lease_until < bindparam("now")),
        ~exists().where(
            _earlier.conversation_id == InboxEvent.conversation_id,
            _earlier.id < InboxEvent.id,
            _earlier.state.in_(("new", "taken")),
        ),
    )
    .order_by(InboxEvent.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_END = (
    update(InboxEvent)
    .where(InboxEvent.id == bindparam("taken"), InboxEvent.state == "taken")
    .values(state="done", done_at=bindparam("now"), lease_until=None)
    .returning(InboxEvent.id)
)


@dataclass(frozen=True)
class TakenEvent:
    """An event in a worker's hands.

    `maybe_seen`: it was handed to Rasa by an earlier try, which may have been worked on.
    """

    id: int
    conversation_id: str
    event: InboundEvent
    attempts: int
    maybe_seen: bool

    @property
    def cause(self) -> str:
        """The name under which side effects and replies of this event are idempotent."""
        return f"in:{self.id}"


class InboxService:
    """Accepts events and hands them out, one lane a conversation."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def accept(self, event: InboundEvent, *, now: datetime) -> str | None:
        """Stores an event and the owner's words; the conversation's id, or None for a duplicate."""
        # Held from here on: ids of one conversation must rise in the order of their commits.
        conversation = ConversationService(self._session).open(
            event.channel, event.chat_key, name=event.sender_name, now=now
        )
        row_id = self._session.scalar(
            _STORE[self._session.get_bind().dialect.name],
            {
                "channel": event.channel,
                "event_id": event.event_id,
                "conversation_id": conversation.id,
                "payload": event.model_dump(mode="json"),
                "available_at": now,
                "received_at": now,
            },
        )
        if row_id is None:
            return None
        conversation.last_inbound_at = now
        conversation.reachable = True
        TranscriptService(self._session).hear(
            conversation,
            text=self._words(event, conversation),
            attachments=[file.model_dump() for file in event.attachments],
            cause=f"heard:{row_id}",
            now=now,
            request_id=conversation.request_id,
        )
        RequestService(self._session).owner_wrote(conversation.id, now=now)
        return conversation.id

    def take(self, worker: str, *, now: datetime) -> TakenEvent | None:
        """The oldest event whose lane is free, leased to the worker; None when there is none."""
        row = self._session.scalar(_OLDEST_DUE, {"now": now})
        if row is None:
            return None
        taken = TakenEvent(
            id=row.id,
            conversation_id=row.conversation_id,
            event=InboundEvent.model_validate(row.payload),
            attempts=row.attempts,
            maybe_seen=row.handed_over,
        )
        row.state = "taken"
        row.taken_by = worker
        row.attempts += 1
        row.handed_over = True
        row.lease_until = now + LEASE
        return taken

    def finish(self, taken: TakenEvent, *, now: datetime) -> bool:
        """Marks an event done; False where another worker finished it first."""
        return self._session.scalar(_END, {"taken": taken.id, "now": now}) is not None

    def retry(self, taken: TakenEvent, error: str, *, now: datetime) -> bool:
        """Gives an event back, to be tried again later; False once its tries are used up (dead).

        In another worker's hands meanwhile, or finished by it: a no-op.
        """
        row = self._in_hand(taken)
        if row is None:
            return True
        row.error = error[:2000]
        row.lease_until = None
        if row.attempts >= MAX_ATTEMPTS:
            row.state = "dead"
            row.done_at = now
            return False
        wait = BACK_OFF_SECONDS[min(row.attempts, len(BACK_OFF_SECONDS)) - 1]
        row.state = "new"
        row.available_at = now + timedelta(seconds=wait)
        return True

    def wait(self, taken: TakenEvent, error: str, *, now: datetime, seconds: float) -> None:
        """Gives an event back without counting a try: the engine is not there at the moment."""
        row = self._in_hand(taken)
        if row is None:
            return
        row.error = error[:2000]
        row.state = "new"
        row.attempts = max(0, row.attempts - 1)
        row.lease_until = None
        row.available_at = now + timedelta(seconds=seconds)

    def release(self, worker: str) -> int:
        """Frees what a worker of this name held when it died; how many."""
        result = self._session.execute(
            update(InboxEvent)
            .where(InboxEvent.state == "taken", InboxEvent.taken_by == worker)
            .values(state="new", lease_until=None)
            .returning(InboxEvent.id)
        )
        return len(result.all())

    def _in_hand(self, taken: TakenEvent) -> InboxEvent | None:
        """The event's row while this taking holds; None where another worker took it meanwhile."""
        return self._session.scalar(
            select(InboxEvent)
            .where(
                InboxEvent.id == taken.id,
                InboxEvent.state == "taken",
                InboxEvent.attempts == taken.attempts + 1,
            )
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    def _words(self, event: InboundEvent, conversation: Conversation) -> str:
        if event.kind is not EventKind.CHOICE:
            return event.text
        return self._choice_title(event.choice, conversation) or event.text

    def _choice_title(self, token: str, conversation: Conversation) -> str:
        named = parse_choice_token(token)
        if named is None:
            return ""
        message_id, index = named
        message = self._session.get(Message, message_id)
        if message is None or message.conversation_id != conversation.id:
            return ""
        return str(message.choices[index]["title"]) if index < len(message.choices) else ""
