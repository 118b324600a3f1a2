"""A house on both databases with people of several roles and enterprises as noise."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.domain.clock import Clock
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.storage.database import Database
from tests.support.data.enterprises import Enterprises
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


@pytest.fixture
def house(any_database: Database, library: Library, clock: Clock, settings: Settings) -> House:
    """Each test runs on SQLite and on PostgreSQL."""
    return House(settings=settings, database=any_database, library=library, clock=clock)


@pytest.fixture
def staffed(staffed: House, now: datetime) -> House:
    """The people of the console, and ten enterprises as noise."""
    with staffed.database.transaction() as session:
        Enterprises(session, now).noise(10)
    return staffed
