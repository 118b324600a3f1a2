"""A house with two officers, an article that has changed, and owners who were given it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.correction import Audience
from bot.domain.jobs import JobKind
from bot.flow.job_runner import JobRunner
from bot.flow.works import works_of
from bot.house import House
from bot.knowledge.articles.article import Article
from bot.knowledge.library import Library
from bot.services.corrections.corrections import CorrectionDraft, CorrectionService
from bot.services.upkeep.jobs import JobService
from bot.storage.database import Database
from bot.storage.models import Officer
from tests.support.data.seed import Seed
from tests.support.data.small_knowledge import (
    article_file,
    cite_only,
    copy_small_knowledge,
    edit,
    registered,
)
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

    def tries_again(self, correction_id: int) -> None:
        with self.database.transaction() as session:
            service = CorrectionService(session, self.house.library.current)
            service.try_again(correction_id, now=self.clock())

    def tells(self, correction_id: int) -> None:
        """Lets an approved one be told to its end."""
        with self.database.transaction() as session:
            jobs = JobService(session)
            jobs.schedule(JobKind.TELL_CORRECTION, str(correction_id), due_at=self.clock())
        self.run_jobs()

    def runner(self) -> JobRunner:
        return JobRunner(self.house, works_of(self.house), frozenset(), "a")

    def run_jobs(self) -> int:
        """Runs what is due; how many jobs that were."""
        runner = self.runner()
        done = 0
        while runner.step():
            done += 1
        return done

    def changes_the_article(self) -> None:
        """An editor saves it with other words."""
        edit(article_file(self.house.library.folder, ARTICLE), "title: ", "title: Sửa. ")

    def lets_the_article_lapse(self) -> None:
        """The only document that it leans on ends."""
        folder = self.house.library.folder
        cite_only(article_file(folder, ARTICLE), "thu-nghiem")
        registered(folder, "status: in_force; in_force_to: 2026-01-01")
        self.house.library.refresh()

    def ago(self, **span: float) -> datetime:
        return self.clock() - timedelta(**span)


@pytest.fixture
def desk(any_database: Database, house: House, now: datetime, tmp_path: Path) -> Desk:
    clock = MovableClock(now)
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(4)
        lan, minh = seed.officer("lan"), seed.officer("minh")
    library = Library(copy_small_knowledge(tmp_path / "kb"))
    here = replace(house, database=any_database, clock=clock, library=library)
    return Desk(here, clock, lan, minh)
