"""An application's name, and which other names have nobody left who bears them."""

import secrets
from collections.abc import Iterable

from sqlalchemy.orm import Session

from bot.storage.database import Database
from bot.storage.session_lock import SessionLock, is_free

PATIENCE = 5
"""Looks for which nobody is judged after our own lock was lost: then others lost theirs, too."""


class Presence:
    """The bearer of a name made anew at each start; a lock under the name says that it lives.

    `name`: marks what is in its hands. docs/adr/0018-several-applications.md.
    """

    def __init__(self, database: Database, name: str = "") -> None:
        self.name = name or f"application-{secrets.token_hex(6)}"
        self._lock = SessionLock(database, self.name)
        self._was_held = False
        self._patience = 0

    def hold(self) -> bool:
        """Says again that we live; False where nobody else may be judged by it now.

        Raises:
            SQLAlchemyError: the database is away.
        """
        kept = self._lock.is_kept()
        held = kept or self._lock.hold()
        if self._was_held and not kept:
            self._patience = PATIENCE
        self._was_held = self._was_held or held
        if self._patience:
            self._patience -= 1
            return False
        return held

    def leave(self) -> None:
        """Says that we are gone: what is left in our hands may be taken up."""
        self._lock.release()

    def gone(self, session: Session, names: Iterable[str]) -> list[str]:
        """Those of the names whose bearer is dead; none can come back while the session lasts."""
        return [name for name in sorted(names) if name != self.name and is_free(session, name)]
