"""Cases that nobody can reach any more: their office is gone, or their holder cannot see them.

Found by what stands in the tables, not by what happened: whichever way a case was stranded, at the
next look it is put where somebody answers.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role, answers_for
from bot.domain.office.routing import GENERAL_QUEUE
from bot.domain.requests.request import RequestState
from bot.knowledge.library import Knowledge
from bot.services.messaging.conversations import ConversationService
from bot.services.requests.cases import CaseService
from bot.storage.models import Officer, Request
from bot.texts import Texts


class StrandedCases:
    """Finds them and puts them back; each step on one that is stranded no more is a no-op."""

    def __init__(self, session: Session, texts: Texts, knowledge: Knowledge) -> None:
        self._session = session
        self._knowledge = knowledge
        self._cases = CaseService(session, texts, knowledge)

    def without_office(self) -> list[int]:
        """Requests that wait for an office that the department does not have, oldest first.

        Open ones, and closed ones to which something came after the close.
        None where there is no general queue either: then there is no place to put them.
        """
        answering = [one for one in self._knowledge.offices if self._knowledge.answers(one)]
        if GENERAL_QUEUE not in answering:
            return []
        return list(
            self._session.scalars(
                select(Request.id)
                .where(_waits(), Request.office.not_in(answering))
                .order_by(Request.id)
            )
        )

    def rehouse(self, request_id: int, *, now: datetime) -> Request | None:
        """Moves a request without an office into the general queue; None where it has one.

        Its owner is told only where somebody held it: else nothing changes for him.
        """
        request = self._session.get_one(Request, request_id)
        # Held from here on, so that nobody claims it between the look and the move.
        ConversationService(self._session).lock(request.conversation_id)
        self._session.refresh(request)
        waits = request.state != RequestState.CLOSED or request.late_at is not None
        if not waits or self._knowledge.answers(request.office):
            return None
        return self._cases.rehouse(request.id, GENERAL_QUEUE, now=now)

    def out_of_sight(self) -> list[int]:
        """People who hold open requests that they may not answer, by id."""
        held = (
            select(Officer, Request.office)
            .join(Request, Request.officer_id == Officer.id)
            .where(Request.state != RequestState.CLOSED)
            .distinct()
        )
        return sorted(
            {
                officer.id
                for officer, office in self._session.execute(held)
                if not officer.active or not answers_for(Role(officer.role), officer.office, office)
            }
        )

    def let_go(self, officer_id: int, *, now: datetime) -> list[Request]:
        """Puts back what a person holds and may not answer; returns those requests."""
        officer = self._session.get_one(Officer, officer_id)
        return self._cases.let_go(officer, None, now=now)


def _waits() -> ColumnElement[bool]:
    return or_(Request.state != RequestState.CLOSED, Request.late_at.is_not(None))
