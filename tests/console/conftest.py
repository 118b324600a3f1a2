"""A house with people, and browsers for them."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.office.roles import Role
from bot.house import House
from bot.storage.database import Database
from bot.storage.models import Request
from tests.conftest import NOW
from tests.support.data.seed import Seed
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser

Make = Callable[..., Request]


@pytest.fixture
def clock(now: datetime) -> MovableClock:
    return MovableClock(now)


@pytest.fixture(scope="session")
def staffed_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with the people and the noise, made once, to copy."""
    file = tmp_path_factory.mktemp("template") / "staffed.sqlite3"
    shutil.copyfile(migrated_file, file)
    database = Database(f"sqlite:///{file}")
    staff(database)
    database.close()
    return file


@pytest.fixture
def staffed(house: House, staffed_file: Path) -> House:
    """Five people and requests of several offices as noise."""
    if house.database.engine.name != "sqlite":
        staff(house.database)
        return house
    with (
        closing(sqlite3.connect(staffed_file)) as made,
        closing(sqlite3.connect(str(house.database.engine.url.database))) as fresh,
    ):
        made.backup(fresh)
    return house


def staff(database: Database) -> None:
    with database.transaction() as session:
        seed = Seed(session, NOW)
        seed.officer("quan.tri", role=Role.ADMINISTRATOR, full_name="Trần Quản Trị")
        seed.officer("lanh.dao", role=Role.HEAD, full_name="Phạm Lãnh Đạo")
        seed.officer("lan", full_name="Nguyễn Thị Lan")
        seed.officer("minh", full_name="Lê Văn Minh")
        seed.officer("tri.tue", office="shtt", full_name="Võ Trí Tuệ")
        seed.noise(5)


@pytest.fixture
def sign_in(staffed: House) -> Callable[[str], OfficerBrowser]:
    """Makes a browser in which a person is signed in."""

    def signed_in(username: str) -> OfficerBrowser:
        browser = OfficerBrowser(staffed)
        assert browser.enter(username).status_code == 200
        return browser

    return signed_in


@pytest.fixture
def lan(sign_in: Callable[[str], OfficerBrowser]) -> OfficerBrowser:
    return sign_in("lan")


@pytest.fixture
def request_id(staffed: House) -> int:
    """A new request of the office `tdc`, its owner waiting for a person."""
    with staffed.database.transaction() as session:
        seed = Seed(session, staffed.clock(), seed=99)
        conversation = seed.conversation()
        seed.small_talk(conversation)
        return seed.request(
            conversation,
            question="Tem <b>CR</b> dán ở đâu?",
            enterprise=("Công ty Đồ Chơi Gỗ", "0101243150"),
            reach="0909 000 111",
            talk=True,
        ).id
