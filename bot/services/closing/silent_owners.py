"""Owners who were asked something and say nothing: reminded once, then their case is closed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.requests.closing import Ending, detail_of
from bot.domain.requests.request import RequestState, Step
from bot.domain.requests.silence import TELLING, Due, Silence, closing_hour, silence_of
from bot.domain.talk.conversation import Move
from bot.domain.talk.way import LOST, UNDERWAY
from bot.knowledge.library import Library
from bot.services.replying.held_replies import HeldOfCase
from bot.services.requests.cases import RequestRefused
from bot.services.requests.holding import HoldingService
from bot.services.requests.owner_notices import OwnerNotices
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.requests import end
from bot.storage.models import Conversation, Delivery, Message, Officer, Request, RequestEvent
from bot.texts import Texts


class SilentOwners:
    """Does what is due. The step, its line of history and its sentence are one transaction.

    Whatever the owner writes ends the wait (`RequestService.owner_wrote`), in the order of the
    lock of his conversation: nothing here is done behind it.
    """

    def __init__(self, session: Session, texts: Texts, library: Library) -> None:
        self._session = session
        self._measures = library.tables.routing.measures
        self._calendar = library.tables.calendar
        self._holding = HoldingService(session)
        self._history = RequestHistory(session)
        self._notices = OwnerNotices(session, texts, library.current)

    def due(self, *, now: datetime) -> list[int]:
        """Requests of which something is due, oldest first."""
        if not self._measures.remind_days or not self._calendar.is_open(now):
            return []
        query = (
            select(Request)
            .join(Conversation, Request.conversation_id == Conversation.id)
            .where(
                Request.state == RequestState.WAITING_OWNER,
                Conversation.reachable,
                Conversation.erase_asked_at.is_(None),
            )
            .order_by(Request.id)
        )
        waiting = self._session.scalars(query).all()
        silences = self._silences([one.id for one in waiting])
        return [one.id for one in waiting if self._due(one, silences.get(one.id), now)]

    def step(self, request_id: int, *, now: datetime) -> Request | None:
        """Reminds the owner, or closes; None where that is no longer called for."""
        request, conversation = self._holding.lock(request_id)
        if not conversation.reachable or conversation.erase_asked_at is not None:
            return None
        due = self._due(request, self.of(request), now)
        if due is Due.REMIND:
            closes_at = closing_hour(self._measures, self._calendar, now=now)
            detail = closes_at.isoformat() if closes_at else ""
            line = self._history.note(request, Step.SILENCE_REMINDED, detail=detail, now=now)
            self._notices.reminded(request, line, closes_at)
            return request
        if due is Due.CLOSE:
            end(request, Ending.SILENT, now=now)
            line = self._history.note(
                request, Step.CLOSED, detail=detail_of(Ending.SILENT), now=now
            )
            self._holding.let_go(conversation, request, Move.CLOSE)
            self._notices.silent(request, line)
            return request
        return None

    def of(self, request: Request) -> Silence | None:
        """The silence of a request that waits for its owner; None where it does not."""
        if request.state != RequestState.WAITING_OWNER:
            return None
        return self._silences([request.id]).get(request.id)

    def leave(self, request_id: int, officer: Officer, *, is_left: bool, now: datetime) -> Request:
        """The holder wants the case neither reminded of nor closed, or as usual again.

        So already: a no-op.

        Raises:
            RequestRefused: closed, not hers, or it does not wait for its owner.
        """
        request, _ = self._holding.lock(request_id)
        if request.state == RequestState.CLOSED:
            raise RequestRefused("closed")
        if request.officer_id != officer.id:
            raise RequestRefused("not_yours")
        silence = self.of(request)
        if silence is None:
            raise RequestRefused("not_waiting")
        if silence.is_left != is_left:
            kind = Step.SILENCE_LEFT if is_left else Step.SILENCE_COUNTED
            self._history.note(request, kind, officer, now=now)
        return request

    def _due(self, request: Request, silence: Silence | None, now: datetime) -> Due | None:
        if silence is None:
            return None
        due = silence.due(self._measures, self._calendar, now=now)
        if due is None or HeldOfCase(self._session).held(request) is not None:
            # Words that are about to leave are no silence: what they ask is waited for anew.
            return None
        return None if due is Due.CLOSE and not self._was_told(request, silence) else due

    def _silences(self, ids: Sequence[int]) -> dict[int, Silence]:
        query = (
            select(RequestEvent)
            .where(RequestEvent.request_id.in_(ids), RequestEvent.kind.in_(sorted(TELLING)))
            .order_by(RequestEvent.id)
        )
        lines: dict[int, list[RequestEvent]] = {}
        for line in self._session.scalars(query):
            lines.setdefault(line.request_id, []).append(line)
        found = {row_id: silence_of(of_it) for row_id, of_it in lines.items()}
        return {row_id: silence for row_id, silence in found.items() if silence is not None}

    def _was_told(self, request: Request, silence: Silence) -> bool:
        """Whether nothing that was said since the question is still on its way, or may be lost.

        Who may not have read the reminder is not closed for his silence: an officer sees what was
        lost, and sends it again.
        """
        on_its_way = (
            select(Delivery.message_id)
            .join(Message, Delivery.message_id == Message.id)
            .where(
                Message.request_id == request.id,
                Message.created_at >= silence.asked_at,
                Delivery.state.in_(UNDERWAY | LOST),
            )
            .limit(1)
        )
        return self._session.scalar(on_its_way) is None
