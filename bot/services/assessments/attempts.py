"""Runs of self-assessments: started, answered, interrupted, taken up again."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.domain.assessments.answer import is_answer
from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import (
    CODE_LENGTH,
    CODE_LETTERS,
    STANDING,
    AttemptState,
    StepKind,
    is_code,
)
from bot.domain.assessments.path import asked, next_question, question_before
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    Answer,
    Question,
    QuestionKind,
)
from bot.services.assessments.definitions import Definitions
from bot.services.assessments.kept_attempts import note_result
from bot.services.assessments.step import Step
from bot.storage.models import Attempt, AttemptAnswer


class AttemptService:
    """Walks attempts through their questions. Every step is idempotent by its cause.

    A conversation has at most one open attempt. An attempt runs on the questions it was started
    with, whatever becomes of the file; that of a survey also where there is no file any more. A
    step that an ended attempt is not open to changes nothing.
    """

    def __init__(self, session: Session, assessments: Mapping[str, Assessment]) -> None:
        self._session = session
        self._assessments = assessments
        self._definitions = Definitions(session, assessments)

    def open_attempt(self, conversation_id: str) -> Attempt | None:
        """The attempt whose question waits for an answer, or None."""
        return self._newest(conversation_id, AttemptState.OPEN)

    def paused_attempt(self, conversation_id: str) -> Attempt | None:
        """The attempt put aside last, or None."""
        return self._newest(conversation_id, AttemptState.PAUSED)

    def finished_attempt(self, conversation_id: str, assessment_id: str = "") -> Attempt | None:
        """The attempt finished last, or None; answers to a survey are given, and not seen again."""
        ids = (assessment_id,) if assessment_id else tuple(self._assessments)
        return self._newest(conversation_id, AttemptState.FINISHED, of=ids)

    def last_run(self, conversation_id: str) -> Attempt | None:
        """The attempt touched last, finished or put aside, also one at a survey; or None."""
        return self._newest(conversation_id, AttemptState.FINISHED, AttemptState.PAUSED)

    def finished_by(self, conversation_id: str, cause: str) -> Attempt | None:
        """The attempt that a message finished, also one at a survey; or None."""
        newest = self._newest(conversation_id, AttemptState.FINISHED)
        return newest if newest is not None and newest.last_cause == cause else None

    def finished(self, attempt_id: int) -> Attempt | None:
        """The attempt of an id, where it is finished and can still be read."""
        return self.in_state(attempt_id, AttemptState.FINISHED)

    def in_state(self, attempt_id: int, state: AttemptState) -> Attempt | None:
        """The attempt of an id, where it stands so and can still be read."""
        attempt = self._session.get(Attempt, attempt_id)
        if attempt is None or attempt.state != state:
            return None
        return attempt if self._is_usable(attempt) else None

    def finished_before(self, attempt: Attempt) -> Step | None:
        """The attempt at the same assessment that was finished before one, or None."""
        rows = self._session.scalars(
            select(Attempt)
            .where(
                Attempt.conversation_id == attempt.conversation_id,
                Attempt.assessment == attempt.assessment,
                Attempt.state == AttemptState.FINISHED,
                Attempt.id != attempt.id,
                Attempt.finished_at < (attempt.finished_at or attempt.updated_at),
            )
            .order_by(Attempt.finished_at.desc(), Attempt.id.desc())
        )
        return next((self.stand(row) for row in rows if self._definitions.of(row)), None)

    def newest_of_each(self, conversation_id: str) -> list[Attempt]:
        """The attempt of each assessment that was touched last, newest first; none given up."""
        states = (AttemptState.OPEN, AttemptState.PAUSED, AttemptState.FINISHED)
        found = (self._newest(conversation_id, *states, of=(id_,)) for id_ in self._assessments)
        return sorted(
            (attempt for attempt in found if attempt is not None),
            key=lambda attempt: attempt.updated_at,
            reverse=True,
        )

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
        if newest is None or self._is_usable(newest):
            return False
        if newest.state == AttemptState.OPEN:
            self._touch(newest, AttemptState.ABANDONED, cause=cause, now=now)
        return newest.last_cause == cause

    def stand(self, attempt: Attempt) -> Step:
        """Where an attempt stands, with its current question: to ask it again."""
        return self._step(STANDING[AttemptState(attempt.state)], attempt)

    def start(
        self,
        conversation_id: str,
        assessment_id: str,
        *,
        cause: str,
        now: datetime,
        consent_version: str = "",
    ) -> Step:
        """Starts an assessment, or takes up the one begun before.

        `consent_version`: of the sentence that the owner reads before the first question.

        Raises:
            KeyError: there is no such assessment.
        """
        if begun := self._session.scalar(select(Attempt).where(Attempt.started_by == cause)):
            return self._step(StepKind.STARTED, begun)
        left = (AttemptState.OPEN, AttemptState.PAUSED)
        unfinished = self._newest(conversation_id, *left, of=(assessment_id,))
        if unfinished is not None:
            return self._take_up(unfinished, cause=cause, now=now)
        step = self.begin(conversation_id, self._assessments[assessment_id], cause=cause, now=now)
        step.attempt.consent_version = consent_version
        return step

    def begin(
        self, conversation_id: str, assessment: Assessment, *, cause: str, now: datetime
    ) -> Step:
        """A new attempt at an assessment as it is given; `cause` has begun none before."""
        attempt = Attempt(
            conversation_id=conversation_id,
            assessment=assessment.id,
            version=assessment.version,
            definition_id=self._definitions.keep(assessment, now=now),
            question=assessment.questions[0].id,
            started_by=cause,
            started_at=now,
        )
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        self._session.add(attempt)
        self._session.flush()
        return Step(StepKind.STARTED, attempt, assessment)

    def answer(
        self, attempt: Attempt, answer: Answer, *, cause: str, now: datetime, question: str = ""
    ) -> Step:
        """Writes an answer down and goes on; after the last question the attempt is finished.

        `question` is the one whose button was pressed: an earlier one (pressed twice, or scrolled
        back to) is corrected, and the attempt stays where it is. An answer that the question does
        not know or a question not reached yet changes nothing.
        """
        if not self._is_open_to(attempt, cause):
            return self.stand(attempt)
        step = self.stand(attempt)
        current = step.question
        wanted = step.assessment.question(question) if question else current
        if wanted is None or not _is_reached(step, wanted):
            return step
        if not is_answer(step.assessment, wanted, answer, step.answers):
            return step
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        if step.answers.get(wanted.id) != answer:
            attempt.finished_at = attempt.percent = None
        self._write(attempt, wanted.id, answer, cause=cause, now=now)
        # Of a correction the branch may have gone on which the attempt stood.
        self._advance(attempt, current if current is not None else wanted, moved=wanted == current)
        self._close_if_answered(attempt, now=now)
        return self.stand(attempt)

    def toggle(
        self, attempt: Attempt, choice: str, *, cause: str, now: datetime, question: str
    ) -> Step:
        """Takes one of several choices in, or out again; the question goes on waiting."""
        step = self.stand(attempt)
        current = step.question
        if not self._is_open_to(attempt, cause) or current is None or current.id != question:
            return step
        chosen = current.choice(choice)
        if current.kind is not QuestionKind.SEVERAL or chosen is None:
            return step
        before = set(step.answers.get(current.id, ()))
        after = before ^ {choice}
        answer = tuple(one.id for one in current.choices if one.id in after)
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        self._write(attempt, current.id, answer or (NONE_OF_THEM,), cause=cause, now=now)
        return self.stand(attempt)

    def settle(self, attempt: Attempt, *, cause: str, now: datetime, question: str) -> Step:
        """Goes on with what was chosen of several; nothing chosen means none of them."""
        chosen = self.stand(attempt).answers.get(question, (NONE_OF_THEM,))
        return self.answer(attempt, chosen, cause=cause, now=now, question=question)

    def back(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        """Returns to the question before, if any. Its answer is kept until replaced."""
        step = self.stand(attempt)
        waiting = step.question
        if not self._is_open_to(attempt, cause):
            return step
        before = question_before(step.assessment, step.answers, waiting.id if waiting else "")
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        attempt.question = before.id if before is not None else attempt.question
        return self.stand(attempt)

    def go_to(self, attempt: Attempt, question: str, *, cause: str, now: datetime) -> Step:
        """Asks a question of the way again; a finished attempt is open again until it is answered.

        What was answered stays until it is replaced, and so does what the run came to.
        """
        step = self.stand(attempt)
        if attempt.last_cause == cause or attempt.state == AttemptState.ABANDONED:
            return step
        wanted = step.assessment.question(question)
        if wanted is None or not _is_reached(step, wanted):
            return step
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        attempt.question = wanted.id
        return self.stand(attempt)

    def pause(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        """Puts the attempt aside; it can be taken up at any time, also elsewhere by its code."""
        if self._is_open_to(attempt, cause):
            attempt.code = _new_code()
        return self._leave(attempt, AttemptState.PAUSED, cause=cause, now=now)

    def abandon(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        """Ends the attempt without a result."""
        return self._leave(attempt, AttemptState.ABANDONED, cause=cause, now=now)

    def restart(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        """Puts an attempt back to its first question, without answers; what was finished stays.

        Of one that was open only to be put right the result stays, and another one begins.
        """
        if not self._is_open_to(attempt, cause):
            return self.stand(attempt)
        if attempt.finished_at is not None:
            self._leave(attempt, AttemptState.FINISHED, cause=cause, now=now)
            newest = self._assessments[attempt.assessment]
            return self.begin(attempt.conversation_id, newest, cause=cause, now=now)
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        attempt.answers.clear()
        attempt.question = self.stand(attempt).assessment.questions[0].id
        return self.stand(attempt)

    def resume(self, conversation_id: str, *, cause: str, now: datetime) -> Step | None:
        """Takes up the attempt in progress or put aside last; None where there is none."""
        attempt = self.open_attempt(conversation_id) or self.paused_attempt(conversation_id)
        return None if attempt is None else self._take_up(attempt, cause=cause, now=now)

    def resume_by_code(
        self, conversation_id: str, code: str, *, cause: str, now: datetime
    ) -> Step | None:
        """Brings an attempt here that was put aside in another conversation; None: no such code.

        Who has the code was given it by the one who took the attempt; with it the attempt moves,
        and the code has served. Each pause gives a new one.
        """
        attempt = self.by_code(code)
        if attempt is None:
            return None
        return self.bring(attempt, conversation_id, cause=cause, now=now)

    def bring(self, attempt: Attempt, conversation_id: str, *, cause: str, now: datetime) -> Step:
        """Goes on with an attempt in a conversation, wherever it was before."""
        attempt.conversation_id, attempt.code = conversation_id, None
        self._session.flush()
        return self._take_up(attempt, cause=cause, now=now)

    def by_code(self, code: str) -> Attempt | None:
        """The attempt that was put aside with a code, where it can still be taken up."""
        attempt = self._session.scalar(
            select(Attempt).where(
                Attempt.code == code.upper(), Attempt.state == AttemptState.PAUSED
            )
        )
        return attempt if attempt is not None and self._is_usable(attempt) else None

    # — inside —

    def _newest(
        self, conversation_id: str, *states: AttemptState, of: Sequence[str] | None = None
    ) -> Attempt | None:
        # An assessment whose file is gone cannot be asked any more: its attempts are left alone.
        any_of = or_(
            Attempt.assessment.in_(list(self._assessments)), Attempt.campaign_id.is_not(None)
        )
        one_of = Attempt.assessment.in_(of or ()) & Attempt.campaign_id.is_(None)
        found = self._session.scalars(
            select(Attempt)
            .where(
                Attempt.conversation_id == conversation_id,
                Attempt.state.in_(states),
                any_of if of is None else one_of,
            )
            .order_by(Attempt.updated_at.desc(), Attempt.id.desc())
        )
        return next((attempt for attempt in found if self._is_usable(attempt)), None)

    def _is_usable(self, attempt: Attempt) -> bool:
        is_asked = attempt.assessment in self._assessments or attempt.campaign_id is not None
        return is_asked and bool(self._definitions.of(attempt))

    def _take_up(self, attempt: Attempt, *, cause: str, now: datetime) -> Step:
        self._touch(attempt, AttemptState.OPEN, cause=cause, now=now)
        return self._step(StepKind.RESUMED, attempt)

    def _leave(self, attempt: Attempt, state: AttemptState, *, cause: str, now: datetime) -> Step:
        if not self._is_open_to(attempt, cause):
            return self.stand(attempt)
        step = self.stand(attempt)
        is_whole = next_question(step.assessment, step.answers) is None
        self._touch(attempt, state, cause=cause, now=now)
        if is_whole:
            # Only an answer was to be put right: the result stands as it was.
            attempt.question = ""
            self._close_if_answered(attempt, now=now)
        return self.stand(attempt)

    def _touch(self, attempt: Attempt, state: AttemptState, *, cause: str, now: datetime) -> None:
        other = self.open_attempt(attempt.conversation_id) if state == AttemptState.OPEN else None
        if other is not None and other is not attempt:
            other.state = AttemptState.PAUSED
        attempt.state = state
        attempt.last_cause = cause
        attempt.updated_at = now

    def _write(
        self, attempt: Attempt, question: str, given: Answer, *, cause: str, now: datetime
    ) -> None:
        row = next((row for row in attempt.answers if row.question == question), None)
        if row is None:
            row = AttemptAnswer(question=question)
            attempt.answers.append(row)
        row.answer, row.cause, row.answered_at = list(given), cause, now
        self._session.flush()

    def _advance(self, attempt: Attempt, current: Question, *, moved: bool) -> None:
        step = self.stand(attempt)
        if not moved and current in asked(step.assessment, step.answers):
            return
        onward = next_question(step.assessment, step.answers, after=current.id)
        attempt.question = onward.id if onward is not None else ""

    def _close_if_answered(self, attempt: Attempt, *, now: datetime) -> None:
        step = self.stand(attempt)
        if attempt.question or next_question(step.assessment, step.answers) is not None:
            return
        attempt.state = AttemptState.FINISHED
        attempt.finished_at = attempt.finished_at or now
        note_result(self.stand(attempt))

    def _is_open_to(self, attempt: Attempt, cause: str) -> bool:
        done = attempt.last_cause == cause or any(row.cause == cause for row in attempt.answers)
        return not done and not AttemptState(attempt.state).is_over

    def _step(self, kind: StepKind, attempt: Attempt) -> Step:
        assessment = self._definitions.of(attempt)
        if assessment is None:
            raise KeyError(attempt.assessment)
        return Step(kind, attempt, assessment)


def _is_reached(step: Step, question: Question) -> bool:
    current = step.question
    return question == current or (
        question.id in step.answers and question in asked(step.assessment, step.answers)
    )


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        if is_code(code):
            return code
