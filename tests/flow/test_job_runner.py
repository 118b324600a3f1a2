"""Jobs run at their time, once, whoever dies and however many run them."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.jobs import JobKind, JobState
from bot.domain.talk.way import InboxState
from bot.flow.heir import Heir
from bot.flow.job_runner import JobRunner, Work
from bot.flow.works import NIGHTLY, works_of
from bot.house import House
from bot.services.inbound.bodies import KEPT, PIECE
from bot.services.upkeep.jobs import LEASE, JobService, TakenJob
from bot.services.upkeep.trouble import TroubleService
from bot.settings import ROOT
from bot.storage.database import Database
from bot.storage.models import InboxEvent, Job, PollOffset
from bot.storage.presence import Presence
from tests.support.data.events import inbound, reception
from tests.support.doubles.movable_clock import MovableClock

KIND = JobKind.FORGET_BODIES

DIES_AT_WORK = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from bot.domain.jobs import JobKind
from bot.flow.job_runner import JobRunner
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.models import PollOffset

now = datetime.fromisoformat(sys.argv[2])

def work(session, job, at):
    session.add(PollOffset(channel=f"half {job.tries}", offset=1, updated_at=at))
    session.flush()
    os.kill(os.getpid(), signal.SIGKILL)

house = House(
    settings=Settings(_env_file=None, data_dir=Path(sys.argv[3])),
    database=Database(sys.argv[1]),
    library=Library(Path(sys.argv[4])),
    clock=lambda: now,
)
JobRunner(house, {JobKind.FORGET_BODIES: work}, frozenset(), "dies").step()
"""


@pytest.fixture
def clock(now: datetime) -> MovableClock:
    return MovableClock(now)


@pytest.fixture
def home(any_database: Database, house: House) -> House:
    return replace(house, database=any_database)


def runner(house: House, work: Work, name: str = "a") -> JobRunner:
    return JobRunner(house, {KIND: work}, frozenset(), name)


def schedule(house: House, *keys: str) -> None:
    with house.database.transaction() as session:
        for key in keys:
            JobService(session).schedule(KIND, key, due_at=house.clock())


def states(house: House) -> dict[str, str]:
    with house.database.transaction() as session:
        return {job.key: job.state for job in session.scalars(select(Job))}


def counted(session: Session, job: TakenJob, now: datetime) -> None:
    """Leaves a row for each time that it ran to its end."""
    session.add(PollOffset(channel=f"{job.key[:12]} {job.tries}", offset=1, updated_at=now))


def marks(house: House) -> Counter[str]:
    with house.database.transaction() as session:
        rows = session.scalars(select(PollOffset.channel))
        return Counter(row.split()[0] for row in rows)


def test_what_it_does_and_its_end_are_one(home: House, clock: MovableClock) -> None:
    def breaks(session: Session, job: TakenJob, now: datetime) -> None:
        counted(session, job, now)
        session.flush()
        if job.tries == 1:
            raise ValueError("not this time")

    schedule(home, "x")
    one = runner(home, breaks)

    assert one.step()
    assert states(home) == {"x": JobState.WAITING}
    assert not marks(home)
    assert not one.step()
    clock.move(minutes=2)
    assert one.step()

    assert states(home) == {"x": JobState.DONE}
    assert marks(home) == {"x": 1}


def test_what_never_goes_well_is_told_to_the_administrator(
    home: House, clock: MovableClock
) -> None:
    def breaks(session: Session, job: TakenJob, now: datetime) -> None:
        raise ValueError("never")

    schedule(home, "x")
    one = runner(home, breaks)
    for _ in range(200):
        one.step()
        clock.move(minutes=5)

    assert states(home) == {"x": JobState.FAILED}
    with home.database.reading() as session:
        trouble = TroubleService(session, now=home.clock())
        assert trouble.count() == 1
        assert [(job.kind, job.key, job.detail) for job in trouble.failed_jobs()] == [
            ("forget_bodies", "x", "ValueError: never")
        ]


def test_a_kind_of_a_newer_version_waits_for_it(home: House) -> None:
    schedule(home, "x")
    with home.database.transaction() as session:
        session.scalars(select(Job)).one().kind = "of_tomorrow"

    assert runner(home, counted).step()

    assert states(home) == {"x": JobState.WAITING}


