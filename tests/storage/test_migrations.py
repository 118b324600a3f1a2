"""The migrations make exactly the tables of the models, on both databases."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from bot.storage.base import Base
from bot.storage.database import MIGRATIONS, Database
from bot.storage.models import ALL_MODELS, Contact, Enterprise, Request


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


def test_rows_of_an_earlier_version_are_found_by_their_words(empty_database: Database) -> None:
    _bring_to(empty_database, "0002")
    with empty_database.engine.begin() as connection:
        for statement in EARLIER_ROWS.split(";"):
            connection.execute(text(statement), {"at": "2026-11-20 03:00:00"})

    empty_database.migrate()

    with empty_database.transaction() as session:
        words = [
            session.scalars(select(model.search_text).order_by(model.id)).all()
            for model in (Request, Contact, Enterprise)
        ]
        assert words == [
            ["tem cr cho do choi go 0912 345 678 0912345678"],
            ["dang thi huong"],
            ["htx duc hoa 0312345678", "ho kinh doanh khong ma"],
        ]
        assert session.scalars(select(Request.question)).all() == ["Tem CR cho đồ chơi gỗ?"]


EARLIER_ROWS = """
INSERT INTO enterprises (id, tax_code, name, created_at)
  VALUES (1, '0312345678', 'HTX Đức Hoà', :at), (2, NULL, 'Hộ kinh doanh không mã', :at);
INSERT INTO contacts (id, display_name, phone, email, created_at)
  VALUES (1, 'Đặng Thị Hương', '', '', :at);
INSERT INTO conversations (id, channel, chat_key, contact_id, owner, reachable, created_at)
  VALUES ('c', 'web', 'k', 1, 'bot', true, :at);
INSERT INTO requests (id, code, kind, conversation_id, contact_id, topic, office, question,
    reach, attachments, state, created_by, consent_version, promised_at, created_at)
  VALUES (1, 'HT-26-0F3K7', 'request', 'c', 1, 'quy_chuan', 'tdc', 'Tem CR cho đồ chơi gỗ?',
    '0912.345 678', '[]', 'new', 'in:1', '', :at, :at)
"""


def _bring_to(database: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
