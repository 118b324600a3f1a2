"""Runs of a self-assessment over a real database."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.attempt import AttemptState, StepKind
from bot.domain.assessments.scoring import AnswersMissing
from bot.domain.talk.messages import ChannelName
from bot.services.assessments.attempts import AttemptService, Step
from bot.services.messaging.conversations import ConversationService
from bot.storage.database import Database
from bot.storage.models import Attempt, AttemptAnswer
from tests.support.data.assessments import dimension, small_assessment

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
        attempts.answer(first.attempt, 5, cause="c2", now=now)
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
        attempts.answer(first.attempt, 5, cause="c2", now=now)
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
            step = attempts.answer(step.attempt, given_score, cause=f"c{n}", now=later)
            seen.append(asked(step))
        assert seen == ["a-1", "a-2", "b-1", None]
        assert step.kind is StepKind.FINISHED
        assert step.answers == {"a-1": 5, "a-2": 0, "b-1": 4}
        assert step.result.percent == 65  # (50 % + 80 %) / 2
        assert step.attempt.finished_at == now + timedelta(minutes=3)
        assert attempts.open_attempt(chat) is None
        assert attempts.finished_attempt(chat) is step.attempt

    def test_the_same_cause_counts_once(
        self, attempts: AttemptService, session: Session, chat: str, now: datetime
    ) -> None:
        step = attempts.start(chat, "small", cause="c0", now=now)
        attempts.answer(step.attempt, 5, cause="c1", now=now)
        again = attempts.answer(step.attempt, 2, cause="c1", now=now)
        assert (again.kind, asked(again), again.answers) == (StepKind.ASKED, "a-2", {"a-1": 5})
        assert session.scalar(select(func.count()).select_from(AttemptAnswer)) == 1

    def test_an_older_cause_counts_no_second_time(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, 5, cause="c1", now=now)
        attempts.answer(attempt, 4, cause="c2", now=now)
        again = attempts.answer(attempt, 5, cause="c1", now=now)
        assert (asked(again), again.answers) == ("b-1", {"a-1": 5, "a-2": 4})

    def test_the_last_answer_given_twice_stays_finished(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "other", cause="c0", now=now).attempt
        attempts.answer(attempt, 5, cause="c1", now=now)
        again = attempts.answer(attempt, 0, cause="c1", now=now)
        late = attempts.answer(attempt, 0, cause="c2", now=now)
        assert (again.kind, late.kind) == (StepKind.FINISHED, StepKind.FINISHED)
        assert late.answers == {"x-1": 5}

    def test_a_button_pressed_twice_answers_no_second_question(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, 5, cause="c1", now=now, question="a-1")
        step = attempts.answer(attempt, 5, cause="c2", now=now, question="a-1")
        assert (asked(step), step.answers) == ("a-2", {"a-1": 5})

    def test_a_button_scrolled_back_to_corrects_its_answer(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, 5, cause="c1", now=now, question="a-1")
        attempts.answer(attempt, 5, cause="c2", now=now, question="a-2")
        step = attempts.answer(attempt, 0, cause="c3", now=now, question="a-1")
        assert (asked(step), step.answers) == ("b-1", {"a-1": 0, "a-2": 5})

    @pytest.mark.parametrize(
        ("given_score", "question"), [(6, ""), (-1, ""), (3, "b-1"), (3, "nothing")]
    )
    def test_what_cannot_be_counted_changes_nothing(
        self, attempts: AttemptService, chat: str, now: datetime, given_score: int, question: str
    ) -> None:  # fmt: skip
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        step = attempts.answer(attempt, given_score, cause="c1", now=now, question=question)
        assert (step.kind, asked(step), step.answers) == (StepKind.ASKED, "a-1", {})

    def test_an_answer_takes_a_paused_attempt_up(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.pause(attempt, cause="c1", now=now)
        step = attempts.answer(attempt, 3, cause="c2", now=now)
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
        attempts.answer(attempt, 5, cause="c1", now=now)
        step = attempts.back(attempt, cause="c2", now=now)
        assert (asked(step), step.answers) == ("a-1", {"a-1": 5})
        again = attempts.back(attempt, cause="c2", now=now)
        assert asked(again) == "a-1"
        replaced = attempts.answer(attempt, 1, cause="c3", now=now)
        assert (asked(replaced), replaced.answers) == ("a-2", {"a-1": 1})

    def test_the_same_cause_goes_back_once(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        for n in (1, 2):
            attempts.answer(attempt, 5, cause=f"c{n}", now=now)
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
        attempts.answer(attempt, 5, cause="c1", now=now)
        assert attempts.back(attempt, cause="c2", now=now).kind is StepKind.FINISHED


class TestPauseAndResume:
    def test_it_goes_on_where_it_was_left(
        self, attempts: AttemptService, chat: str, now: datetime
    ) -> None:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, 5, cause="c1", now=now)
        assert attempts.pause(attempt, cause="c2", now=now).kind is StepKind.PAUSED
        assert attempts.open_attempt(chat) is None
        step = attempts.resume(chat, cause="c3", now=now)
        assert step is not None
        assert (step.kind, asked(step), step.answers) == (StepKind.RESUMED, "a-2", {"a-1": 5})

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


class TestNewVersion:
    @pytest.fixture
    def after(self, session: Session) -> AttemptService:
        return AttemptService(session, {"small": newer(SMALL), "other": newer(OTHER)})

    @pytest.fixture
    def begun(self, attempts: AttemptService, chat: str, now: datetime) -> Attempt:
        attempt = attempts.start(chat, "small", cause="c0", now=now).attempt
        attempts.answer(attempt, 5, cause="c1", now=now)
        return attempt

    @pytest.mark.parametrize("move", ["start", "answer", "back", "resume"])
    def test_any_step_forward_renews_the_attempt(  # noqa: PLR0917
        self,
        after: AttemptService,
        begun: Attempt,
        session: Session,
        chat: str,
        now: datetime,
        move: str,
    ) -> None:
        moves: dict[str, Callable[[], Step | None]] = {
            "start": lambda: after.start(chat, "small", cause="c2", now=now),
            "answer": lambda: after.answer(begun, 5, cause="c2", now=now),
            "back": lambda: after.back(begun, cause="c2", now=now),
            "resume": lambda: after.resume(chat, cause="c2", now=now),
        }
        step = moves[move]()
        assert step is not None
        assert (step.kind, asked(step), step.answers) == (StepKind.RENEWED, "a-1", {})
        assert (step.attempt.version, begun.state) == ("2", AttemptState.ABANDONED)
        assert after.open_attempt(chat) is step.attempt
        assert rows(session, chat) == 2

    @pytest.mark.usefixtures("begun")
    def test_renewing_is_done_once_for_a_cause(
        self, after: AttemptService, session: Session, chat: str, now: datetime
    ) -> None:
        first = after.start(chat, "small", cause="c2", now=now)
        again = after.start(chat, "small", cause="c2", now=now)
        assert (again.kind, again.attempt) == (StepKind.RENEWED, first.attempt)
        assert rows(session, chat) == 2

    def test_the_renewed_one_says_so_until_it_is_answered(
        self, after: AttemptService, begun: Attempt, chat: str, now: datetime
    ) -> None:
        after.answer(begun, 5, cause="c2", now=now)
        renewed = after.open_attempt(chat)
        assert renewed is not None
        assert after.stand(renewed).kind is StepKind.RENEWED
        assert after.answer(renewed, 5, cause="c3", now=now).kind is StepKind.ASKED
        assert after.stand(renewed).kind is StepKind.ASKED

    def test_putting_it_aside_does_not_renew(
        self, after: AttemptService, begun: Attempt, now: datetime
    ) -> None:
        assert after.pause(begun, cause="c2", now=now).kind is StepKind.PAUSED

    def test_a_finished_attempt_of_old_questions_has_no_result_any_more(
        self, attempts: AttemptService, after: AttemptService, begun: Attempt, chat: str,
        now: datetime,
    ) -> None:  # fmt: skip
        for n in (2, 3):
            attempts.answer(begun, 5, cause=f"c{n}", now=now)
        assert attempts.finished_attempt(chat, "small") is begun
        assert attempts.finished_attempt(chat, "other") is None
        assert after.finished_attempt(chat, "small") is None

    @pytest.mark.usefixtures("begun")
    def test_attempts_of_a_vanished_assessment_are_left_alone(
        self, session: Session, chat: str, now: datetime
    ) -> None:
        service = AttemptService(session, {"other": OTHER})
        assert service.open_attempt(chat) is None
        assert service.resume(chat, cause="c2", now=now) is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["start", "answer", "back", "pause", "resume"]), st.integers(0, 5)
        )
    )
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_run_repeated_step_by_step_comes_to_the_same(
    database: Database, now: datetime, moves: list[tuple[str, int]]
) -> None:
    causes = count()

    def play(session: Session, chat: str, times: int) -> list[tuple[str, int, dict[str, int]]]:
        service = AttemptService(session, {"small": SMALL})
        for move, number in moves:
            cause = f"{chat}:{next(causes)}"
            for _ in range(times):
                one_step(service, chat, move, number, cause, now)
        found = session.scalars(
            select(Attempt).where(Attempt.conversation_id == chat).order_by(Attempt.id)
        )
        return [
            (a.state, a.position, {row.question: row.score for row in a.answers}) for a in found
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
        service.answer(attempt, number, cause=cause, now=now)
    if move == "back":
        service.back(attempt, cause=cause, now=now)
    if move == "pause":
        service.pause(attempt, cause=cause, now=now)


def test_what_is_passed_over_counts_neither_for_nor_against(
    attempts: AttemptService, chat: str, now: datetime
) -> None:
    step = attempts.start(chat, "small", cause="s", now=now)
    step = attempts.answer(step.attempt, 5, cause="1", now=now)
    for _ in range(2):
        step = attempts.skip(step.attempt, cause="2", now=now)
    assert asked(step) == "b-1"
    step = attempts.skip(step.attempt, cause="3", now=now)
    assert step.kind is StepKind.FINISHED
    assert step.result.percent == 100
    assert [one.answered for one in step.result.dimensions] == [1]


def test_where_everything_is_passed_over_the_last_question_stays(
    attempts: AttemptService, chat: str, now: datetime
) -> None:
    step = attempts.start(chat, "small", cause="s", now=now)
    for n in range(4):
        step = attempts.skip(step.attempt, cause=f"{n}", now=now)
    assert (step.kind, asked(step)) == (StepKind.ASKED, "b-1")


def test_passing_over_takes_an_earlier_score_away(
    attempts: AttemptService, chat: str, now: datetime
) -> None:
    step = attempts.start(chat, "small", cause="s", now=now)
    step = attempts.answer(step.attempt, 0, cause="1", now=now)
    step = attempts.back(step.attempt, cause="2", now=now)
    step = attempts.skip(step.attempt, cause="3", now=now)
    assert (asked(step), step.answers) == ("a-2", {})


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
