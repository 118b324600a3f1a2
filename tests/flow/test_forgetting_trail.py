"""At night lines of the trail that are past their months go, piece by piece."""

from datetime import timedelta

from sqlalchemy import select

from bot.domain.jobs import JobKind, JobState
from bot.domain.office.trail import Deed, TrailKind
from bot.flow.job_runner import JobRunner
from bot.flow.works import NIGHTLY, works_of
from bot.house import House
from bot.services.staff.trail import Trail
from bot.services.upkeep.jobs import JobService
from bot.services.upkeep.night import next_night
from bot.storage.models import Job, TrailLine


def test_old_lines_go_young_ones_stay_and_the_next_night_waits(house: House) -> None:
    now = house.clock()
    with house.database.transaction() as session:
        for age in (timedelta(days=900), timedelta(days=3)):
            Trail(session).write(Deed(TrailKind.CHANGE, f"{age.days}"), now=now - age)
        JobService(session).schedule(JobKind.FORGET_TRAIL, "tonight", due_at=now)
    runner = JobRunner(house, works_of(house), frozenset(), "a")
    while runner.step():
        pass

    with house.database.reading() as session:
        assert set(session.scalars(select(TrailLine.act))) == {"3", "forget_trail"}
        waiting = session.scalars(
            select(Job.due_at).where(
                Job.kind == JobKind.FORGET_TRAIL, Job.state == JobState.WAITING
            )
        ).all()
    assert JobKind.FORGET_TRAIL in NIGHTLY
    assert list(waiting) == [next_night(now)]
