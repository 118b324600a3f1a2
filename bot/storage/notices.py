"""Notices between the applications of one PostgreSQL: its LISTEN and NOTIFY.

Nothing depends on them: who is told looks a moment sooner than it would by itself.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from sqlalchemy import text

from bot.storage.database import SERVER_GONE, Database

LARGEST_BYTES = 7900
"""PostgreSQL refuses a notice of 8000 bytes."""

_BOARD = "donghanh"
_TELL = text("SELECT pg_notify(:board, :notice)")

_logger = logging.getLogger(__name__)


class NoticeBoard:
    """Where each application of the database reads what any of them, itself included, puts up."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.is_shared = database.engine.dialect.name == "postgresql"

    def tell(self, notices: Sequence[str]) -> None:
        """Puts notices up: in a transaction of its own, after the one that they speak of.

        Raises:
            SQLAlchemyError: the database did not take them.
        """
        with self._database.transaction() as session:
            for notice in notices:
                session.execute(_TELL, {"board": _BOARD, "notice": notice})

    async def listen(self, begun: Callable[[], None], heard: Callable[[str], None]) -> None:
        """Hears until the connection breaks. `begun`: what was put up before may be missed."""
        try:
            async with await psycopg.AsyncConnection.connect(
                **self._connection(), autocommit=True
            ) as connection:
                await connection.execute(f"LISTEN {_BOARD}".encode())
                begun()
                async for notice in connection.notifies():
                    heard(notice.payload)
        except psycopg.Error as error:
            _logger.warning("notices of other applications are not heard: %s", type(error).__name__)

    def _connection(self) -> dict[str, Any]:
        engine = self._database.engine
        _, named = engine.dialect.create_connect_args(engine.url)
        return {**named, **SERVER_GONE}
