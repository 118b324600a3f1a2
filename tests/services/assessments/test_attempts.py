"""Runs of a self-assessment over a real database."""

from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState, StepKind
from bot.domain.assessments.question import NOT_APPLICABLE, UNKNOWN, Answer
from bot.domain.assessments.run_words import code_in
from bot.domain.assessments.scoring import AnswersMissing
from bot.domain.talk.messages import ChannelName
from bot.services.assessments.attempts import AttemptService
from bot.services.assessments.step import Step
from bot.services.messaging.conversations import ConversationService
from bot.storage.database import Database
from bot.storage.models import AssessmentDefinition, Attempt, AttemptAnswer
from tests.support.data.assessments import dimension, scored, small_assessment

SMALL = small_assessment(dimensions=[dimension("a"), dimension("b", 1)])
"""Three questions: a-1, a-2, b-1."""

OTHER = small_assessment(id="other", dimensions=[dimension("x", 1)])


@pytest.fixture
def chat(session: Session, now: datetime) -> str:
    return new_chat(session, "mine", now)


@pytest.fixture
def attempts(session: Session, now: datetime) -> AttemptService:
    service = AttemptService(session, {"small": SMALL, "other": OTHER})
    # Noise: other people's attempts, open, paused and finished.
    for n in range(3):
        theirs = service.start(
            new_chat(session, f"noise-{n}", now), "small", cause=f"n{n}", now=now
        )
        if n == 1:
            service.pause(theirs.attempt, cause=f"p{n}", now=now)
    return service


def new_chat(session: Session, key: str, now: datetime) -> str:
    return ConversationService(session).open(ChannelName.WEB, key, name=key, now=now).id


def rows(session: Session, chat: str) -> int:
    query = select(func.count()).select_from(Attempt).where(Attempt.conversation_id == chat)
    return session.scalar(query) or 0


def asked(step: Step) -> str | None:
    return step.question.id if step.question else None


def newer(assessment: Assessment) -> Assessment:
    return assessment.model_copy(update={"version": "2"})


