"""Runs of self-assessments: started, answered, interrupted, taken up again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.assessments.assessment import Assessment, Question
from bot.domain.assessments.attempt import STANDING, AttemptState, StepKind
from bot.domain.assessments.scoring import Result
from bot.domain.assessments.scoring import score as score_of
from bot.storage.models import Attempt, AttemptAnswer


@dataclass(frozen=True)
class Step:
    """A step of an attempt, and the assessment that it runs on."""

    kind: StepKind
    attempt: Attempt
    assessment: Assessment

    @property
    def question(self) -> Question | None:
        """The question to be answered next; None once all are answered."""
        questions, position = self.assessment.questions, self.attempt.position
        return questions[position] if position < len(questions) else None

    @property
    def answers(self) -> dict[str, int]:
        """The scores given so far, by question id."""
        return {row.question: row.score for row in self.attempt.answers}

    @property
    def result(self) -> Result:
        """What a finished attempt came to; questions that were passed over do not count.

        Raises:
            AnswersMissing: it is not finished.
        """
        is_finished = self.attempt.state == AttemptState.FINISHED
        return score_of(self.assessment, self.answers, complete=not is_finished)


class AttemptService:
    """Walks attempts through their questions. Every step is idempotent by its cause.

    A conversation has at most one open attempt. An attempt runs on the version it was started
    with: a step on one whose questions changed since renews it, and nothing of it is counted.
    A step that an ended attempt is not open to changes nothing.
    """

    def __init__(self, session: Session, assessments: Mapping[str, Assessment]) -> None:
        self._session = session
        self._assessments = assessments

    def open_attempt(self, conversation_id: str) -> Attempt | None:
        """The attempt whose question waits for an answer, or None."""
        return self._newest(conversation_id, AttemptState.OPEN)

    def paused_attempt(self, conversation_id: str) -> Attempt | None:
        """The attempt put aside last, or None."""
        return self._newest(conversation_id, AttemptState.PAUSED)

    def finished_attempt(self, conversation_id: str, assessment_id: str = "") -> Attempt | None:
        """The attempt finished last on questions that still stand, or None."""
        attempt = self._newest(conversation_id, AttemptState.FINISHED, assessment_id=assessment_id)
        return attempt if attempt is not None and self._is_current(attempt) else None

    def newest_of_each(self, conversation_id: str) -> list[Attempt]:
        """The attempt of each assessment that was touched last, newest first; none given up."""
        states = (AttemptState.OPEN, AttemptState.PAUSED, AttemptState.FINISHED)
        found = (
            self._newest(conversation_id, *states, assessment_id=id_) for id_ in self._assessments
        )
        current = [attempt for attempt in found if attempt and self._is_current(attempt)]
        return sorted(current, key=lambda attempt: attempt.updated_at, reverse=True)

    def lost(self, conversation_id: str, *, cause: str, now: datetime) -> bool:
        """Ends the attempt in progress where its assessment is gone; returns whether it did.

        Also for the same cause again.
        """
        newest = self._session.scalar(
            select(Attempt)
            .where(Attempt.conversation_id == conversation_id)
            .order_by(Attempt.updated_at.desc(), Attempt.id.desc())
            .limit(1)
        )
        if newest is None or newest.assessment in self._assessments:
            return False
        if newest.state == AttemptState.OPEN:
            self._touch(newest, AttemptState.ABANDONED, cause=cause, now=now)
        return newest.last_cause == cause

    def stand(self, attempt: Attempt) -> Step:
        """Where an attempt stands, with its current question: to ask it again.

        While nothing is answered yet in a renewed attempt, it still says so.
        """
        kind = STANDING[AttemptState(attempt.state)]
        if kind is StepKind.ASKED and attempt.last_cause == attempt.started_by:
            kind = self._replaced(attempt) or kind
        return self._step(kind, attempt)

    def start(self, conversation_id: str, assessment_id: str, *, cause: str, now: datetime) -> Step:
        """Starts an assessment, or takes up the one begun before.

        Raises:
            KeyError: there is no such assessment.
        """
        begun = self._session.scalar(select(Attempt).where(Attempt.started_by == cause))
        if begun is not None:
            return self._step(self._replaced(begun) or StepKind.STARTED, begun)
        unfinished = self._newest(
            conversation_id, AttemptState.OPEN, AttemptState.PAUSED, assessment_id=assessment_id
        )
        if unfinished is not None:
            return self._take_up(unfinished, cause=cause, now=now)
        return self._begin(conversation_id, assessment_id, StepKind.STARTED, cause=cause, now=now)

    def answer(
        self, attempt: Attempt, score: int, *, cause: str, now: datetime, question: str = ""
    ) -> Step:
        """Writes a score down and goes on; after the last question the attempt is finished.

        `question` is the one whose button was pressed: an earlier one (pressed twice, or scrolled
        back to) is corrected, and the attempt stays where it is. A score outside of the scale or a
        question not reached yet changes nothing.
        """
        elsewhere = self._elsewhere(attempt, cause=cause, now=now)
        if elsewhere is not None:
            return elsewhere
        step = self._step(StepKind.ASKED, attempt)
        current = step.question
        wanted = question or (current.id if current else "")
        if not _takes(step, wanted, score):
            return self.stand(attempt)
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        self._write(attempt, wanted, score, cause=cause, now=now)
        if current is not None and wanted == current.id:
            self._advance(attempt, now=now)
        return self.stand(attempt)

    def skip(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        """Passes over the question; a score that it had is taken away.

        The last one stays where nothing else was answered: of no answer nothing comes.
        """
        elsewhere = self._elsewhere(attempt, cause=cause, now=now)
        if elsewhere is not None:
            return elsewhere
        step = self._step(StepKind.ASKED, attempt)
        current = step.question
        others = step.answers.keys() - {current.id if current else ""}
        if current is None or (current == step.assessment.questions[-1] and not others):
            return self.stand(attempt)
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        attempt.answers[:] = [row for row in attempt.answers if row.question != current.id]
        self._advance(attempt, now=now)
        self._session.flush()
        return self.stand(attempt)

    def back(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        """Returns to the question before, if any. Its answer is kept until replaced."""
        elsewhere = self._elsewhere(attempt, cause=cause, now=now)
        if elsewhere is not None:
            return elsewhere
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        attempt.position = max(0, attempt.position - 1)
        return self.stand(attempt)

    def pause(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        """Puts the attempt aside; it can be taken up at any time."""
        return self._leave(attempt, AttemptState.PAUSED, cause=cause, now=now)

    def abandon(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        """Ends the attempt without a result."""
        return self._leave(attempt, AttemptState.ABANDONED, cause=cause, now=now)

    def resume(self, conversation_id: str, *, cause: str, now: datetime) -> Step | None:
        """Takes up the attempt in progress or put aside last; None where there is none."""
        attempt = self.open_attempt(conversation_id) or self.paused_attempt(conversation_id)
        return None if attempt is None else self._take_up(attempt, cause=cause, now=now)

    # — inside —

    def _newest(
        self, conversation_id: str, *states: AttemptState, assessment_id: str = ""
    ) -> Attempt | None:
        # An assessment whose file is gone cannot be asked any more: its attempts are left alone.
        wanted = [assessment_id] if assessment_id else list(self._assessments)
        return self._session.scalar(
            select(Attempt)
            .where(
                Attempt.conversation_id == conversation_id,
                Attempt.state.in_(states),
                Attempt.assessment.in_(wanted),
            )
            .order_by(Attempt.updated_at.desc(), Attempt.id.desc())
            .limit(1)
        )

    def _begin(
        self, conversation_id: str, assessment_id: str, kind: StepKind, *, cause: str, now: datetime
    ) -> Step:
        assessment = self._assessments[assessment_id]
        attempt = Attempt(
            conversation_id=conversation_id,
            assessment=assessment.id,
            version=assessment.version,
            position=0,
            started_by=cause,
            started_at=now,
        )
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        self._session.add(attempt)
        self._session.flush()
        return Step(kind, attempt, assessment)

    def _take_up(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        if not self._is_current(attempt):
            return self._renew(attempt, cause=cause, now=now)
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        return self._step(StepKind.RESUMED, attempt)

    def _renew(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        self._touch(attempt, AttemptState.ABANDONED, cause=cause, now=now)
        return self._begin(
            attempt.conversation_id, attempt.assessment, StepKind.RENEWED, cause=cause, now=now
        )

    def _leave(self, attempt: Attempt, state: AttemptState, *, cause: str, now: datetime) -> Step:
        if self._is_open_to(attempt, cause):
            self._touch(attempt, state, cause=cause, now=now)
        return self.stand(attempt)

    def _touch(self, attempt: Attempt, state: AttemptState, *, cause: str, now: datetime) -> None:
        other = self.open_attempt(attempt.conversation_id) if state == AttemptState.OPEN else None
        if other is not None and other is not attempt:
            other.state = AttemptState.PAUSED
        attempt.state = state
        attempt.last_cause = cause
        attempt.updated_at = now

    def _write(
        self, attempt: Attempt, question: str, given: int, *, cause: str, now: datetime
    ) -> None:
        row = next((row for row in attempt.answers if row.question == question), None)
        if row is None:
            row = AttemptAnswer(question=question)
            attempt.answers.append(row)
        row.score, row.cause, row.answered_at = given, cause, now
        self._session.flush()

    def _advance(self, attempt: Attempt, *, now: datetime) -> None:
        attempt.position += 1
        if attempt.position < len(self._assessments[attempt.assessment].questions):
            return
        attempt.state = AttemptState.FINISHED
        attempt.finished_at = now

    def _elsewhere(self, attempt: Attempt, *, cause: str, now: datetime) -> Step | None:
        """Where a step cannot be taken, what comes in its place."""
        if not self._is_open_to(attempt, cause):
            return self.stand(attempt)
        if not self._is_current(attempt):
            return self._renew(attempt, cause=cause, now=now)
        return None

    def _is_open_to(self, attempt: Attempt, cause: str) -> bool:
        done = attempt.last_cause == cause or any(row.cause == cause for row in attempt.answers)
        return not done and not AttemptState(attempt.state).is_over

    def _is_current(self, attempt: Attempt) -> bool:
        return attempt.version == self._assessments[attempt.assessment].version

    def _replaced(self, attempt: Attempt) -> StepKind | None:
        old = self._session.scalar(
            select(Attempt.id).where(
                Attempt.conversation_id == attempt.conversation_id,
                Attempt.id < attempt.id,
                Attempt.last_cause == attempt.started_by,
                Attempt.state == AttemptState.ABANDONED,
            )
        )
        return None if old is None else StepKind.RENEWED

    def _step(self, kind: StepKind, attempt: Attempt) -> Step:
        return Step(kind, attempt, self._assessments[attempt.assessment])


def _takes(step: Step, question: str, score: int) -> bool:
    reached = {one.id for one in step.assessment.questions[: step.attempt.position + 1]}
    return question in reached | step.answers.keys() and 0 <= score <= step.assessment.scale.most
