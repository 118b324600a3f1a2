"""A case is put into the hands of a named person, whoever held it before."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role, answers_for
from bot.domain.requests.request import RequestState, Step
from bot.knowledge.library import Knowledge
from bot.services.requests.cases import RequestRefused
from bot.services.requests.holding import HoldingService
from bot.services.requests.owner_notices import OwnerNotices
from bot.services.requests.request_history import RequestHistory
from bot.services.staff.absences import AbsenceService
from bot.services.staff.officers import OfficerService
from bot.storage.models import Officer, Request
from bot.texts import Texts


@dataclass(frozen=True)
class Candidate:
    """Who may be given a case: how many open ones she holds; `away_until`: if she is away."""

    officer: Officer
    held: int
    away_until: date | None


class Assignments:
    """Gives cases to people who are there and may answer them."""

    def __init__(self, session: Session, texts: Texts, knowledge: Knowledge) -> None:
        self._session = session
        self._holding = HoldingService(session)
        self._history = RequestHistory(session)
        self._notices = OwnerNotices(session, texts, knowledge)

    def candidates(self, request: Request, *, now: datetime) -> list[Candidate]:
        """Who may answer a request, those with the fewest cases first, who is away last."""
        away = AbsenceService(self._session).away(now=now)
        counted = (
            select(Request.officer_id, func.count().label("held"))
            .where(Request.officer_id.is_not(None), Request.state != RequestState.CLOSED)
            .group_by(Request.officer_id)
        )
        held = {row.officer_id: row.held for row in self._session.execute(counted)}
        found = [
            Candidate(one, held.get(one.id, 0), away.get(one.id))
            for one in OfficerService(self._session).everybody()
            if _may_answer(one, request)
        ]
        return sorted(found, key=lambda one: (one.away_until is not None, one.held))

    def give(
        self, request_id: int, officer: Officer, by: Officer | None, *, now: datetime
    ) -> Request:
        """The case is hers from now on, and its owner is told; hers already: a no-op.

        `by`: who gives it; None where the house does. What was answered stays answered.

        Raises:
            RequestRefused: closed, or she is away or may not answer it.
        """
        request, conversation = self._holding.lock(request_id)
        if request.state == RequestState.CLOSED:
            raise RequestRefused("closed")
        if request.officer_id == officer.id:
            return request
        if not self.may_take(officer, request, now=now):
            raise RequestRefused("unfit")
        was_held = request.officer_id is not None
        self._holding.take(conversation, request)
        request.officer_id = officer.id
        if request.state == RequestState.NEW:
            request.state = RequestState.CLAIMED
        line = self._history.note(request, Step.ASSIGNED, by, detail=officer.full_name, now=now)
        self._notices.assigned(request, line, officer, goes_on=was_held)
        return request

    def may_take(self, officer: Officer, request: Request, *, now: datetime) -> bool:
        """Whether she is there and may answer it."""
        away = AbsenceService(self._session).away(now=now)
        return _may_answer(officer, request) and officer.id not in away


def _may_answer(officer: Officer, request: Request) -> bool:
    return officer.active and answers_for(Role(officer.role), officer.office, request.office)
