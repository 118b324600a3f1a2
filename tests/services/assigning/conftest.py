"""A working Monday with nobody else's cases."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.storage.database import Database
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
    return Seed(session, now)
