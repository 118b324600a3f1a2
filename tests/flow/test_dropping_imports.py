"""At night tables that nobody took into the register are forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.domain.jobs import JobKind, JobState
from bot.flow.job_runner import JobRunner
from bot.flow.works import NIGHTLY, works_of
from bot.house import House
from bot.services.enterprises.imports.imports import KEPT, ImportState
from bot.services.upkeep.jobs import JobService
from bot.services.upkeep.night import next_night
from bot.storage.models import Job, ProfileImport
from tests.support.data.seed import Seed


def test_a_table_waits_a_week_and_one_that_was_taken_in_stays(house: House, now: datetime) -> None:
    with house.database.transaction() as session:
        officer = Seed(session, now).officer("lanh.dao").id
        ages = ((KEPT * 2, "checked"), (timedelta(hours=1), "checked"), (KEPT * 2, "applied"))
        tables = [
            ProfileImport(
                officer_id=officer,
                file_name=f"{state}.xlsx",
                state=state,
                reading={"sheet": "DN"},
                rows=[{"title": "Cơ sở Bánh tráng"}],
                created_at=now - age,
            )
            for age, state in ages
        ]
        session.add_all(tables)
        session.flush()
        ids = [one.id for one in tables]
        JobService(session).schedule(JobKind.DROP_OLD_IMPORTS, "tonight", due_at=now)
    runner = JobRunner(house, works_of(house), frozenset(), "a")
    while runner.step():
        pass

    with house.database.reading() as session:
        old, fresh, applied = (session.get_one(ProfileImport, one) for one in ids)
        assert (old.state, old.file_name, old.rows) == (ImportState.DROPPED, "", [])
        assert (fresh.state, len(fresh.rows)) == (ImportState.CHECKED, 1)
        assert (applied.state, len(applied.rows)) == (ImportState.APPLIED, 1)
        waiting = session.scalars(
            select(Job.due_at).where(
                Job.kind == JobKind.DROP_OLD_IMPORTS, Job.state == JobState.WAITING
            )
        ).all()
    assert JobKind.DROP_OLD_IMPORTS in NIGHTLY
    assert list(waiting) == [next_night(now)]
