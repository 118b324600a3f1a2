"""A job runs at its time and once for its key; tries count, and have an end."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.clock import CLOCK_SLACK
from bot.domain.jobs import JobKind, JobState
from bot.services.upkeep.jobs import BACK_OFF, LEASE, MAX_TRIES, JobService, TakenJob
from bot.storage.database import Database
from bot.storage.models import Job

KIND = JobKind.FORGET_BODIES


def schedule(database: Database, key: str, due_at: datetime) -> bool:
    with database.transaction() as session:
        return JobService(session).schedule(KIND, key, due_at=due_at, given={"behind": 7})


def take(database: Database, now: datetime, runner: str = "a") -> TakenJob | None:
    with database.transaction() as session:
        return JobService(session).take(runner, now=now)


def states(session: Session) -> dict[str, str]:
    return {job.key: job.state for job in session.scalars(select(Job))}


def test_it_is_taken_when_due_with_what_was_written_down_for_it(
    any_database: Database, now: datetime
) -> None:
    schedule(any_database, "later", now + timedelta(seconds=2))
    schedule(any_database, "sooner", now + timedelta(seconds=1))

    assert take(any_database, now) is None
    first = take(any_database, now + timedelta(seconds=2))
    second = take(any_database, now + timedelta(seconds=2))

    assert first is not None
    assert second is not None
    assert (first.key, second.key) == ("sooner", "later")
    assert first.given == {"behind": 7}
    assert take(any_database, now + timedelta(seconds=2)) is None


def test_a_key_is_scheduled_once_even_after_it_ran(any_database: Database, now: datetime) -> None:
    assert schedule(any_database, "x", now)
    assert not schedule(any_database, "x", now + timedelta(days=1))
    taken = take(any_database, now)
    assert taken is not None
    with any_database.transaction() as session:
        JobService(session).done(taken, now=now)

    assert not schedule(any_database, "x", now)
    assert take(any_database, now + timedelta(days=2)) is None


def test_what_fails_waits_longer_each_time_and_is_given_up_at_last(
    any_database: Database, now: datetime
) -> None:
    schedule(any_database, "x", now)
    for pause in (*BACK_OFF, None):
        taken = take(any_database, now)
        assert taken is not None
        with any_database.transaction() as session:
            JobService(session).failed(taken, "a", "ValueError: broken", now=now)
        if pause is not None:
            assert take(any_database, now + pause - timedelta(seconds=1)) is None
            now += pause

    assert take(any_database, now + timedelta(days=9)) is None
    with any_database.transaction() as session:
        job = session.scalars(select(Job)).one()
        assert (job.state, job.tries, job.ended_at) == (JobState.FAILED, MAX_TRIES, now)
        assert job.error == "ValueError: broken"


def test_one_at_which_each_runner_dies_is_given_up(any_database: Database, now: datetime) -> None:
    schedule(any_database, "deadly", now)
    schedule(any_database, "good", now + timedelta(hours=1))
    for _ in range(MAX_TRIES):
        assert take(any_database, now) is not None
        with any_database.transaction() as session:
            assert JobService(session).release("a") == 1

    taken = take(any_database, now + timedelta(hours=1))

    assert taken is not None
    assert taken.key == "good"
    with any_database.transaction() as session:
        assert states(session)["deadly"] == JobState.FAILED


def test_a_runner_that_is_stuck_loses_it_and_can_no_longer_end_it(
    any_database: Database, now: datetime
) -> None:
    schedule(any_database, "x", now)
    stuck = take(any_database, now, "stuck")
    assert stuck is not None
    late = now + LEASE + timedelta(seconds=1)
    taken = take(any_database, late, "other")
    assert taken is not None

    with any_database.transaction() as session:
        jobs = JobService(session)
        assert not jobs.hold(stuck, "stuck")
        jobs.failed(stuck, "stuck", "too late", now=late)
        assert jobs.hold(taken, "other")
        assert states(session) == {"x": JobState.RUNNING}


def test_a_clock_that_was_set_back_frees_it_too(any_database: Database, now: datetime) -> None:
    schedule(any_database, "x", now - timedelta(days=2))
    assert take(any_database, now) is not None

    before = now - timedelta(days=1)

    assert take(any_database, now - CLOCK_SLACK) is None
    assert take(any_database, before) is not None


def test_only_the_jobs_of_the_dead_are_freed(any_database: Database, now: datetime) -> None:
    for key in ("a", "b"):
        schedule(any_database, key, now)
        assert take(any_database, now, key) is not None
    with any_database.transaction() as session:
        jobs = JobService(session)
        assert jobs.holders() == {"a", "b"}
        jobs.release("b")
        assert states(session) == {"a": JobState.RUNNING, "b": JobState.WAITING}
        assert jobs.is_ahead(KIND)
