"""Where a run stands: its question, its answers, how far it has come, and what it came to."""

from dataclasses import dataclass

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState, StepKind
from bot.domain.assessments.path import asked, next_question, to_come
from bot.domain.assessments.question import Answer, Question
from bot.domain.assessments.scoring import Result
from bot.domain.assessments.scoring import score as score_of
from bot.storage.models import Attempt


@dataclass(frozen=True)
class Step:
    """A step of an attempt, and the assessment that it runs on."""

    kind: StepKind
    attempt: Attempt
    assessment: Assessment

    @property
    def question(self) -> Question | None:
        """The question to be answered next; None once all are answered."""
        if self.attempt.state == AttemptState.FINISHED:
            return None
        waiting = self.assessment.question(self.attempt.question)
        if waiting is not None and waiting in asked(self.assessment, self.answers):
            return waiting
        return next_question(self.assessment, self.answers)

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers given so far, by question id."""
        return {row.question: tuple(row.answer) for row in self.attempt.answers}

    @property
    def number(self) -> int:
        """The place of the question that waits, from 1 on."""
        ids = [one.id for one in asked(self.assessment, self.answers)]
        waiting = self.question
        return ids.index(waiting.id) + 1 if waiting is not None else len(ids)

    @property
    def done(self) -> int:
        """How many questions of the way are answered."""
        answers = self.answers
        return sum(one.id in answers for one in asked(self.assessment, answers))

    @property
    def count(self) -> int:
        """How many questions there are, at most, with those that a branch may still spare."""
        return self.done + to_come(self.assessment, self.answers)

    @property
    def result(self) -> Result:
        """What a finished attempt came to.

        Raises:
            AnswersMissing: it is not finished.
        """
        is_finished = self.attempt.state == AttemptState.FINISHED
        return score_of(self.assessment, self.answers, complete=not is_finished)
