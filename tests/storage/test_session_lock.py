"""A lock that ends with who holds it; and by it, who lives."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import text

from bot.storage.database import Database
from bot.storage.presence import PATIENCE, Presence
from bot.storage.session_lock import SessionLock, is_free, lock_key

pytestmark = pytest.mark.postgres


Lock = Callable[[], SessionLock]
Application = Callable[[], Presence]


@pytest.fixture
def kept() -> Iterator[ExitStack]:
    """What is held at the end is given back."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def lock(postgres_database: Database, kept: ExitStack) -> Lock:
    """Another one who wants the same lock."""

    def another() -> SessionLock:
        made = SessionLock(postgres_database, "poll")
        kept.callback(made.release)
        return made

    return another


@pytest.fixture
def application(postgres_database: Database, kept: ExitStack) -> Application:
    """Another application of the database."""

    def another() -> Presence:
        made = Presence(postgres_database)
        kept.callback(made.leave)
        return made

    return another


def cut_all_lines(database: Database) -> None:
    """Ends every other connection to the database, as a restart of the server does."""
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def is_free_now(database: Database, name: str) -> bool:
    with database.transaction() as session:
        return is_free(session, name)


def test_one_has_it_until_it_gives_it_back(postgres_database: Database, lock: Lock) -> None:
    first, second = lock(), lock()

    assert first.hold()
    assert first.hold(), "who has it keeps it"
    assert not second.hold()
    assert not is_free_now(postgres_database, "poll")
    assert is_free_now(postgres_database, "another")

    first.release()

    assert is_free_now(postgres_database, "poll")
    assert second.hold()


def test_who_loses_the_connection_knows_it_and_another_one_may_have_the_lock(
    postgres_database: Database, lock: Lock
) -> None:
    first, second = lock(), lock()
    assert first.hold()

    cut_all_lines(postgres_database)

    assert second.hold()
    assert not first.is_kept()
    assert not first.hold()


def test_looking_whether_it_is_free_does_not_take_it(
    postgres_database: Database, lock: Lock
) -> None:
    assert is_free_now(postgres_database, "poll")
    assert lock().hold()


def test_names_have_keys_of_their_own() -> None:
    keys = {lock_key(f"application-{number}") for number in range(1000)}

    assert len(keys) == 1000
    assert all(-(2**63) <= key < 2**63 for key in keys)


def test_of_several_applications_each_sees_who_has_died(
    postgres_database: Database, application: Application
) -> None:
    alive, dead, looking = application(), application(), application()
    assert all(one.hold() for one in (alive, dead, looking))
    names = {alive.name, dead.name, looking.name, "application"}

    with postgres_database.transaction() as session:
        assert looking.gone(session, names) == ["application"]

    dead.leave()

    with postgres_database.transaction() as session:
        assert looking.gone(session, names) == sorted(["application", dead.name])


def test_after_a_restart_of_the_server_nobody_is_judged_before_all_can_have_come_back(
    postgres_database: Database, application: Application
) -> None:
    first, second = application(), application()
    assert first.hold()
    assert second.hold()

    cut_all_lines(postgres_database)

    judged = [first.hold() for _ in range(PATIENCE + 1)]
    assert judged == [*[False] * PATIENCE, True]
    second.hold()
    with postgres_database.transaction() as session:
        assert first.gone(session, {second.name}) == []
