"""The clocks of requests, read for whole pages at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.domain.office.office_time import OfficeCalendar
from bot.domain.office.routing import RoutingTable
from bot.domain.requests.clocks import (
    Clock,
    ClockState,
    first_answer,
    next_answer,
    pauses,
    solution,
)
from bot.domain.requests.request import RequestKind, RequestState
from bot.knowledge.library import Library
from bot.services.messaging.transcript import Author
from bot.services.requests.request_list import SHOWN_WITH_A_REQUEST
from bot.storage.models import Message, Request, RequestEvent

MOST_BREACHES = 200
"""Requests that are looked at for a head's card: more are told as “200+”."""


class CaseClocks:
    """Which clocks run for a request: of an open one, the first or the next answer, and the whole.

    Of the next answer only where the owner wrote what nobody has answered.
    """

    def __init__(self, session: Session, routing: RoutingTable, calendar: OfficeCalendar) -> None:
        self._session = session
        self._routing = routing
        self._calendar = calendar

    def of(self, requests: Sequence[Request], *, now: datetime) -> dict[int, list[Clock]]:
        """The clocks of open requests, by request; the nearest to its end is not sorted first."""
        opened = [one for one in requests if one.state != RequestState.CLOSED]
        ids = [one.id for one in opened]
        heard, lines = self._heard(ids), self._lines(ids)
        return {
            one.id: self._clocks(one, heard.get(one.id), lines.get(one.id, []), now=now)
            for one in opened
        }

    def breached(self, *, now: datetime) -> list[tuple[Request, list[Clock]]]:
        """Open requests that are late by any clock, with those clocks; the oldest first.

        Of the oldest `MOST_BREACHES` that may be.
        """
        query = (
            select(Request)
            .options(*SHOWN_WITH_A_REQUEST)
            .where(Request.state != RequestState.CLOSED, or_(*self._may_be_late(now)))
            .order_by(Request.id)
            .limit(MOST_BREACHES)
        )
        rows = list(self._session.scalars(query))
        clocks = self.of(rows, now=now)
        late = [
            (one, [clock for clock in clocks[one.id] if clock.state is ClockState.BREACHED])
            for one in rows
        ]
        return [(one, over) for one, over in late if over]

    def _may_be_late(self, now: datetime) -> list[ColumnElement[bool]]:
        """What the clocks of a request that is late look like to the database."""
        first = and_(Request.answered_at.is_(None), Request.promised_at < now)
        found = [first]
        limits = [self._routing.least_talk_promise, self._routing.measures.next_answer]
        known = [one for one in limits if one is not None]
        heard_before = self._calendar.before(now, min(known))
        found.append(and_(Request.answered_at.is_not(None), _heard_before(heard_before)))
        whole = self._routing.measures.solution
        if whole is not None:
            found.append(Request.created_at <= self._calendar.before(now, whole))
        return found

    def _clocks(
        self,
        request: Request,
        heard_at: datetime | None,
        lines: Sequence[tuple[str, datetime]],
        *,
        now: datetime,
    ) -> list[Clock]:
        clocks = []
        if request.answered_at is None:
            clocks.append(
                first_answer(self._calendar, request.created_at, request.promised_at, now=now)
            )
        elif heard_at is not None:
            limit = self._next(request)
            if limit is not None:
                clocks.append(next_answer(self._calendar, heard_at, limit, now=now))
        whole = self._routing.measures.solution
        if whole is not None:
            paused = pauses(lines, now=now)
            clocks.append(solution(self._calendar, request.created_at, whole, paused, now=now))
        return clocks

    def _next(self, request: Request) -> timedelta | None:
        if request.kind == RequestKind.TALK:
            return self._routing.talk_promise(request.office)
        return self._routing.measures.next_answer

    def _heard(self, ids: Sequence[int]) -> dict[int, datetime]:
        """When the owner first wrote what no officer has answered."""
        query = (
            select(Request.id, func.min(Message.created_at).label("heard_at"))
            .join(Message, Message.request_id == Request.id)
            .where(Request.id.in_(ids), _is_unanswered())
            .group_by(Request.id)
        )
        return {row.id: row.heard_at for row in self._session.execute(query)}

    def _lines(self, ids: Sequence[int]) -> dict[int, list[tuple[str, datetime]]]:
        found: dict[int, list[tuple[str, datetime]]] = {}
        query = (
            select(RequestEvent.request_id, RequestEvent.kind, RequestEvent.created_at)
            .where(RequestEvent.request_id.in_(ids))
            .order_by(RequestEvent.id)
        )
        for row_id, kind, at in self._session.execute(query):
            found.setdefault(row_id, []).append((kind, at))
        return found


def _spoken() -> ColumnElement[int]:
    """The newest word of an officer in a request."""
    word = aliased(Message)
    return (
        select(func.coalesce(func.max(word.id), 0))
        .where(word.request_id == Request.id, word.author == Author.OFFICER)
        .correlate(Request)
        .scalar_subquery()
    )


def _is_unanswered() -> ColumnElement[bool]:
    return and_(Message.author == Author.OWNER, Message.id > _spoken())


def _heard_before(instant: datetime) -> ColumnElement[bool]:
    """Whether something that nobody has answered came before an instant."""
    return (
        select(Message.id)
        .where(Message.request_id == Request.id, Message.created_at <= instant, _is_unanswered())
        .correlate(Request)
        .exists()
    )


def clocks_of(library: Library, session: Session) -> CaseClocks:
    """The clocks by the department's own tables."""
    return CaseClocks(session, library.tables.routing, library.tables.calendar)