class TestStart:
    def test_it_asks_the_first_question(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        step = attempts.start(chat, "small", cause="c1", now=now)
        assert (step.kind, asked(step), step.attempt.version) == (StepKind.STARTED, "a-1", "1")
        assert attempts.open_attempt(chat) is step.attempt

    def test_the_same_cause_starts_once(
        self, attempts: AttemptService, session: Session, chat: str, now: datetime
    ) -> None:
        first = attempts.start(chat, "small", cause="c1", now=now)
        again = attempts.start(chat, "small", cause="c1", now=now)
        assert (again.kind, again.attempt) == (StepKind.STARTED, first.attempt)
        assert rows(session, chat) == 1

    def test_one_in_progress_is_taken_up_instead_of_a_second(
        self, attempts: AttemptService, session: Session, chat: str, now: datetime
    ) -> None:
        first = attempts.start(chat, "small", cause="c1", now=now)
        attempts.answer(first.attempt, scored(5), cause="c2", now=now)
        again = attempts.start(chat, "small", cause="c3", now=now)
        assert (again.kind, asked(again)) == (StepKind.RESUMED, "a-2")
        assert rows(session, chat) == 1

    def test_a_paused_one_is_taken_up(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        first = attempts.start(chat, "small", cause="c1", now=now)
        attempts.pause(first.attempt, cause="c2", now=now)
        again = attempts.start(chat, "small", cause="c3", now=now)
        assert (again.kind, again.attempt) == (StepKind.RESUMED, first.attempt)
        assert again.attempt.state == AttemptState.OPEN

    def test_a_finished_one_does_not_stand_in_the_way(
        self, attempts: AttemptService, session: Session, chat: str, now: datetime
    ) -> None:
        first = attempts.start(chat, "other", cause="c1", now=now)
        attempts.answer(first.attempt, scored(5), cause="c2", now=now)
        assert attempts.start(chat, "other", cause="c3", now=now).kind is StepKind.STARTED
        assert rows(session, chat) == 2

    def test_another_assessment_puts_the_open_one_aside(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        first = attempts.start(chat, "small", cause="c1", now=now)
        other = attempts.start(chat, "other", cause="c2", now=now)
        assert first.attempt.state == AttemptState.PAUSED
        assert attempts.open_attempt(chat) is other.attempt
        assert attempts.paused_attempt(chat) is first.attempt

    def test_an_unknown_assessment_is_refused(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        with pytest.raises(KeyError):
            attempts.start(chat, "nothing", cause="c1", now=now)


class TestAnswer:
    def test_it_goes_through_to_the_result(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        step = attempts.start(chat, "small", cause="c0", now=now)
        seen = [asked(step)]
        for n, given_score in enumerate((5, 0, 4), start=1):
            later = now + timedelta(minutes=n)
            step = attempts.answer(step.attempt, scored(given_score), cause=f"c{n}", now=later)
            seen.append(asked(step))
        assert seen == ["a-1", "a-2", "b-1", None]
        assert step.kind is StepKind.FINISHED
        assert step.answers == {"a-1": ("5",), "a-2": ("0",), "b-1": ("4",)}
        assert step.result.percent == 65  # (50 % + 80 %) / 2
        assert step.attempt.finished_at == now + timedelta(minutes=3)
        assert attempts.open_attempt(chat) is None
        assert attempts.finished_attempt(chat) is step.attempt

    def test_the_same_cause_counts_once(
        self, attempts: AttemptService, session: Session, chat: str, now: datetime
    ) -> None:
        step = attempts.start(chat, "small", cause="c0", now=now)
        attempts.answer(step.attempt, scored(5), cause="c1", now=now)
        again = attempts.answer(step.attempt, scored(2), cause="c1", now=now)
        assert (again.kind, asked(again), again.answers) == (StepKind.ASKED, "a-2", {"a-1": ("5",)})
        assert session.scalar(select(func.count()).select_from(AttemptAnswer)) == 1

    def test_an_older_cause_counts_no_second_time(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now)
        attempts.answer(attempt, scored(4), cause="c2", now=now)
        again = attempts.answer(attempt, scored(5), cause="c1", now=now)
        assert (asked(again), again.answers) == ("b-1", {"a-1": ("5",), "a-2": ("4",)})

    def test_the_last_answer_given_twice_stays_finished(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "other", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now)
        again = attempts.answer(attempt, scored(0), cause="c1", now=now)
        late = attempts.answer(attempt, scored(0), cause="c2", now=now)
        assert (again.kind, late.kind) == (StepKind.FINISHED, StepKind.FINISHED)
        assert late.answers == {"x-1": ("5",)}

    def test_a_button_pressed_twice_answers_no_second_question(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now, question="a-1")
        step = attempts.answer(attempt, scored(5), cause="c2", now=now, question="a-1")
        assert (asked(step), step.answers) == ("a-2", {"a-1": ("5",)})

    def test_a_button_scrolled_back_to_corrects_its_answer(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now, question="a-1")
        attempts.answer(attempt, scored(5), cause="c2", now=now, question="a-2")
        step = attempts.answer(attempt, scored(0), cause="c3", now=now, question="a-1")
        assert (asked(step), step.answers) == ("b-1", {"a-1": ("0",), "a-2": ("5",)})

    @pytest.mark.parametrize(
        ("given_score", "question"), [(6, ""), (-1, ""), (3, "b-1"), (3, "nothing")]
    )
    def test_what_cannot_be_counted_changes_nothing(
        self, attempts: AttemptService, chat: str, now: datetime, given_score: int, question: str
    ) -> None:  # fmt: skip
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        step = attempts.answer(attempt, scored(given_score), cause="c1", now=now, question=question)
        assert (step.kind, asked(step), step.answers) == (StepKind.ASKED, "a-1", {})

    def test_an_answer_takes_a_paused_attempt_up(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.pause(attempt, cause="c1", now=now)
        step = attempts.answer(attempt, scored(3), cause="c2", now=now)
        assert (step.kind, asked(step), attempt.state) == (StepKind.ASKED, "a-2", "open")

    def test_an_unfinished_attempt_has_no_result(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        step = attempts.start(chat, "small", cause="c0", now=now)
        with pytest.raises(AnswersMissing):
            _ = step.result


class TestBack:
    def test_it_asks_the_question_before_and_keeps_its_answer(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now)
        step = attempts.back(attempt, cause="c2", now=now)
        assert (asked(step), step.answers) == ("a-1", {"a-1": ("5",)})
        again = attempts.back(attempt, cause="c2", now=now)
        assert asked(again) == "a-1"
        replaced = attempts.answer(attempt, scored(1), cause="c3", now=now)
        assert (asked(replaced), replaced.answers) == ("a-2", {"a-1": ("1",)})

    def test_the_same_cause_goes_back_once(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        for n in (1, 2):
            attempts.answer(attempt, scored(5), cause=f"c{n}", now=now)
        attempts.back(attempt, cause="c3", now=now)
        assert asked(attempts.back(attempt, cause="c3", now=now)) == "a-2"

    def test_it_stays_at_the_first(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        assert asked(attempts.back(attempt, cause="c1", now=now)) == "a-1"

    def test_a_finished_attempt_stays_finished(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "other", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now)
        assert attempts.back(attempt, cause="c2", now=now).kind is StepKind.FINISHED


class TestPauseAndResume:
    def test_it_goes_on_where_it_was_left(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now)
        assert attempts.pause(attempt, cause="c2", now=now).kind is StepKind.PAUSED
        assert attempts.open_attempt(chat) is None
        step = attempts.resume(chat, cause="c3", now=now)
        assert step is not None
        assert (step.kind, asked(step), step.answers) == (StepKind.RESUMED, "a-2", {"a-1": ("5",)})

    def test_pausing_twice_for_one_cause_is_pausing_once(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        kinds = [attempts.pause(attempt, cause="c1", now=now).kind for _ in range(2)]
        assert kinds == [StepKind.PAUSED] * 2

    def test_the_one_put_aside_last_is_taken_up(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempts.start(chat, "small", cause="c0", now=now)
        other = attempts.start(chat, "other", cause="c1", now=now).attempt
        attempts.pause(other, cause="c2", now=now + timedelta(minutes=1))
        step = attempts.resume(chat, cause="c3", now=now)
        assert step is not None
        assert step.attempt is other

    def test_nothing_is_taken_up_where_nothing_is_begun(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        assert attempts.resume(chat, cause="c1", now=now) is None

    def test_an_abandoned_attempt_is_not_taken_up(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        assert attempts.abandon(attempt, cause="c1", now=now).kind is StepKind.ABANDONED
        assert attempts.resume(chat, cause="c2", now=now) is None
        assert attempts.pause(attempt, cause="c3", now=now).kind is StepKind.ABANDONED
        assert attempts.start(chat, "small", cause="c4", now=now).kind is StepKind.STARTED


class TestChangedFile:
    """Whatever becomes of the file, a run goes on with the questions it was begun with."""

    @pytest.fixture
    def after(self, session: Session) -> AttemptService:
        longer = small_assessment(version="2", dimensions=[dimension("new", 4)])
        return AttemptService(session, {"small": longer, "other": newer(OTHER)})

    @pytest.fixture
    def begun(self, attempts: AttemptService, chat: str, now: datetime) -> Attempt:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now)
        return attempt

    def test_an_open_run_finishes_on_its_own_questions(
        self, after: AttemptService, begun: Attempt, now: datetime
    ) -> None:
        step = after.answer(begun, scored(0), cause="c2", now=now)
        assert asked(step) == "b-1"
        step = after.answer(begun, scored(4), cause="c3", now=now)
        assert (step.kind, step.result.percent, begun.version) == (StepKind.FINISHED, 65, "1")

    def test_a_paused_run_is_taken_up_as_it_was(
        self, after: AttemptService, begun: Attempt, chat: str, now: datetime
    ) -> None:
        after.pause(begun, cause="c2", now=now)
        step = after.start(chat, "small", cause="c3", now=now)
        assert (step.kind, asked(step), step.attempt) == (StepKind.RESUMED, "a-2", begun)

    def test_the_next_run_is_on_the_new_questions(
        self, after: AttemptService, begun: Attempt, chat: str, now: datetime
    ) -> None:
        after.abandon(begun, cause="c2", now=now)
        step = after.start(chat, "small", cause="c3", now=now)
        assert (step.kind, asked(step), step.attempt.version) == (StepKind.STARTED, "new-1", "2")

    def test_a_finished_run_keeps_its_result(
        self, attempts: AttemptService, after: AttemptService, begun: Attempt, chat: str,
        now: datetime,
    ) -> None:  # fmt: skip
        for n in (2, 3):
            attempts.answer(begun, scored(5), cause=f"c{n}", now=now)
        found = after.finished_attempt(chat, "small")
        assert found is begun
        assert after.stand(found).result.percent == 100
        assert after.finished_attempt(chat, "other") is None

    def test_an_edit_without_a_new_version_changes_no_open_run_either(
        self, session: Session, begun: Attempt
    ) -> None:
        reworded = small_assessment(dimensions=[dimension("a", 1)])
        service = AttemptService(session, {"small": reworded})
        assert asked(service.stand(begun)) == "a-2"

    def test_the_same_questions_are_kept_once(
        self, attempts: AttemptService, session: Session, chat: str, now: datetime
    ) -> None:
        attempts.start(chat, "small", cause="c9", now=now)
        kept = session.scalar(
            select(func.count())
            .select_from(AssessmentDefinition)
            .where(AssessmentDefinition.assessment == "small")
        )
        assert kept == 1

    def test_a_run_of_earlier_days_goes_on_where_the_version_is_the_same(
        self, attempts: AttemptService, after: AttemptService, begun: Attempt, chat: str
    ) -> None:
        begun.definition_id, begun.question = None, ""
        assert asked(attempts.stand(begun)) == "a-2"
        assert after.open_attempt(chat) is None

    @pytest.mark.usefixtures("begun")
    def test_attempts_of_a_vanished_assessment_are_left_alone(
        self, session: Session, chat: str, now: datetime
    ) -> None:
        service = AttemptService(session, {"other": OTHER})
        assert service.open_attempt(chat) is None
        assert service.resume(chat, cause="c2", now=now) is None


class TestElsewhere:
    """A run is taken up in another conversation by its code."""

    def test_it_moves_with_its_answers(
        self, attempts: AttemptService, session: Session, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now)
        attempts.pause(attempt, cause="c2", now=now)
        there = new_chat(session, "phone", now)
        step = attempts.resume_by_code(there, (attempt.code or "").lower(), cause="c3", now=now)
        assert step is not None
        assert (step.kind, asked(step), step.answers) == (StepKind.RESUMED, "a-2", {"a-1": ("5",)})
        assert attempts.open_attempt(there) is attempt
        assert attempts.open_attempt(chat) is attempts.paused_attempt(chat) is None

    def test_each_pause_gives_a_new_code_and_it_serves_once(
        self, attempts: AttemptService, session: Session, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        codes = []
        for n in (1, 2):
            attempts.pause(attempt, cause=f"p{n}", now=now)
            codes.append(attempt.code or "")
            attempts.resume(chat, cause=f"r{n}", now=now)
        assert len(set(codes)) == 2
        assert [code_in(f"làm tiếp {code}") for code in codes] == codes
        there = new_chat(session, "phone", now)
        # An open one is in somebody's hands, an old code has served.
        assert attempts.resume_by_code(there, codes[1], cause="x", now=now) is None
        attempts.pause(attempt, cause="p3", now=now)
        assert attempts.resume_by_code(there, codes[0], cause="y", now=now) is None
        newest = attempt.code or ""
        assert attempts.resume_by_code(there, newest, cause="z", now=now) is not None
        assert attempt.code is None

    def test_who_leaves_a_correction_leaves_the_result(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "other", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now)
        attempts.go_to(attempt, "x-1", cause="c2", now=now)
        later = now + timedelta(days=1)
        step = attempts.pause(attempt, cause="c3", now=later)
        assert (step.kind, step.result.percent, attempt.percent) == (StepKind.FINISHED, 100, 100)
        assert attempt.finished_at == now

    @pytest.mark.parametrize("state", ["finished", "abandoned"])
    def test_what_is_over_is_not_brought(
        self, attempts: AttemptService, session: Session, chat: str, now: datetime, state: str
    ) -> None:
        attempt = attempts.start(chat, "other", cause="c0", now=now).attempt
        attempts.pause(attempt, cause="c1", now=now)
        if state == "finished":
            attempts.answer(attempt, scored(1), cause="c2", now=now)
        else:
            attempts.abandon(attempt, cause="c2", now=now)
        there = new_chat(session, "phone", now)
        code = attempt.code or ""
        assert attempts.resume_by_code(there, code, cause="c3", now=now) is None
        assert attempt.conversation_id == chat

    def test_an_unknown_code_brings_nothing(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        assert attempts.resume_by_code(chat, "AAAA2222", cause="c", now=now) is None


class TestGoTo:
    def test_an_answered_question_is_asked_again_and_the_run_goes_on_behind(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        for n in (1, 2):
            attempts.answer(attempt, scored(5), cause=f"c{n}", now=now)
        assert asked(attempts.go_to(attempt, "a-1", cause="c3", now=now)) == "a-1"
        step = attempts.answer(attempt, scored(0), cause="c4", now=now)
        assert asked(step) == "b-1"
        assert step.answers == {"a-1": ("0",), "a-2": ("5",)}

    def test_a_finished_run_is_open_until_the_answer_is_given_anew(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "other", cause="c0", now=now).attempt
        attempts.answer(attempt, scored(5), cause="c1", now=now)
        step = attempts.go_to(attempt, "x-1", cause="c2", now=now)
        assert (step.kind, asked(step), attempt.percent) == (StepKind.ASKED, "x-1", 100)
        step = attempts.answer(attempt, scored(0), cause="c3", now=now)
        assert (step.kind, step.result.percent) == (StepKind.FINISHED, 0)

    @pytest.mark.parametrize("question", ["b-1", "nothing", ""])
    def test_what_was_not_reached_is_not_asked(
        self, attempts: AttemptService, chat: str, now: datetime, question: str
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        assert asked(attempts.go_to(attempt, question, cause="c1", now=now)) == "a-1"


class TestSeveral:
    """A question with several answers is chosen by and by, and ended."""

    @pytest.fixture
    def several(self, session: Session) -> AttemptService:
        choices = [{"id": name, "title": name.upper(), "score": 1} for name in ("p", "q", "r")]
        question = {"id": "s-1", "text": "t", "kind": "several", "choices": choices}
        some = small_assessment(dimensions=[dimension("s", questions=[question])])
        return AttemptService(session, {"small": some})

    def test_each_press_takes_in_or_out_until_it_is_settled(
        self, several: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = several.start(chat, "small", cause="c0", now=now).attempt
        for n, choice in enumerate(("r", "p", "q", "q")):
            step = several.toggle(attempt, choice, cause=f"t{n}", now=now, question="s-1")
            assert asked(step) == "s-1"
        assert step.answers == {"s-1": ("p", "r")}
        step = several.settle(attempt, cause="c1", now=now, question="s-1")
        assert (step.kind, step.result.percent) == (StepKind.FINISHED, 67)

    def test_the_same_press_counts_once(
        self, several: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = several.start(chat, "small", cause="c0", now=now).attempt
        for _ in range(2):
            step = several.toggle(attempt, "p", cause="t", now=now, question="s-1")
        assert step.answers == {"s-1": ("p",)}

    def test_settled_without_a_choice_none_holds(
        self, several: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = several.start(chat, "small", cause="c0", now=now).attempt
        step = several.settle(attempt, cause="c1", now=now, question="s-1")
        assert (step.answers, step.result.percent) == ({"s-1": ("khong_co",)}, 0)

    @pytest.mark.parametrize(("choice", "question"), [("x", "s-1"), ("p", "s-2"), ("", "s-1")])
    def test_an_unknown_choice_changes_nothing(
        self, several: AttemptService, chat: str, now: datetime, choice: str, question: str
    ) -> None:
        attempt = several.start(chat, "small", cause="c0", now=now).attempt
        step = several.toggle(attempt, choice, cause="t", now=now, question=question)
        assert step.answers == {}


def test_a_corrected_answer_that_closes_the_branch_moves_on(
    session: Session, chat: str, now: datetime
) -> None:
    first = {"id": "a-1", "text": "t"}
    second = {"id": "a-2", "text": "t", "when": {"a-1": [5]}}
    branched = small_assessment(dimensions=[dimension("a", questions=[first, second])])
    service = AttemptService(session, {"small": branched})
    attempt = service.start(chat, "small", cause="c0", now=now).attempt
    assert asked(service.answer(attempt, scored(5), cause="c1", now=now)) == "a-2"
    step = service.answer(attempt, scored(0), cause="c2", now=now, question="a-1")
    assert (step.kind, step.result.percent) == (StepKind.FINISHED, 0)


def test_the_run_before_is_that_of_the_same_assessment(
    attempts: AttemptService, chat: str, now: datetime
) -> None:
    percents = []
    for n, given_score in enumerate((1, 3, 5)):
        later = now + timedelta(days=n)
        attempt = attempts.start(chat, "other", cause=f"s{n}", now=later).attempt
        attempts.answer(attempt, scored(given_score), cause=f"a{n}", now=later)
        before = attempts.finished_before(attempt)
        percents.append(before.result.percent if before is not None else None)
    assert percents == [None, 20, 60]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["start", "answer", "back", "pause", "resume"]), st.integers(0, 5)
        )
    )
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_run_repeated_step_by_step_comes_to_the_same(
    database: Database, now: datetime, moves: list[tuple[str, int]]
) -> None:
    causes = count()

    def play(session: Session, chat: str, times: int) -> list[tuple[str, str, dict[str, Answer]]]:
        service = AttemptService(session, {"small": SMALL})
        for move, number in moves:
            cause = f"{chat}:{next(causes)}"
            for _ in range(times):
                one_step(service, chat, move, number, cause, now)
        found = session.scalars(
            select(Attempt).where(Attempt.conversation_id == chat).order_by(Attempt.id)
        )
        return [
            (a.state, a.question, {row.question: tuple(row.answer) for row in a.answers})
            for a in found
        ]

    with database.transaction() as session:
        run = next(_RUNS)
        once = play(session, new_chat(session, f"once-{run}", now), 1)
        twice = play(session, new_chat(session, f"twice-{run}", now), 2)
    assert once == twice
    assert [state for state, _, _ in once].count("open") <= 1


_RUNS = count()


def one_step(  # noqa: PLR0917
    service: AttemptService, chat: str, move: str, number: int, cause: str, now: datetime
) -> None:
    if move == "start":
        service.start(chat, "small", cause=cause, now=now)
    if move == "resume":
        service.resume(chat, cause=cause, now=now)
    attempt = service.open_attempt(chat) or service.paused_attempt(chat)
    if attempt is None:
        return
    if move == "answer":
        service.answer(attempt, scored(number), cause=cause, now=now)
    if move == "back":
        service.back(attempt, cause=cause, now=now)
    if move == "pause":
        service.pause(attempt, cause=cause, now=now)


def test_what_is_not_known_counts_as_the_lowest_answer(
    attempts: AttemptService, chat: str, now: datetime
) -> None:
    step = attempts.start(chat, "small", cause="s", now=now)
    step = attempts.answer(step.attempt, scored(5), cause="1", now=now)
    for _ in range(2):
        step = attempts.answer(step.attempt, (UNKNOWN,), cause="2", now=now)
    assert asked(step) == "b-1"
    step = attempts.answer(step.attempt, (UNKNOWN,), cause="3", now=now)
    assert step.kind is StepKind.FINISHED
    # a: 5 and 0 of 5, b: 0
    assert (step.result.percent, step.result.unknown) == (25, 2)


def test_who_says_that_he_does_not_know_replaces_his_answer(
    attempts: AttemptService, chat: str, now: datetime
) -> None:
    step = attempts.start(chat, "small", cause="s", now=now)
    step = attempts.answer(step.attempt, scored(5), cause="1", now=now)
    step = attempts.back(step.attempt, cause="2", now=now)
    step = attempts.answer(step.attempt, (UNKNOWN,), cause="3", now=now)
    assert (asked(step), step.answers) == ("a-2", {"a-1": ("khong_biet",)})


def test_what_concerns_everybody_is_not_left_out(
    attempts: AttemptService, chat: str, now: datetime
) -> None:
    attempt = attempts.start(chat, "small", cause="s", now=now).attempt
    assert attempts.answer(attempt, (NOT_APPLICABLE,), cause="1", now=now).answers == {}


def test_the_newest_attempt_of_each_assessment_stands_first_and_none_given_up(
    attempts: AttemptService, chat: str, now: datetime
) -> None:
    assert attempts.newest_of_each(chat) == []
    small = attempts.start(chat, "small", cause="in:1", now=now).attempt
    attempts.pause(small, cause="in:2", now=now)
    later = now + timedelta(minutes=1)
    other = attempts.start(chat, "other", cause="in:3", now=later).attempt
    assert attempts.newest_of_each(chat) == [other, small]

    attempts.abandon(other, cause="in:4", now=later)
    assert attempts.newest_of_each(chat) == [small]


def test_started_over_the_first_question_waits_and_no_answer_is_left(
    attempts: AttemptService, chat: str, now: datetime, session: Session
) -> None:
    attempt = attempts.start(chat, "small", cause="1", now=now).attempt
    attempts.answer(attempt, ("2",), cause="2", now=now)

    step = attempts.restart(attempt, cause="3", now=now)
    again = attempts.restart(attempt, cause="3", now=now)

    assert (asked(step), step.answers, again.answers) == ("a-1", {}, {})
    attempts.answer(attempt, ("1",), cause="4", now=now)
    assert attempts.restart(attempt, cause="4", now=now).answers == {"a-1": ("1",)}
    assert rows(session, chat) == 1


def test_a_finished_result_stays_when_its_correction_is_started_over(
    attempts: AttemptService, chat: str, now: datetime, session: Session
) -> None:
    attempt = attempts.start(chat, "small", cause="1", now=now).attempt
    for number in range(3):
        attempts.answer(attempt, ("2",), cause=f"a{number}", now=now)
    attempts.go_to(attempt, "a-2", cause="edit", now=now)

    step = attempts.restart(attempt, cause="over", now=now)

    assert (attempt.state, step.attempt.state) == (AttemptState.FINISHED, AttemptState.OPEN)
    assert (asked(step), rows(session, chat)) == ("a-1", 2)
