"""The database: engine, sessions, migrations."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot.storage.private_files import private_file

MIGRATIONS = Path(__file__).resolve().parent / "migrations"

SQLITE_BUSY_SECONDS = 30
"""How long a writer waits for another one: application and action server share the file."""

CONNECT_SECONDS = 10
"""How long a server may take to answer the first word: one that is gone never does."""


UNDONE = "undone with the transaction"

SERVER_GONE = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
"""How a server that vanished without a word is noticed, after 25 seconds (libpq's names)."""

_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('donghanh:migrate', 0))")


class DatabaseUnfit(Exception):
    """The database cannot be used; the text says why, in one line and without its password."""


class Database:
    """An engine and its sessions. Every write goes through `transaction()`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)
        self._reading_engine = _reading_engine(self.engine)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._readings = sessionmaker(self._reading_engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits at the end, or rolls back where the block raises.

        Rolled back, it undoes what `undone_with` was told; where the commit itself fails nobody
        knows whether the rows stand, and what belongs to them stays.
        """
        with self._sessions.begin() as session:
            try:
                yield session
            except BaseException:
                for undo in session.info.get(UNDONE, ()):
                    undo()
                raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only looks: it waits for no writer, and no writer waits for it.

        Raises:
            DBAPIError: something was to be written.
        """
        with self._readings.begin() as session:
            yield session

    def migrate(self, revision: str = "head") -> None:
        """Creates the database's tables or brings them to a revision, the newest by itself.

        Raises:
            DatabaseUnfit: it cannot be reached or written to, is none, or is of a newer version.
        """
        with self.refusals(), self.engine.begin() as connection:
            migrate_over(connection, revision)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Says in one line why the database cannot be used, in place of what the driver raises.

        Raises:
            DatabaseUnfit: it cannot be reached or written to, is none, or is of a newer version.
        """
        try:
            yield
        except SQLAlchemyError as error:
            reason = getattr(error, "orig", None) or error
            raise DatabaseUnfit(f"{self.shown}: {_one_line(reason)}") from error
        except CommandError as error:
            raise DatabaseUnfit(
                f"{self.shown} was made by another version of this program ({_one_line(error)}): "
                "start that version, or restore the backup made before the upgrade"
            ) from error

    @property
    def shown(self) -> str:
        """Its address without the password."""
        return self.engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        """Gives all connections back."""
        self.engine.dispose()
        self._reading_engine.dispose()


def undone_with(session: Session, undo: Callable[[], object]) -> None:
    """Lets something outside the database be undone where the session's block raises."""
    session.info.setdefault(UNDONE, []).append(undo)


def migrate_over(connection: Connection, revision: str = "head") -> None:
    """Brings the tables to a revision within the transaction of a connection."""
    if connection.dialect.name == "postgresql":
        # Applications that start at once migrate one after the other; the last finds it done.
        connection.execute(_ALONE)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _one_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0] or type(error).__name__


def _engine(url: str) -> Engine:
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(
            url,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            hide_parameters=True,
            connect_args={"connect_timeout": CONNECT_SECONDS, **SERVER_GONE},
        )
    database = make_url(url).database
    if database and database != ":memory:":
        with suppress(OSError):  # the first connection says it in the same words
            private_file(Path(database))
    engine = _sqlite_engine(url)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _reading_engine(engine: Engine) -> Engine:
    """The same database for those who only look."""
    if engine.dialect.name != "sqlite":
        return engine.execution_options(postgresql_readonly=True)
    # SQLite has one writer for the whole file: a look that begins as a write lets everybody wait.
    reading = _sqlite_engine(engine.url)
    event.listen(reading, "connect", _forbid_writing)
    event.listen(reading, "begin", _begin_deferred)
    return reading


def _sqlite_engine(url: str | URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": SQLITE_BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN is deferred: two writers that both read first would deadlock.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL: a committed message survives a power cut, not only a killed process.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_SECONDS * 1000}")
    cursor.close()


def _forbid_writing(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA query_only=ON").close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN DEFERRED")
