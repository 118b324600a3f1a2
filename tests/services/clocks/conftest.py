"""A working Monday, and what the clocks' services need."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.knowledge.library import Library
from bot.services.clocks.new_hours import NewHours
from bot.storage.database import Database
from bot.texts import default_texts
from tests.support.data.seed import Seed


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def now() -> datetime:
    """A Monday at nine. The Tuesday behind it is a holiday."""
    return datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def seed(session: Session, now: datetime) -> Seed:
    """Nobody else waits: loads are counted."""
    return Seed(session, now)


@pytest.fixture
def new_hours(session: Session, library: Library) -> NewHours:
    return NewHours(session, default_texts(), library)
