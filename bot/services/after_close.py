"""What an owner sends after the close: it comes to the case, which an officer may open anew."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Exists, select
from sqlalchemy.orm import Session, aliased

from bot.domain.after_close import AFTER_CLOSE, FRESH
from bot.domain.office_time import OfficeCalendar
from bot.domain.request import RequestState
from bot.services.conversations import ConversationService
from bot.services.holding import HoldingService
from bot.services.request_history import RequestHistory
from bot.services.requests import RequestRefused
from bot.services.transcript import Author, TranscriptService
from bot.storage.models import Message, Officer, Request, RequestEvent

RECENT = 20
"""Messages among which the one just heard is looked for."""


@dataclass(frozen=True)
class CaseOfOwner:
    """The case to which the owner's words may belong. `is_fresh`: its farewell was just said."""

    request: Request
    is_fresh: bool


class AfterCloseService:
    """Finds the case, brings it what was sent, and opens it anew. History tells each step."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._conversations = ConversationService(session)
        self._holding = HoldingService(session)
        self._transcript = TranscriptService(session)
        self._history = RequestHistory(session)

    def case(
        self, conversation_id: str, calendar: OfficeCalendar, *, now: datetime
    ) -> CaseOfOwner | None:
        """An open case of the conversation, else the one closed last, while that is not long ago.

        None where there is none, where the owner gave it up himself or had his data erased.
        """
        opened = self._open(conversation_id)
        if opened is not None:
            return CaseOfOwner(opened, is_fresh=False)
        found = self._session.execute(
            select(Request, RequestEvent.created_at)
            .join(RequestEvent, RequestEvent.request_id == Request.id)
            .where(
                Request.conversation_id == conversation_id,
                Request.state == RequestState.CLOSED,
                RequestEvent.kind == "closed",
                ~_erased(),
            )
            .order_by(RequestEvent.id.desc())
            .limit(1)
        ).first()
        if found is None or now > calendar.add(found.created_at, AFTER_CLOSE):
            return None
        return CaseOfOwner(found.Request, is_fresh=now < found.created_at + FRESH)

    def by_code(self, conversation_id: str, code: str) -> Request | None:
        """A case of this conversation, by its code."""
        return self._session.scalar(
            select(Request).where(
                Request.conversation_id == conversation_id, Request.code == code, ~_erased()
            )
        )

    def bring(self, request: Request, cause: str, files: Collection[str], *, now: datetime) -> bool:
        """The message of a cause, and those that hold the files, belong to the case from now on.

        A closed case is marked for its office. Brought already: a no-op. False: no such message.
        """
        self._conversations.lock(request.conversation_id)
        messages = self._heard(request, cause, set(files))
        fresh = [message for message in messages if message.request_id != request.id]
        for message in fresh:
            message.request_id = request.id
        if fresh and request.state == RequestState.CLOSED:
            request.late_at = request.late_at or now
            self._history.note(request, "late", now=now)
        return bool(messages)

    def seen(
        self, request_id: int, officer: Officer, *, now: datetime, shown: int | None = None
    ) -> Request:
        """An officer has read it, and nothing is to be done. Not marked: a no-op.

        `shown`: the newest message that the page showed; None where no page was before her.

        Raises:
            RequestRefused: more has come than her page showed.
        """
        request, _ = self._holding.lock(request_id)
        if request.late_at is not None:
            if shown is not None and self._transcript.heard_since(request.id, shown):
                raise RequestRefused("unread")
            request.late_at = None
            self._history.note(request, "late_seen", officer, now=now)
        return request

    def reopen(self, request_id: int, officer: Officer, *, now: datetime) -> Request:
        """The officer takes up a closed case again; when it was first solved stays known.

        Taken up by oneself already: a no-op.

        Raises:
            RequestRefused: taken up by another officer, or its owner had his data erased.
        """
        request, conversation = self._holding.lock(request_id)
        if request.state != RequestState.CLOSED:
            if request.officer_id == officer.id:
                return request
            raise RequestRefused("taken")
        if self._session.scalar(select(_erased()).where(Request.id == request.id)):
            raise RequestRefused("closed")
        self._holding.take(conversation, request)
        request.officer_id = officer.id
        request.state = RequestState.CLAIMED
        request.late_at = None
        self._history.note(request, "reopened", officer, now=now)
        return request

    def _open(self, conversation_id: str) -> Request | None:
        held = self._conversations.get(conversation_id).request_id
        return self._session.scalar(
            select(Request)
            .where(Request.conversation_id == conversation_id, Request.state != RequestState.CLOSED)
            .order_by((Request.id == held).desc(), Request.id.desc())
            .limit(1)
        )

    def _heard(self, request: Request, cause: str, files: set[str]) -> list[Message]:
        heard = f"heard:{cause.removeprefix('in:').partition('.')[0]}"
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
            if message.cause == heard
            or any(file["file_id"] in files for file in message.attachments)
        ]


def _erased() -> Exists:
    line = aliased(RequestEvent)
    return select(line.id).where(line.request_id == Request.id, line.kind == "erased").exists()
