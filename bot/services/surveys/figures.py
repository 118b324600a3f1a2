"""What a campaign came to: how many were asked and answered, where they stopped, what they said.

Answers are counted through the invitations that were answered: who was erased counts nowhere.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.domain.assessments.assessment import Assessment, Dimension
from bot.domain.assessments.attempt import AttemptState
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Question,
    QuestionKind,
    is_number,
)
from bot.domain.surveys.campaign import InvitationState
from bot.domain.surveys.spread import Spread, spread_of
from bot.services.surveys.kept_answer import KEPT_ANSWER, read_kept
from bot.storage.models import (
    Attempt,
    AttemptAnswer,
    Campaign,
    EnterpriseProfile,
    Invitation,
)

OF_NUMBERS = frozenset({QuestionKind.NUMBER, QuestionKind.YEAR})


class Cut(StrEnum):
    """By what answers are set side by side."""

    SECTOR = "sector"
    SIZE = "size"
    COMMUNE = "commune"


CUT_COLUMNS: Mapping[Cut, InstrumentedAttribute[str]] = {
    Cut.SECTOR: EnterpriseProfile.sector,
    Cut.SIZE: EnterpriseProfile.size_class,
    Cut.COMMUNE: EnterpriseProfile.commune,
}


@dataclass(frozen=True)
class Progress:
    """How far a campaign has come: counts by way and state; `begun`: runs that are not done."""

    counts: Mapping[tuple[str, str], int]
    begun: int = 0

    def of(self, state: str, way: str | None = None) -> int:
        """How many stand so, of all ways or of one."""
        return sum(
            count
            for (of_way, of_state), count in self.counts.items()
            if of_state == state and way in (None, of_way)
        )

    @property
    def invited(self) -> int:
        """All that may be written to, or answered."""
        return sum(self.counts.values()) - self.of(InvitationState.OUT)

    @property
    def answered(self) -> int:
        """Those that answered to the end."""
        return self.of(InvitationState.ANSWERED)

    @property
    def rate(self) -> int:
        """Percent of the invited that answered."""
        return round(100 * self.answered / self.invited) if self.invited else 0


@dataclass(frozen=True)
class Told:
    """An answer and how many gave it: a choice's id, or one of the words that say nothing."""

    value: str
    count: int


@dataclass(frozen=True)
class QuestionFigures:
    """What was said to a question. `asked`: how many answered it at all; `spread`: of numbers."""

    question: Question
    asked: int
    told: Sequence[Told]
    spread: Spread | None = None


