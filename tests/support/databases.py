"""Databases for tests: the same test on SQLite and on a real PostgreSQL. A plugin of pytest."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.storage.database import Database

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database, made once, to copy: migrating takes longer than most tests."""
    file = tmp_path_factory.mktemp("template") / "migrated.sqlite3"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    database.close()
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator["PostgresStand"]:
    """A PostgreSQL for the whole run; it starts with the first test that asks for it."""
    if sys.platform != "linux":
        pytest.skip("the tests' PostgreSQL is brought for Linux only")
    stand = PostgresStand()
    yield stand
    stand.stop()


class PostgresStand:
    """A server and, made once, a migrated database to copy."""

    def __init__(self) -> None:
        # Here and not above: the package behind it exists on Linux only.
        from tests.support.postgres import PostgresServer  # noqa: PLC0415

        self.server = PostgresServer()
        self.server.start()
        self._template = self.server.new_database()
        database = Database(self.server.url(self._template))
        database.migrate()
        database.close()

    def open(self, *, migrated: bool) -> tuple[str, Database]:
        """The name of a fresh database, and the database."""
        name = self.server.new_database(template=self._template if migrated else "template1")
        return name, Database(self.server.url(name))

    def stop(self) -> None:
        """Ends the server."""
        self.server.stop()


@pytest.fixture(params=BOTH)
def any_database(request: pytest.FixtureRequest, new_database: Callable[..., Database]) -> Database:
    """A migrated database: the test runs once on each engine."""
    return new_database(request.param, migrated=True)


@pytest.fixture(params=BOTH)
def empty_database(
    request: pytest.FixtureRequest, new_database: Callable[..., Database]
) -> Database:
    """A database without tables: the test runs once on each engine."""
    return new_database(request.param, migrated=False)


@pytest.fixture
def postgres_database(new_database: Callable[..., Database]) -> Database:
    """A migrated PostgreSQL database; mark the test with `postgres`."""
    return new_database("postgresql", migrated=True)


@pytest.fixture
def new_database(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[..., Database]]:
    """Opens fresh databases of an engine and forgets them at the end."""
    opened: list[Callable[[], None]] = []

    def open_(engine: str, *, migrated: bool) -> Database:
        if engine == "postgresql":
            stand: PostgresStand = request.getfixturevalue("postgres")
            name, database = stand.open(migrated=migrated)
            opened.append(lambda: stand.server.drop_database(name))
        else:
            file = tmp_path / f"any-{len(opened)}.sqlite3"
            if migrated:
                shutil.copyfile(request.getfixturevalue("migrated_file"), file)
            database = Database(f"sqlite:///{file}")
        opened.append(database.close)
        return database

    yield open_
    for forget in reversed(opened):
        forget()
