"""A house with two officers, an article that has changed, and owners who were given it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.domain.correction import Audience
from bot.flow.job_runner import JobRunner
from bot.flow.works import WORKS
from bot.house import House
from bot.knowledge.articles.article import Article
from bot.services.corrections.corrections import CorrectionDraft, CorrectionService
from bot.storage.database import Database
from bot.storage.models import Officer
from tests.support.data.seed import Seed
from tests.support.doubles.movable_clock import MovableClock

ARTICLE = "ma-vach-phi"
TEXT = "Trước đây em nói phí A, nay là phí B từ 01/04/2026."


@dataclass
class Desk:
    """Two officers at one house."""

    house: House
    clock: MovableClock
    lan: Officer
    minh: Officer

    @property
    def article(self) -> Article:
        return self.house.library.current.articles[ARTICLE]

    @property
    def database(self) -> Database:
        return self.house.database

    def draft(
        self,
        *,
        text: str = TEXT,
        english: str = "",
        audience: Audience = Audience.OLD_TEXT,
        article: str = ARTICLE,
        mark: str = "",
    ) -> CorrectionDraft:
        return CorrectionDraft(article, mark or self.article.mark, audience, text, english)

    def propose(self, draft: CorrectionDraft | None = None) -> int:
        with self.database.transaction() as session:
            service = CorrectionService(session, self.house.library.current)
            return service.propose(draft or self.draft(), self.lan, now=self.clock()).id

    def approve(self, correction_id: int, officer: Officer | None = None) -> None:
        with self.database.transaction() as session:
            service = CorrectionService(session, self.house.library.current)
            service.approve(correction_id, officer or self.minh, now=self.clock())

    def withdraw(self, correction_id: int) -> None:
        with self.database.transaction() as session:
            service = CorrectionService(session, self.house.library.current)
            service.withdraw(correction_id, self.lan, now=self.clock())

    def run_jobs(self) -> int:
        """Runs what is due; how many jobs that were."""
        runner = JobRunner(self.house, WORKS, frozenset(), "a")
        done = 0
        while runner.step():
            done += 1
        return done

    def ago(self, **span: float) -> datetime:
        return self.clock() - timedelta(**span)


@pytest.fixture
def desk(any_database: Database, house: House, now: datetime) -> Desk:
    clock = MovableClock(now)
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(4)
        lan, minh = seed.officer("lan"), seed.officer("minh")
    return Desk(replace(house, database=any_database, clock=clock), clock, lan, minh)
