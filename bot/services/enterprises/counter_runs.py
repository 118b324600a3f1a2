"""Self-assessments that officers fill in for an enterprise: at the counter, or from a paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, case, or_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState
from bot.domain.talk.messages import ChannelName
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.kept_attempts import forget_attempts
from bot.services.assessments.step import Step
from bot.services.enterprises.enterprise_timeline import Onlooker, seen_runs
from bot.storage.models import Attempt, Conversation, Officer

MOST_SHOWN = 50
"""Runs of one enterprise on its page: at one a month, four years."""


@dataclass(frozen=True)
class CounterRun:
    """A run at the counter, and who filled it in."""

    attempt: Attempt
    officer: Officer


class CounterRuns:
    """Finds what was filled in at the counter. Runs behind a survey's link are not among it.

    One that is not finished is gone on with by whoever stands there; what it came to is shown to
    those who may see it.
    """

    def __init__(
        self, session: Session, assessments: Mapping[str, Assessment], onlooker: Onlooker
    ) -> None:
        self._session = session
        self._onlooker = onlooker
        self._attempts = AttemptService(session, assessments)

    def get(self, attempt_id: int) -> Attempt | None:
        """The run of an id, if it was filled in at the counter and is open to the onlooker."""
        row = self._session.execute(self._open().where(Attempt.id == attempt_id)).first()
        return row[0] if row is not None else None

    def of(self, enterprise_id: int) -> list[CounterRun]:
        """Its runs that are open to the onlooker: first those to go on with, then the newest."""
        is_over = case((Attempt.state == AttemptState.FINISHED, 1), else_=0)
        rows = self._session.execute(
            self._open()
            .where(Attempt.enterprise_id == enterprise_id)
            .order_by(is_over, Attempt.updated_at.desc(), Attempt.id.desc())
            .limit(MOST_SHOWN)
        )
        return [CounterRun(row[0], row[1]) for row in rows]

    def officer(self, attempt: Attempt) -> Officer:
        """Who filled a run in."""
        return self._session.get_one(Officer, attempt.officer_id)

    def hand_over(self, attempt: Attempt, officer: Officer) -> None:
        """Who finished a run that another began is the one who typed it, and sees what it is."""
        self._session.flush()
        if self.get(attempt.id) is None:
            attempt.officer_id = officer.id

    def before(self, attempt: Attempt) -> Step | None:
        """The last run at the same assessment before one, of those that the onlooker may see."""
        rows = self._session.scalars(
            select(Attempt)
            .where(
                Attempt.enterprise_id == attempt.enterprise_id,
                Attempt.assessment == attempt.assessment,
                Attempt.state == AttemptState.FINISHED,
                Attempt.id != attempt.id,
                seen_runs(self._onlooker),
                Attempt.finished_at < (attempt.finished_at or attempt.updated_at),
            )
            .order_by(Attempt.finished_at.desc(), Attempt.id.desc())
        )
        readable = (self._attempts.finished(row.id) for row in rows)
        found = next((row for row in readable if row is not None), None)
        return self._attempts.stand(found) if found is not None else None

    def erase(self, attempt: Attempt) -> None:
        """Erases a run with its answers, as its owner may ask at any time."""
        forget_attempts(self._session, attempt.conversation_id)

    def _open(self) -> Select[Attempt, Officer]:
        is_unfinished = Attempt.state != AttemptState.FINISHED
        return _runs().where(or_(is_unfinished, seen_runs(self._onlooker)))


def _runs() -> Select[Attempt, Officer]:
    return (
        select(Attempt, Officer)
        .join(Conversation, Conversation.id == Attempt.conversation_id)
        .join(Officer, Officer.id == Attempt.officer_id)
        .where(
            Conversation.channel == ChannelName.ANSWER_PAGE,
            Attempt.enterprise_id.is_not(None),
            Attempt.campaign_id.is_(None),
            Attempt.state != AttemptState.ABANDONED,
        )
        .options(joinedload(Attempt.opinion_officer))
    )
