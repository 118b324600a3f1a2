"""What an owner sends after the close: it comes to the case, which an officer may open anew."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Exists, bindparam, select
from sqlalchemy.orm import Session, aliased

from bot.domain.office.office_time import OfficeCalendar
from bot.domain.requests.after_close import AFTER_CLOSE, AFTER_SILENCE, FRESH
from bot.domain.requests.closing import Ending
from bot.domain.requests.request import RequestState, Step
from bot.domain.talk import causes
from bot.domain.talk.messages import EventKind
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import InboxEvent, Message, Request, RequestEvent

RECENT = 20
"""Messages among which the one just heard is looked for."""

# Built once: to build a statement anew takes longer than to run it.
_HAS_CASE = (
    select(Request.id).where(Request.conversation_id == bindparam("conversation_id")).limit(1)
)

MORE_THAN_WORDS = frozenset({EventKind.FILES, EventKind.UNSUPPORTED})


@dataclass(frozen=True)
class CaseOfOwner:
    """The case to which the owner's words may belong.

    `is_fresh`: its farewell was just said. `closed_at`: when that was; None while it is open.
    `other`: a closed one that may be meant as well, where this one is open.
    """

    request: Request
    is_fresh: bool = False
    closed_at: datetime | None = None
    other: Request | None = None


@dataclass(frozen=True)
class _Close:
    request: Request
    at: datetime


class AfterCloseService:
    """Finds the case and brings it what was sent; its history tells so."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._conversations = ConversationService(session)
        self._transcript = TranscriptService(session)
        self._history = RequestHistory(session)

    def case(
        self, conversation_id: str, calendar: OfficeCalendar, *, now: datetime
    ) -> CaseOfOwner | None:
        """The case whose farewell was just said; else an open one; else the one closed last.

        What an officer has just asked for is meant for her, also where another case waits. A case
        opened since comes first all the same. None where there is none, where the last close is
        long ago, where the owner gave the case up himself or had his data erased. What is spam
        ends there, and a duplicate goes on in the request with which it was merged.
        """
        if self._session.scalar(_HAS_CASE, {"conversation_id": conversation_id}) is None:
            return None  # most of those who ask have never filed anything
        opened = self._open(conversation_id)
        closed = self._closed_last(conversation_id)
        if closed is not None and now > calendar.add(closed.at, _belongs_for(closed.request)):
            closed = None
        if closed is not None and (opened is None or _is_newer(closed, opened, now=now)):
            is_fresh = now < closed.at + FRESH
            return CaseOfOwner(closed.request, is_fresh=is_fresh, closed_at=closed.at)
        if opened is None:
            return None
        return CaseOfOwner(opened, other=closed.request if closed else None)

    def has_last_word(self, request: Request) -> bool:
        """Whether nothing was said to the owner since the farewell of this case."""
        last = self._transcript.last_reply(request.conversation_id)
        return last is not None and last.request_id == request.id

    def holds_more_than_words(self, conversation_id: str, cause: str) -> bool:
        """Whether a file, or something that could not be taken, came with the words of a cause."""
        events = self._sent_together(conversation_id, cause)
        return any(event.payload["kind"] in MORE_THAN_WORDS for event in events)

    def _closed_last(self, conversation_id: str) -> _Close | None:
        found = self._session.execute(
            select(Request, RequestEvent.created_at)
            .join(RequestEvent, RequestEvent.request_id == Request.id)
            .where(
                Request.conversation_id == conversation_id,
                Request.state == RequestState.CLOSED,
                RequestEvent.kind == Step.CLOSED,
                ~_erased(),
                Request.ending.is_distinct_from(Ending.SPAM),
                ~_goes_on_in_another(),
            )
            .order_by(RequestEvent.id.desc())
            .limit(1)
        ).first()
        return _Close(*found) if found else None

    def by_code(self, conversation_id: str, code: str) -> Request | None:
        """A case of this conversation, by its code."""
        return self._session.scalar(
            select(Request).where(
                Request.conversation_id == conversation_id, Request.code == code, ~_erased()
            )
        )

    def bring(
        self, request: Request, cause: str, files: Collection[str], *, now: datetime
    ) -> list[Message]:
        """The message of a cause, with all of its album, and those that hold the files.

        They belong to the case from now on, which, where it is closed, is marked for its office.
        Brought already: a no-op. Empty: there is no such message.
        """
        self._conversations.lock(request.conversation_id)
        messages = self._heard(request, cause, set(files))
        fresh = [message for message in messages if message.request_id != request.id]
        for message in fresh:
            message.request_id = request.id
        if fresh:
            self.came_to(request, now=now)
        return messages

    def came_to(self, request: Request, *, now: datetime) -> None:
        """Something of the owner's came to a case: a closed one is marked for its office."""
        if request.state == RequestState.CLOSED and not self.is_erased(request):
            request.late_at = request.late_at or now
            self._history.note(request, Step.LATE, now=now)

    def bring_untaken(self, conversation_id: str, cause: str, *, now: datetime) -> None:
        """What could not be taken comes, as a file would, to the case whose farewell was just said.

        Its office sees that something was sent, and asks for it.
        """
        opened, closed = self._open(conversation_id), self._closed_last(conversation_id)
        if closed is None or now >= closed.at + FRESH:
            return
        if opened is None or _is_newer(closed, opened, now=now):
            self.bring(closed.request, cause, [], now=now)

    def is_erased(self, request: Request) -> bool:
        """Whether its owner had his data erased."""
        return bool(self._session.scalar(select(_erased()).where(Request.id == request.id)))

    def _open(self, conversation_id: str) -> Request | None:
        held = self._conversations.get(conversation_id).request_id
        return self._session.scalar(
            select(Request)
            .where(Request.conversation_id == conversation_id, Request.state != RequestState.CLOSED)
            .order_by((Request.id == held).desc(), Request.id.desc())
            .limit(1)
        )

    def _sent_together(self, conversation_id: str, cause: str) -> Sequence[InboxEvent]:
        """The event of a cause, and the others of its album."""
        row_id = causes.event_of(cause)
        event = self._session.get(InboxEvent, row_id) if row_id else None
        if event is None or event.conversation_id != conversation_id:
            return []
        if not event.album:
            return [event]
        return self._session.scalars(
            select(InboxEvent).where(
                InboxEvent.conversation_id == conversation_id, InboxEvent.album == event.album
            )
        ).all()

    def _heard(self, request: Request, cause: str, files: set[str]) -> list[Message]:
        together = self._sent_together(request.conversation_id, cause)
        heard = {causes.of_words(event.id) for event in together}
        recent = self._session.scalars(
            select(Message)
            .where(
                Message.conversation_id == request.conversation_id, Message.author == Author.OWNER
            )
            .order_by(Message.id.desc())
            .limit(RECENT)
        )
        return [
            message
            for message in recent
            if message.cause in heard
            or any(file["file_id"] in files for file in message.attachments)
        ]


def _belongs_for(request: Request) -> timedelta:
    """The office time behind a close in which what the owner sends belongs to the case."""
    return AFTER_SILENCE if request.ending == Ending.SILENT else AFTER_CLOSE


def _is_newer(closed: _Close, opened: Request, *, now: datetime) -> bool:
    """Whether the farewell was just said, and said after the open case had come."""
    return now < closed.at + FRESH and opened.created_at < closed.at


def _erased() -> Exists:
    line = aliased(RequestEvent)
    return select(line.id).where(line.request_id == Request.id, line.kind == Step.ERASED).exists()


def _goes_on_in_another() -> Exists:
    kept = aliased(Request)
    return (
        select(kept.id)
        .where(kept.id == Request.duplicate_of_id, kept.conversation_id == Request.conversation_id)
        .exists()
    )
