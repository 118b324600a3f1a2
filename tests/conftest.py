"""Fixtures shared by all tests."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings as property_settings

from bot.domain.clock import Clock
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import ROOT, Settings
from bot.storage.database import Database

# A first example pays for what is read once a process; how long things take is for benchmarks.
property_settings.register_profile("house", deadline=None)
property_settings.load_profile("house")

pytest_plugins = ("tests.support.databases", "tests.support.knowledge_bases")

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in Vietnam: office time."""


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def clock() -> Clock:
    return lambda: NOW


@pytest.fixture
def database(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    file = tmp_path / "test.sqlite3"
    shutil.copyfile(migrated_file, file)
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()


@pytest.fixture(scope="session")
def library() -> Library:
    return Library(ROOT / "knowledge_base")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path / "var", undo_seconds=0)


@pytest.fixture
def house(database: Database, library: Library, clock: Clock, settings: Settings) -> House:
    return House(settings=settings, database=database, library=library, clock=clock)
