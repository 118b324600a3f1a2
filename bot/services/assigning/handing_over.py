"""What becomes of the cases of who is away, and of those that lie too long with somebody."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.office.absence import Handing
from bot.domain.requests.request import RequestState, Step
from bot.knowledge.library import Library
from bot.services.assigning.assignments import Assignments
from bot.services.requests.cases import CaseService
from bot.services.requests.holding import HoldingService
from bot.services.staff.absences import AbsenceService
from bot.storage.models import Absence, Officer, Request, RequestEvent
from bot.texts import Texts

_TAKEN = frozenset({Step.CLAIMED, Step.REOPENED, Step.ASSIGNED})


class HandingOver:
    """Passes cases on, or puts them back where colleagues see them; their owners are told."""

    def __init__(self, session: Session, texts: Texts, library: Library) -> None:
        self._session = session
        self._absences = AbsenceService(session)
        self._cases = CaseService(session, texts, library.current)
        self._assignments = Assignments(session, texts, library.current)
        self._calendar = library.tables.calendar
        self._back_after = library.tables.routing.measures.back_after

    def absences(self, *, now: datetime) -> list[int]:
        """Absences whose cases are to be handed over, by id."""
        return self._absences.to_hand_over(now=now)

    def hand_over(self, absence_id: int, *, now: datetime) -> Sequence[Request]:
        """Passes on or puts back what she holds, once; returns those requests.

        A substitute who is away herself, or may not answer a case, does not get it: it goes back
        to its office's queue.
        """
        absence = self._absences.get(absence_id)
        if absence is None or absence.handed_over_at is not None:
            return []
        if absence.taken_back_at is not None or absence_id not in self.absences(now=now):
            return []
        absence.handed_over_at = now
        holder = self._session.get_one(Officer, absence.officer_id)
        return [self._on(one, absence, now=now) for one in self._cases.held_by(holder)]

    def forgotten(self, *, now: datetime) -> list[int]:
        """Cases that somebody took and left unanswered for longer than they may lie, by id."""
        if self._back_after is None or not self._calendar.is_open(now):
            return []
        taken_at = (
            select(func.max(RequestEvent.created_at))
            .where(RequestEvent.request_id == Request.id, RequestEvent.kind.in_(sorted(_TAKEN)))
            .correlate(Request)
            .scalar_subquery()
        )
        query = (
            select(Request.id)
            .where(
                Request.officer_id.is_not(None),
                Request.state == RequestState.CLAIMED,
                Request.answered_at.is_(None),
                taken_at <= self._calendar.before(now, self._back_after),
            )
            .order_by(Request.id)
        )
        return list(self._session.scalars(query))

    def put_back(self, request_id: int, *, now: datetime) -> Request | None:
        """Puts such a case back into its queue; None where that is no longer called for."""
        HoldingService(self._session).lock(request_id)
        if request_id not in self.forgotten(now=now):
            return None
        return self._cases.release(request_id, None, now=now)

    def _on(self, request: Request, absence: Absence, *, now: datetime) -> Request:
        substitute = absence.substitute
        if (
            absence.handing == Handing.SUBSTITUTE
            and substitute is not None
            and self._assignments.may_take(substitute, request, now=now)
        ):
            return self._assignments.give(request.id, substitute, None, now=now)
        return self._cases.release(request.id, None, now=now)
