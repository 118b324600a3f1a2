"""A house on either database, in office time, with a head and noise."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.office.roles import Role
from bot.house import House
from bot.services.surveys.campaigns import CampaignDraft, CampaignService
from bot.storage.database import Database
from bot.storage.models import Campaign, Invitation, Officer
from tests.support.data.seed import Seed
from tests.support.data.surveys import open_campaign, run_jobs, told
from tests.support.doubles.movable_clock import MovableClock


@dataclass
class Desk:
    """A head at one house."""

    house: House
    clock: MovableClock
    head: Officer
    files: Path

    @property
    def database(self) -> Database:
        return self.house.database

    def opens(self, given: CampaignDraft | None = None) -> int:
        return open_campaign(self.house, self.head, given)

    def runs(self) -> int:
        return run_jobs(self.house)

    def stops(self, campaign_id: int) -> None:
        with self.database.transaction() as session:
            CampaignService(session, {}).stop(campaign_id, now=self.clock())

    def told(self, kind: str = "survey:") -> dict[str, list[str]]:
        with self.database.reading() as session:
            return told(session, kind)

    def states(self, campaign_id: int) -> dict[int, tuple[str, str]]:
        """State and way by enterprise."""
        with self.database.reading() as session:
            rows = session.scalars(select(Invitation).where(Invitation.campaign_id == campaign_id))
            return {row.enterprise_id: (row.state, row.way) for row in rows}

    def state(self, campaign_id: int) -> str:
        with self.database.reading() as session:
            return session.get_one(Campaign, campaign_id).state


@pytest.fixture
def desk(any_database: Database, house: House, now: datetime, tmp_path: Path) -> Desk:
    # The 24th of November is a day off.
    clock = MovableClock(now + timedelta(days=1))
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(4)
        head = seed.officer("head", role=Role.HEAD)
    return Desk(replace(house, database=any_database, clock=clock), clock, head, tmp_path)
