"""A run that is answered on one page: begun under a key, shown whole, saved as it is filled in.

An officer fills it in at the counter, or an owner behind a link. Nothing is ever said into the
conversation of such a run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.assessments.answer import is_answer
from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState
from bot.domain.assessments.given_answer import (
    GivenProblem,
    read_given,
    says_nothing,
    settled,
    wrong,
)
from bot.domain.assessments.path import asked, next_question
from bot.domain.assessments.question import Answer, Question, QuestionKind
from bot.domain.input.cleaning import clean_line
from bot.domain.talk.messages import ChannelName
from bot.knowledge.products.products import Products
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.kept_attempts import note_result
from bot.services.assessments.product_asked import product_answer, several_products
from bot.services.assessments.shown_page import (
    DONE,
    PARTING,
    VALUE,
    WAS,
    AnswerPage,
    PageView,
    clean_values,
    kept_values,
    problem_words,
)
from bot.services.assessments.step import Step
from bot.services.messaging.conversations import ConversationService
from bot.storage.models import Attempt, AttemptAnswer
from bot.texts import Texts

Given = Mapping[str, Sequence[str]]
"""The fields of a form with all their values."""

NOTHING: Mapping[str, Sequence[str]] = MappingProxyType({})
NO_PROBLEM: Mapping[str, str] = MappingProxyType({})

LONGEST_WAS = 2000
"""Characters of all values of a field together."""


@dataclass(frozen=True)
class Taken:
    """What a post came to. `problems`: by question id, in a sentence; all else is saved.

    `opened`: how many questions its answers opened. `waiting`: the first without an answer, by id;
    empty where none is. `changed`: whether anything was written.
    """

    problems: Mapping[str, str]
    finished: bool
    opened: int = 0
    waiting: str = ""
    changed: bool = False


@dataclass
class _Reading:
    """What a post says beside what is kept: answers by question id, after and before."""

    kept: Mapping[str, Answer]
    answers: dict[str, Answer]
    problems: dict[str, GivenProblem] = field(default_factory=dict)

    @property
    def changed(self) -> dict[str, Answer | None]:
        """The answers that are new or other, and None where one was taken back."""
        ids = [*self.answers, *(id_ for id_ in self.kept if id_ not in self.answers)]
        after = {id_: self.answers.get(id_) for id_ in ids}
        return {id_: one for id_, one in after.items() if one != self.kept.get(id_)}


class AnswerPages:
    """Runs on a page. `products`: the lists in which a product is looked up."""

    def __init__(
        self,
        session: Session,
        assessments: Mapping[str, Assessment],
        texts: Texts,
        *,
        products: Products,
    ) -> None:
        self._session = session
        self._texts = texts
        self._products = products
        self._attempts = AttemptService(session, assessments)

    def begin(  # noqa: PLR0913  (each is one fact of a run)
        self,
        assessment_id: str,
        *,
        enterprise_id: int | None,
        key: str,
        officer_id: int | None,
        campaign_id: int | None,
        consent_version: str,
        now: datetime,
    ) -> Attempt:
        """Begins a run under a key; the same key again gives the same run.

        Raises:
            KeyError: there is no such assessment.
        """
        conversation = ConversationService(self._session).open(
            ChannelName.ANSWER_PAGE, key, name="", now=now
        )
        # Nobody reads there: no reminder, no correction is for it.
        conversation.reachable = False
        begun = self.find(key)
        if begun is not None:
            return begun
        attempt = self._attempts.start(
            conversation.id, assessment_id, cause=key, now=now, consent_version=consent_version
        ).attempt
        attempt.question = ""
        attempt.enterprise_id = enterprise_id
        attempt.officer_id = officer_id
        attempt.campaign_id = campaign_id
        self._session.flush()
        return attempt

    def find(self, key: str) -> Attempt | None:
        """The run that was begun under a key."""
        return self._session.scalar(select(Attempt).where(Attempt.started_by == key))

    def shown(
        self,
        attempt: Attempt,
        *,
        problems: Mapping[str, str] = NO_PROBLEM,
        typed: Given = NOTHING,
    ) -> AnswerPage:
        """The page of a run; `typed`: what was sent, kept where a question has a problem."""
        step = self._attempts.stand(attempt)
        return PageView(self._texts, step, problems=problems, typed=typed).page()

    def take(self, attempt: Attempt, given: Given, *, cause: str, now: datetime) -> Taken:
        """Saves all answers of a post; what is wrong is named, and does not keep the rest back.

        A question that was left as the page showed it writes nothing, so that two who fill in the
        same run do not undo one another; of two who answer the same question the later one counts.
        The run is finished once all is answered and that is said; a finished one is corrected, but
        the answers to a survey are given once.
        """
        self._hold(attempt)
        step = self._attempts.stand(attempt)
        is_given = attempt.state == AttemptState.FINISHED and attempt.campaign_id is not None
        if is_given or attempt.state == AttemptState.ABANDONED:
            return Taken(NO_PROBLEM, finished=is_given)
        way = asked(step.assessment, step.answers)
        reading = self._read(step, given)
        self._write(attempt, reading.changed, cause=cause, now=now)
        after = asked(step.assessment, reading.answers)
        opened = [one for one in after if one not in way]
        problems = self._on_the_way(step.assessment, after, reading)
        if DONE in given:
            missing = [one for one in after if one in way and one.id not in reading.answers]
            for question in missing:
                problems.setdefault(question.id, GivenProblem.MISSING)
        self._settle(attempt, reading, done=DONE in given and not problems, cause=cause, now=now)
        waiting = next_question(step.assessment, reading.answers)
        return Taken(
            problems={
                one.id: problem_words(self._texts, one, problems[one.id], reading.answers)
                for one in after
                if one.id in problems
            },
            finished=attempt.state == AttemptState.FINISHED and not problems,
            opened=len(opened),
            waiting=waiting.id if waiting is not None else "",
            changed=bool(reading.changed),
        )

    # — inside —

    def _hold(self, attempt: Attempt) -> None:
        """Lets nobody else write the run until the transaction ends, and reads it anew."""
        self._session.flush()
        ConversationService(self._session).lock(attempt.conversation_id)
        self._session.refresh(attempt)
        self._session.expire(attempt, ["answers", "scores"])
        rows = select(AttemptAnswer).where(AttemptAnswer.attempt_id == attempt.id)
        self._session.scalars(rows.execution_options(populate_existing=True)).all()

    def _read(self, step: Step, given: Given) -> _Reading:
        reading = _Reading(step.answers, dict(step.answers))
        for question in step.assessment.questions:
            self._read_one(step.assessment, question, given, reading)
        return reading

    def _read_one(
        self, assessment: Assessment, question: Question, given: Given, reading: _Reading
    ) -> None:
        values = clean_values(question, given.get(f"{VALUE}{question.id}", ()))
        was = clean_line("".join(given.get(f"{WAS}{question.id}", ())[:1]), LONGEST_WAS)
        if PARTING.join(values) == was:
            return
        if not values:
            if was == PARTING.join(kept_values(question, reading.kept.get(question.id, ()))):
                reading.answers.pop(question.id, None)
            return
        before = [was] if question.kind is QuestionKind.TEXT else was.split(PARTING)
        counted = settled(question, values, before)
        if counted is None:
            reading.problems[question.id] = GivenProblem.BOTH
            return
        answer = self._answer(assessment, question, counted, reading)
        if isinstance(answer, GivenProblem):
            reading.problems[question.id] = answer
        else:
            reading.answers[question.id] = answer

    def _answer(
        self,
        assessment: Assessment,
        question: Question,
        values: tuple[str, ...],
        reading: _Reading,
    ) -> Answer | GivenProblem:
        if question.kind is not QuestionKind.PRODUCT or says_nothing(question, values):
            return read_given(assessment, question, values, reading.answers)
        text = values[0]
        if len(values) > 1 or "?" in text or several_products(self._products, text):
            return GivenProblem.PRODUCT
        found = product_answer(self._products, text)
        return GivenProblem.PRODUCT if found is None else found

    def _on_the_way(
        self, assessment: Assessment, way: Sequence[Question], reading: _Reading
    ) -> dict[str, GivenProblem]:
        """The problems of questions that are asked; also of a number above one that was lowered."""
        found = {one.id: reading.problems[one.id] for one in way if one.id in reading.problems}
        for question in way:
            answer = reading.answers.get(question.id)
            if not question.at_most or answer is None or question.id in found:
                continue
            if not is_answer(assessment, question, answer, reading.answers):
                found[question.id] = wrong(question)
        return found

    def _write(
        self,
        attempt: Attempt,
        changed: Mapping[str, Answer | None],
        *,
        cause: str,
        now: datetime,
    ) -> None:
        rows = {row.question: row for row in attempt.answers}
        for id_, answer in changed.items():
            row = rows.get(id_)
            if answer is None:
                if row is not None:
                    attempt.answers.remove(row)
                continue
            if row is None:
                row = AttemptAnswer(question=id_)
                attempt.answers.append(row)
            row.answer, row.cause, row.answered_at = list(answer), cause, now
        self._session.flush()

    def _settle(
        self, attempt: Attempt, reading: _Reading, *, done: bool, cause: str, now: datetime
    ) -> None:
        """Finishes the run, or opens it again, as what was said and its answers have it."""
        step = self._attempts.stand(attempt)
        was_finished = attempt.state == AttemptState.FINISHED
        if reading.changed:
            attempt.finished_at = attempt.percent = None
        is_whole = next_question(step.assessment, reading.answers) is None
        if is_whole and (done or was_finished):
            if attempt.finished_at is None or not was_finished:
                attempt.state = AttemptState.FINISHED
                attempt.finished_at = now
                note_result(self._attempts.stand(attempt))
        elif was_finished:
            # One that was put aside in a chat waits on: another may be open there.
            attempt.state = AttemptState.OPEN
        if reading.changed or was_finished != (attempt.state == AttemptState.FINISHED):
            attempt.last_cause, attempt.updated_at = cause, now
        self._session.flush()
