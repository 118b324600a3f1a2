"""The installation as commands see it: its database, and a private assistant like it."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from sqlalchemy import inspect, make_url

from bot.private_world import PrivateWorld, private_world
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.models import RegressionCase


def installed_database(settings: Settings) -> Database | None:
    """The database where there is one with today's tables, or None; nothing is created."""
    url = make_url(settings.sqlalchemy_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return None
    database = Database(settings.sqlalchemy_url)
    if not inspect(database.engine).has_table(RegressionCase.__tablename__):
        database.close()
        return None
    return database


@contextlib.asynccontextmanager
async def installed_world(
    settings: Settings | None = None, *, model: Path | None = None
) -> AsyncIterator[PrivateWorld]:
    """A private assistant that serves what the installation's officers approved.

    Raises:
        WorldFailed: it did not come up in time.
    """
    chosen = settings or Settings()
    like = installed_database(chosen)
    try:
        async with private_world(chosen, model=model, like=like) as world:
            yield world
    finally:
        if like is not None:
            like.close()
