"""At night results are counted into the comparison, and the job waits for the next night."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.jobs import JobKind, JobState
from bot.flow.job_runner import JobRunner
from bot.flow.works import works_of
from bot.house import House
from bot.services.enterprises.peers import PeerService
from bot.services.upkeep.jobs import JobService
from bot.services.upkeep.night import next_night
from bot.storage.models import Attempt, Job, PeerResult
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed


def the_night_comes(house: House, now: datetime) -> None:
    with house.database.transaction() as session:
        JobService(session).schedule(JobKind.COUNT_PEERS, "tonight", due_at=now)
    runner = JobRunner(house, works_of(house), frozenset(), "a")
    while runner.step():
        pass


def test_six_results_of_a_day_are_compared_from_the_next_morning_on(
    house: House, now: datetime
) -> None:
    with house.database.transaction() as session:
        there = Enterprises(session, now)
        there.noise(5)
        lan = Seed(session, now).officer("lan")
        ids = [
            there.run(
                there.known().enterprise_id, percent, ago=timedelta(hours=number), officer=lan
            ).id
            for number, percent in enumerate((30, 40, 50, 60, 50, 40, 90))
        ]

    the_night_comes(house, now)

    with house.database.reading() as session:
        assert len(session.scalars(select(PeerResult.id)).all()) == 6
        told = PeerService(session).compare(session.get_one(Attempt, ids[0]))
        assert told is not None
        assert told.count == 6
        waiting = session.scalars(
            select(Job.due_at).where(Job.kind == JobKind.COUNT_PEERS, Job.state == JobState.WAITING)
        ).all()
    assert list(waiting) == [next_night(now)]