def test_runners_side_by_side_do_each_once(home: House) -> None:
    schedule(home, *(f"job-{number}" for number in range(40)))

    def work(name: str) -> int:
        one = runner(home, counted, name)
        done = 0
        while one.step():
            done += 1
        return done

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, ["a", "b", "c", "d"]))

    assert sum(done) == 40
    assert set(states(home).values()) == {JobState.DONE}
    assert marks(home) == {f"job-{number}": 1 for number in range(40)}


def test_killed_in_the_midst_of_it_nothing_is_half_done_and_another_does_it(
    home: House, tmp_path: Path
) -> None:
    schedule(home, "x")
    address = home.database.engine.url.render_as_string(hide_password=False)
    given = [address, home.clock().isoformat(), str(tmp_path), str(home.library.folder)]
    died = subprocess.run(  # noqa: S603  (our own interpreter)
        [sys.executable, "-c", DIES_AT_WORK, *given], cwd=ROOT, check=False, env=os.environ
    )
    assert died.returncode == -signal.SIGKILL
    assert states(home) == {"x": JobState.RUNNING}
    one = runner(home, counted)
    assert not one.step()

    presence = Presence(home.database, "heir")
    Heir(home, [], presence).look()
    presence.leave()

    assert one.step()
    assert states(home) == {"x": JobState.DONE}
    assert marks(home) == {"x": 1}


def test_without_an_heir_the_lease_frees_it(home: House, clock: MovableClock) -> None:
    schedule(home, "x")
    with home.database.transaction() as session:
        assert JobService(session).take("stuck", now=home.clock())
    one = runner(home, counted)
    assert not one.step()

    clock.move(minutes=LEASE.total_seconds() / 60 + 1)

    assert one.step()
    assert marks(home) == {"x": 1}


async def test_it_runs_beside_everything_until_it_is_stopped(home: House) -> None:
    schedule(home, "x", "y")
    task = asyncio.create_task(runner(home, counted).run())
    for _ in range(200):
        if set(states(home).values()) == {JobState.DONE}:
            break
        await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert marks(home) == {"x": 1, "y": 1}


class TestEveryNight:
    """Of a nightly kind one always waits."""

    def test_the_words_of_finished_events_go_piece_by_piece(
        self, home: House, clock: MovableClock
    ) -> None:
        old = home.clock() - KEPT
        with home.database.transaction() as session:
            event = inbound("lời cũ", now=old)
            stored = reception(session).accept(event, now=old)
            session.add_all(
                InboxEvent(
                    channel="web",
                    event_id=f"many-{number}",
                    conversation_id=stored.conversation_id,
                    payload=event.model_dump(mode="json"),
                    available_at=old,
                    received_at=old,
                )
                for number in range(PIECE)
            )
            session.flush()
            for row in session.scalars(select(InboxEvent)):
                row.state = InboxState.DONE
        one = JobRunner(home, works_of(home), frozenset({KIND}), "a")

        assert not one.step()
        assert list(states(home)) == ["2026-11-25"]
        clock.move(hours=17)
        while one.step():
            pass

        with home.database.transaction() as session:
            assert {row.payload["text"] for row in session.scalars(select(InboxEvent))} == {""}
            jobs = session.scalars(select(Job).order_by(Job.id)).all()
            assert [job.state for job in jobs] == ["done"] * 3 + ["waiting"]
            assert jobs[-1].key == "2026-11-26"
            last = session.scalars(select(InboxEvent.id).order_by(InboxEvent.id.desc())).first()
            assert jobs[-1].given == {"behind": last}

    def test_a_night_that_failed_for_good_is_followed_by_another(
        self, home: House, clock: MovableClock
    ) -> None:
        def breaks(session: Session, job: TakenJob, now: datetime) -> None:
            raise ValueError("never")

        one = JobRunner(home, {KIND: breaks}, frozenset({KIND}), "a")
        for _ in range(60):
            one.step()
            clock.move(minutes=30)

        assert states(home)["2026-11-25"] == JobState.FAILED
        assert "waiting" in states(home).values()

    def test_a_night_that_nobody_was_there_is_made_up_for(
        self, home: House, clock: MovableClock
    ) -> None:
        one = JobRunner(home, works_of(home), frozenset({KIND}), "a")
        one.step()
        clock.move(hours=24 * 9)

        assert one.step()
        one.step()

        assert states(home) == {"2026-11-25": "done", "2026-12-04": "waiting"}


def test_each_kind_has_its_work(house: House) -> None:
    assert set(works_of(house)) == set(JobKind)
    assert set(JobKind) >= NIGHTLY
