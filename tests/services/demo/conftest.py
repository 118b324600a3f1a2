"""A demo, made once: to make one takes as long as a hundred tests."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge.library import Library
from bot.services.demo.seeding import Made, Seeding
from bot.storage.database import Database
from bot.texts import default_texts
from tests.conftest import NOW
from tests.support.data.seed import PASSWORD


@pytest.fixture(scope="session")
def demo_file(
    tmp_path_factory: pytest.TempPathFactory, migrated_file: Path, library: Library
) -> tuple[Path, Made]:
    file = tmp_path_factory.mktemp("demo") / "demo.sqlite3"
    shutil.copyfile(migrated_file, file)
    database = Database(f"sqlite:///{file}")
    with database.transaction() as session:
        seeding = Seeding(session, library, default_texts())
        made = seeding.seed(PASSWORD, beside_real=False, now=NOW)
    database.close()
    return file, made


@pytest.fixture
def made(demo_file: tuple[Path, Made]) -> Made:
    return demo_file[1]


@pytest.fixture
def demo(demo_file: tuple[Path, Made], tmp_path: Path) -> Iterator[Database]:
    file = tmp_path / "demo.sqlite3"
    shutil.copyfile(demo_file[0], file)
    database = Database(f"sqlite:///{file}")
    yield database
    database.close()
