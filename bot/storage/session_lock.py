"""A named lock that lasts as long as the process that took it, however that dies.

On PostgreSQL it is an advisory lock of a connection kept for it alone: the server gives it back
when the connection ends. On SQLite one application serves a file, and has every lock.
"""

import hashlib
import logging
from contextlib import suppress

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.storage.database import Database

SERVER_LOOKS = (
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
)
"""After 25 seconds the server takes a machine for gone that vanished without a word."""

_TAKE = text("SELECT pg_try_advisory_lock(:key)")
_GIVE = text("SELECT pg_advisory_unlock(:key)")
_TRY = text("SELECT pg_try_advisory_xact_lock(:key)")

_logger = logging.getLogger(__name__)


class SessionLock:
    """One lock by its name; to be used by one task at a time."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._key = {"key": lock_key(name)}
        self._connection: Connection | None = None
        self.is_shared = database.engine.dialect.name == "postgresql"

    def hold(self) -> bool:
        """Takes it, or makes sure that it is still ours; False where another one has it.

        Raises:
            SQLAlchemyError: the database is away, and the lock with it.
        """
        return not self.is_shared or self.is_kept() or self._take()

    def is_kept(self) -> bool:
        """Whether it was taken and its connection still stands."""
        if not self.is_shared:
            return True
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            _logger.warning("the connection of a lock broke: the lock is to be taken anew")
            self.release()
            return False
        return True

    def release(self) -> None:
        """Gives it back."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                # At once: of a connection that ends the server hears a moment later.
                connection.execute(_GIVE, self._key)
            with suppress(SQLAlchemyError):
                connection.close()

    def _take(self) -> bool:
        connection = self._database.engine.connect()
        try:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            # Out of the pool: closing it must end the session, and the lock with it.
            connection.detach()
            for statement in SERVER_LOOKS:
                connection.execute(text(statement))
            is_ours = bool(connection.scalar(_TAKE, self._key))
        except BaseException:
            connection.close()
            raise
        if not is_ours:
            connection.close()
            return False
        self._connection = connection
        return True


def is_free(session: Session, name: str) -> bool:
    """Whether nobody has a lock; until the transaction ends, nobody can take it."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    return bool(session.scalar(_TRY, {"key": lock_key(name)}))


def lock_key(name: str) -> int:
    """PostgreSQL's name for it: 64 bits."""
    digest = hashlib.blake2b(f"donghanh:{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
