"""What tests of services share. A test file that names `any_database` its database runs on both."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from bot.storage.database import Database
from bot.storage.models import Officer
from tests.support.data.seed import Seed


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as session:
        yield session


@pytest.fixture
def seed(session: Session, now: datetime) -> Seed:
    """Five requests of others are there already."""
    seed = Seed(session, now)
    seed.noise(5)
    return seed


@pytest.fixture
def lan(seed: Seed) -> Officer:
    return seed.officer("lan")


@pytest.fixture
def minh(seed: Seed) -> Officer:
    return seed.officer("minh")