class SurveyFigures:
    """Counts one campaign."""

    def __init__(self, session: Session, campaign: Campaign) -> None:
        self._session = session
        self._campaign = campaign

    def progress(self, stopped: Mapping[str, int]) -> Progress:
        """Invitations by way and state, and the runs that are not done, of all `stopped()`."""
        return Progress(self._counts(), sum(stopped.values()))

    def stopped(self) -> dict[str, int]:
        """How many runs that are not done stand at which question; empty: on the page."""
        rows = self._session.execute(
            select(Attempt.question, func.count())
            .where(Attempt.campaign_id == self._campaign.id, Attempt.state != AttemptState.FINISHED)
            .group_by(Attempt.question)
        )
        return {row[0]: row[1] for row in rows}

    def part(self, assessment: Assessment, dimension: Dimension) -> list[QuestionFigures]:
        """The questions of a part, in their order."""
        found = self._answers([question.id for question in dimension.questions])
        return [
            figures_of(assessment, question, found.get(question.id, Counter()))
            for question in dimension.questions
        ]

    def cut(
        self, assessment: Assessment, question: Question, by: Cut
    ) -> dict[str, QuestionFigures]:
        """A question by what the register says of the enterprises; empty: it says nothing."""
        column = func.coalesce(CUT_COLUMNS[by], "")
        rows = self._session.execute(
            self._given(column, [question.id])
            .outerjoin(
                EnterpriseProfile, EnterpriseProfile.enterprise_id == Invitation.enterprise_id
            )
            .group_by(column, KEPT_ANSWER)
        )
        groups: dict[str, Counter[Answer]] = {}
        for group, said, count in rows:
            groups.setdefault(group, Counter())[read_kept(said)] += count
        counted = {
            group: figures_of(assessment, question, answers) for group, answers in groups.items()
        }
        return dict(sorted(counted.items(), key=lambda one: (-one[1].asked, one[0])))

    def who(self, question: str) -> list[tuple[int, Answer]]:
        """The invitations whose runs answered a question, each with the answer."""
        rows = self._session.execute(
            select(Invitation.id, KEPT_ANSWER)
            .join(AttemptAnswer, AttemptAnswer.attempt_id == Invitation.attempt_id)
            .where(*self._is_answered(), AttemptAnswer.question == question)
            .order_by(Invitation.id)
        )
        return [(row[0], read_kept(row[1])) for row in rows]

    # — inside —

    def _counts(self) -> dict[tuple[str, str], int]:
        return _counted(self._session, [self._campaign.id]).get(self._campaign.id, {})

    def _answers(self, questions: Sequence[str]) -> dict[str, Counter[Answer]]:
        given = self._given(AttemptAnswer.question, questions)
        rows = self._session.execute(given.group_by(AttemptAnswer.question, KEPT_ANSWER))
        found: dict[str, Counter[Answer]] = {}
        for question, said, count in rows:
            found.setdefault(question, Counter())[read_kept(said)] += count
        return found

    def _given(self, column: Any, questions: Sequence[str]) -> Select[Any]:
        return (
            select(column, KEPT_ANSWER, func.count())
            .select_from(Invitation)
            .join(
                AttemptAnswer,
                and_(
                    AttemptAnswer.attempt_id == Invitation.attempt_id,
                    AttemptAnswer.question.in_(questions),
                ),
            )
            .where(*self._is_answered())
        )

    def _is_answered(self) -> tuple[ColumnElement[bool], ...]:
        return (
            Invitation.campaign_id == self._campaign.id,
            Invitation.state == InvitationState.ANSWERED,
        )


def progress_of(session: Session, campaign_ids: Sequence[int]) -> dict[int, Progress]:
    """How far several campaigns have come; the runs that are not done are not counted."""
    found = _counted(session, campaign_ids)
    return {id_: Progress(found.get(id_, {})) for id_ in campaign_ids}


def figures_of(
    assessment: Assessment, question: Question, answers: Mapping[Answer, int]
) -> QuestionFigures:
    """What many answers to a question come to."""
    counts: Counter[str] = Counter()
    numbers: Counter[float] = Counter()
    for answer, count in answers.items():
        for token in answer or (NONE_OF_THEM,):
            if question.kind in OF_NUMBERS and is_number(token):
                numbers[float(token)] += count
            else:
                counts[token] += count
    told = [Told(value, counts[value]) for value in _values(assessment, question, counts)]
    is_of_numbers = question.kind in OF_NUMBERS
    return QuestionFigures(
        question=question,
        asked=sum(answers.values()),
        told=told,
        spread=spread_of(numbers) if is_of_numbers else None,
    )


def _values(assessment: Assessment, question: Question, counts: Mapping[str, int]) -> list[str]:
    """What is listed: all that can be chosen, and of what says nothing that which was given."""
    if question.kind is QuestionKind.SCALE:
        known = [str(one.score) for one in assessment.scale_of(question).choices]
    else:
        known = [one.id for one in question.choices]
    beside = [one for one in (NONE_OF_THEM, UNKNOWN, NOT_APPLICABLE) if counts.get(one)]
    if question.kind is QuestionKind.TEXT:
        # Words are read one by one, behind the number of those that wrote any.
        return beside
    others = sorted(set(counts) - set(known) - set(beside))
    return [*known, *others, *beside]


def _counted(
    session: Session, campaign_ids: Iterable[int]
) -> dict[int, dict[tuple[str, str], int]]:
    rows = session.execute(
        select(Invitation.campaign_id, Invitation.way, Invitation.state, func.count())
        .where(Invitation.campaign_id.in_(list(campaign_ids)))
        .group_by(Invitation.campaign_id, Invitation.way, Invitation.state)
    )
    found: dict[int, dict[tuple[str, str], int]] = {}
    for campaign_id, way, state, count in rows:
        found.setdefault(campaign_id, {})[way, state] = count
    return found
