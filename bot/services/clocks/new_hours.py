"""A new hour is told before the promised one passes, and behind a move of what it had passed for.

An officer may tell one, too.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from bot.domain.office.routing import RoutingTable
from bot.domain.requests.new_hour import (
    BEFORE,
    Load,
    NewHour,
    is_near,
    may_be_promised,
    new_hour,
)
from bot.domain.requests.request import RequestKind, RequestState, Step
from bot.domain.talk.way import TOLD_BY_HAND
from bot.knowledge.library import Library
from bot.services.requests.cases import RequestRefused
from bot.services.requests.holding import HoldingService
from bot.services.requests.owner_notices import OwnerNotices
from bot.services.requests.request_history import RequestHistory
from bot.services.staff.presence import people_at_work
from bot.storage.models import Conversation, Officer, Request, RequestEvent
from bot.texts import Texts


class NewHours:
    """Tells owners a new hour. The hour, its line of history and its sentence are one transaction.

    Killed in between, nothing of it has happened; told already, the hour lies further off, and the
    next look finds nothing.
    """

    def __init__(self, session: Session, texts: Texts, library: Library) -> None:
        self._session = session
        self._routing: RoutingTable = library.tables.routing
        self._calendar = library.tables.calendar
        self._holding = HoldingService(session)
        self._history = RequestHistory(session)
        self._notices = OwnerNotices(session, texts, library.current)

    def due(self, *, now: datetime) -> list[int]:
        """Requests whose answer is owed and whose hour is near, or was past when they were moved.

        The oldest first.
        """
        if not self._routing.measures.new_hours or not self._calendar.is_open(now):
            return []
        until = self._calendar.add(now, max(BEFORE.values()))
        query = (
            select(Request)
            .join(Conversation, Request.conversation_id == Conversation.id)
            .where(
                _is_owed(),
                Request.promised_at.between(now, until),
                Conversation.reachable,
                Conversation.erase_asked_at.is_(None),
                Conversation.channel.not_in(sorted(TOLD_BY_HAND)),
                _told() < self._routing.measures.new_hours,
            )
            .order_by(Request.id)
        )
        near = [one.id for one in self._session.scalars(query) if self._is_near(one, now)]
        moved = (
            select(Request.id)
            .join(Conversation, Request.conversation_id == Conversation.id)
            .where(
                _is_owed(),
                _was_moved_since(),
                Conversation.reachable,
                Conversation.channel.not_in(sorted(TOLD_BY_HAND)),
                Conversation.erase_asked_at.is_(None),
            )
        )
        return sorted({*near, *self._session.scalars(moved)})

    def tell(self, request_id: int, *, now: datetime) -> Request | None:
        """Tells the owner a new hour; None where that is no longer called for."""
        request, conversation = self._holding.lock(request_id)
        is_reached = conversation.reachable and conversation.channel not in TOLD_BY_HAND
        is_reached = is_reached and conversation.erase_asked_at is None
        if not is_reached or not self._calendar.is_open(now):
            return None
        if self._was_moved(request):
            since = now
        elif self._may_tell(request) and self._is_near(request, now):
            since = request.promised_at
        else:
            return None
        load = self.load(request, now=now)
        after = new_hour(self._calendar, since, self._unit(request), load)
        self._put(request, None, NewHour(request.promised_at, after), now=now)
        return request

    def set_by_hand(
        self, request_id: int, officer: Officer, hour: datetime, reason: str, *, now: datetime
    ) -> Request:
        """An officer tells a new hour, with a reason that stays within the house.

        That hour already: a no-op.

        Raises:
            RequestRefused: closed, held by another officer or by nobody, answered already, or the
                hour has passed or lies where nobody sits there.
        """
        request, _ = self._holding.lock(request_id)
        if request.state == RequestState.CLOSED:
            raise RequestRefused("closed")
        if request.officer_id != officer.id:
            raise RequestRefused("not_yours")
        if request.promised_at == hour:
            return request
        if request.answered_at is not None:
            raise RequestRefused("answered")
        if not may_be_promised(self._calendar, hour, now=now):
            raise RequestRefused("hour")
        self._put(request, officer, NewHour(request.promised_at, hour, reason), now=now)
        return request

    def load(self, request: Request, *, now: datetime) -> Load:
        """What waits before a request in its office, and who is at work there."""
        waiting = select(func.count()).where(
            _is_owed(),
            Request.office == request.office,
            Request.kind == request.kind,
            Request.id <= request.id,
        )
        is_talk = request.kind == RequestKind.TALK
        return Load(
            waiting=self._session.scalar(waiting) or 0,
            people=len(people_at_work(self._session, request.office, now=now)),
            a_unit=1 if is_talk else self._routing.measures.answers_a_day,
        )

    def _put(
        self, request: Request, officer: Officer | None, told: NewHour, *, now: datetime
    ) -> None:
        if request.first_reply_at is not None or told.before < now:
            # The first answer was given, or is late: no hour told behind that changes it.
            request.counted_promise_at = request.counted_promise_at or told.before
        request.first_promised_at = request.first_promised_at or told.before
        request.promised_at = told.after
        line = self._history.note(request, Step.NEW_HOUR, officer, detail=told.detail, now=now)
        self._notices.new_hour(request, line, told)

    def _was_moved(self, request: Request) -> bool:
        """Whether somebody else answers since an hour passed that the owner was told."""
        if not self._routing.measures.new_hours:
            return False
        moved = select(Request.id).where(Request.id == request.id, _is_owed(), _was_moved_since())
        return self._session.scalar(moved) is not None

    def _may_tell(self, request: Request) -> bool:
        is_owed = request.state != RequestState.CLOSED and request.answered_at is None
        told = self._session.scalar(select(_told()).where(Request.id == request.id)) or 0
        return is_owed and told < self._routing.measures.new_hours

    def _is_near(self, request: Request, now: datetime) -> bool:
        return is_near(self._calendar, RequestKind(request.kind), request.promised_at, now=now)

    def _unit(self, request: Request) -> timedelta:
        if request.kind == RequestKind.TALK:
            return self._routing.talk_promise(request.office)
        return self._calendar.day_length


def _is_owed() -> ColumnElement[bool]:
    return and_(Request.state != RequestState.CLOSED, Request.answered_at.is_(None))


def _was_moved_since() -> ColumnElement[bool]:
    """Whether a request was transferred or released behind the hour that its owner was told.

    An hour that still lies ahead holds for whoever answers; a new one is told where it comes near.
    """
    return (
        select(RequestEvent.id)
        .where(
            RequestEvent.request_id == Request.id,
            RequestEvent.kind.in_((Step.TRANSFERRED, Step.RELEASED)),
            RequestEvent.created_at > Request.promised_at,
        )
        .correlate(Request)
        .exists()
    )


def _told() -> ColumnElement[int]:
    """How often the house told a new hour by itself."""
    return (
        select(func.count())
        .select_from(RequestEvent)
        .where(
            RequestEvent.request_id == Request.id,
            RequestEvent.kind == Step.NEW_HOUR,
            RequestEvent.officer_id.is_(None),
        )
        .correlate(Request)
        .scalar_subquery()
    )
