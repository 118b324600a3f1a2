"""The installation as commands see it: its database, and a private assistant like it."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import typer
from sqlalchemy import inspect, make_url

from bot.given_settings import read_settings, wrong_setting
from bot.private_world import PrivateWorld, private_world
from bot.settings import Settings
from bot.storage.database import Database, DatabaseUnfit
from bot.storage.models import ArticleReview
from bot.texts import default_texts


def installed_settings() -> Settings:
    """The settings of the installation; names that we do not know are printed.

    An old name must not keep the service down after an upgrade, so it is only told.

    Raises:
        WrongSettings: a value cannot be used, or a name is misspelt.
    """
    given = read_settings()
    for name in given.unknown:
        line = f"donghanh: {name} is no setting and is ignored; docs/settings.md lists all"
        typer.echo(line, err=True)
    return given.settings


def installed_database(settings: Settings) -> Database | None:
    """The database where there is one with today's tables, or None; nothing is created.

    Raises:
        WrongSettings: it cannot be reached.
    """
    url = make_url(settings.sqlalchemy_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return None
    database = Database(settings.sqlalchemy_url)
    try:
        with database.refusals():
            if inspect(database.engine).has_table(ArticleReview.__tablename__):
                return database
    except DatabaseUnfit as unfit:
        database.close()
        raise wrong_setting("database_url", str(unfit)) from None
    database.close()
    return None


@contextlib.asynccontextmanager
async def installed_world(
    settings: Settings | None = None, *, model: Path | None = None
) -> AsyncIterator[PrivateWorld]:
    """A private assistant that serves what the installation's officers approved.

    Raises:
        WorldFailed: it did not come up in time.
        WrongSettings: the installation's settings cannot be used.
    """
    chosen = settings or installed_settings()
    like = installed_database(chosen)
    # Rasa takes its time: silence would look like a command that hangs.
    typer.echo(default_texts().say("channels.terminal_starting"), err=True)
    try:
        async with private_world(chosen, model=model, like=like) as world:
            yield world
    finally:
        if like is not None:
            like.close()
