"""The migrations make exactly the tables of the models, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from bot.storage.base import Base
from bot.storage.database import Database
from bot.storage.models import ALL_MODELS


def test_an_empty_database_gets_every_table(empty_database: Database) -> None:
    assert inspect(empty_database.engine).get_table_names() == []

    empty_database.migrate()

    tables = set(inspect(empty_database.engine).get_table_names())
    assert tables == {model.__tablename__ for model in ALL_MODELS} | {"alembic_version"}


def test_migrating_again_changes_nothing(any_database: Database) -> None:
    before = _structure(any_database)

    any_database.migrate()

    assert _structure(any_database) == before


def test_the_models_ask_for_nothing_that_the_migrations_do_not_make(
    any_database: Database,
) -> None:
    with any_database.engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, Base.metadata) == []


def test_every_table_is_known_to_the_list_of_models() -> None:
    assert {model.__tablename__ for model in ALL_MODELS} == set(Base.metadata.tables)


def _structure(database: Database) -> dict[str, list[tuple[str, str, bool]]]:
    inspector = inspect(database.engine)
    return {
        table: [
            (column["name"], str(column["type"]), bool(column["nullable"]))
            for column in inspector.get_columns(table)
        ]
        for table in inspector.get_table_names()
    }
