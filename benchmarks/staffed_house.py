"""A house of its own with a head and an officer, for benchmarks of the console's pages."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.office.roles import Role
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import ROOT, Settings
from bot.storage.database import Database
from tests.support.data.seed import Seed

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)
"""A Friday morning in Vietnam: in office time."""


@contextmanager
def staffed_house(url: str = "") -> Iterator[House]:
    """The house in a folder that goes with it; the database too, unless a URL names another."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = Database(url or f"sqlite:///{folder / 'a.sqlite3'}")
        database.migrate()
        house = House(
            settings=Settings(_env_file=None, data_dir=folder),
            database=database,
            library=Library(ROOT / "knowledge_base"),
            clock=lambda: NOW,
        )
        with database.transaction() as session:
            seed = Seed(session, NOW)
            seed.officer("head", role=Role.HEAD)
            seed.officer("lan")
        yield house
        database.close()
