"""The migrations make exactly the tables of the models, on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    DateTime,
    MetaData,
    String,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Session

from bot.domain.text.search_text import search_text
from bot.storage.base import Base
from bot.storage.database import Database
from bot.storage.models import ALL_MODELS, Contact, Enterprise, Request


def test_an_empty_database_gets_every_table(empty_database: Database) -> None:
    assert inspect(empty_database.engine).get_table_names() == []

    empty_database.migrate()

    tables = set(inspect(empty_database.engine).get_table_names())
    assert tables == {model.__tablename__ for model in ALL_MODELS} | {"alembic_version"}


@pytest.mark.postgres
def test_applications_that_start_at_once_make_the_tables_once(
    new_database: Callable[..., Database],
) -> None:
    empty = new_database("postgresql", migrated=False)
    databases = [Database(empty.url) for _ in range(3)]

    with ThreadPoolExecutor(3) as pool:
        for migrated in [pool.submit(database.migrate) for database in databases]:
            migrated.result(timeout=60)

    for database in databases:
        database.close()
    tables = set(inspect(empty.engine).get_table_names())
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


def test_events_that_wait_at_an_upgrade_are_there_after_it(empty_database: Database) -> None:
    empty_database.migrate("0002")
    with empty_database.engine.begin() as connection:
        for statement in _AN_EVENT_OF_OLD:
            connection.execute(text(statement))

    empty_database.migrate()

    with empty_database.engine.connect() as connection:
        events = connection.execute(text("select event_id, state, album from inbox_events"))
        assert events.all() == [("e1", "new", "")]


def test_every_table_is_known_to_the_list_of_models() -> None:
    assert {model.__tablename__ for model in ALL_MODELS} == set(Base.metadata.tables)


def test_a_name_that_all_saw_becomes_that_of_who_gave_it_first(empty_database: Database) -> None:
    empty_database.migrate("0002")
    with empty_database.engine.begin() as connection:
        _fill(
            connection,
            enterprises=[(1, "0100109106", "Công ty Ma"), (2, None, "Cơ sở Bà Hai"), (3, "0", "")],
            contacts=[(1, 1), (2, 1), (3, 2), (4, None), (5, 3)],
            requests=[(1, 2, 1), (2, 1, 1), (3, 2, 1), (4, 3, 2), (5, 4, None)],
        )

    empty_database.migrate()

    with empty_database.engine.begin() as connection:
        given = connection.exec_driver_sql(
            "SELECT enterprise_name FROM contacts ORDER BY id"
        ).scalars()
        assert list(given) == ["", "Công ty Ma", "Cơ sở Bà Hai", "", ""]
        with_requests = connection.exec_driver_sql(
            "SELECT enterprise_name FROM requests ORDER BY id"
        ).scalars()
        assert list(with_requests) == ["Công ty Ma", "", "Công ty Ma", "Cơ sở Bà Hai", ""]
        keys = connection.exec_driver_sql("SELECT name FROM enterprises ORDER BY id").scalars()
        assert list(keys) == ["", "Cơ sở Bà Hai", ""]


def _fill(
    connection: Connection,
    *,
    enterprises: list[tuple[int, str | None, str]],
    contacts: list[tuple[int, int | None]],
    requests: list[tuple[int, int, int | None]],
) -> None:
    """Rows as they were before: (id, tax code, name), (id, enterprise), (id, contact, …)."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    tables = MetaData()
    tables.reflect(connection, only=["enterprises", "contacts", "conversations", "requests"])
    for table, rows in (
        ("enterprises", [{"id": i, "tax_code": c, "name": n} for i, c, n in enterprises]),
        ("contacts", [{"id": i, "enterprise_id": e} for i, e in contacts]),
        ("conversations", [{"id": str(i), "contact_id": i} for i, _ in contacts]),
        (
            "requests",
            [{"id": i, "contact_id": c, "enterprise_id": e} for i, c, e in requests],
        ),
    ):
        for row in rows:
            columns = tables.tables[table].columns
            values = {one.name: _some(one, str(row["id"]), at) for one in columns}
            if table == "requests":
                values["conversation_id"] = str(row["contact_id"])
            connection.execute(insert(tables.tables[table]).values(values | row))


def _some(column: Column[Any], unique: str, at: datetime) -> Any:
    """A value that a column takes where it must have one."""
    if column.nullable:
        return None
    kind = column.type
    if isinstance(kind, DateTime):
        return at
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, JSON):
        return []
    return unique if isinstance(kind, String) else int(unique)


_AN_EVENT_OF_OLD = (
    (
        "insert into contacts (id, display_name, phone, email, created_at)"
        " values (1, '', '', '', '2026-11-24')"
    ),
    (
        "insert into conversations"
        " (id, channel, chat_key, contact_id, owner, reachable, created_at)"
        " values ('c1', 'telegram', '5', 1, 'bot', true, '2026-11-24')"
    ),
    (
        "insert into inbox_events (channel, event_id, conversation_id, payload, state, attempts,"
        " handed_over, available_at, taken_by, error, received_at)"
        " values ('telegram', 'e1', 'c1', '{}', 'new', 0, false, '2026-11-24', '', '',"
        " '2026-11-24')"
    ),
)


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
    empty_database.migrate("0002")
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
        assert words == _as_new_rows(session)
        assert session.scalars(select(Contact.reach_text)).all() == [
            "0909 000 111 huong go example 0909000111"
        ]
        assert session.scalars(select(Request.question)).all() == ["Tem CR cho đồ chơi gỗ?"]


def test_rows_that_were_folded_by_an_earlier_rule_are_folded_anew(
    empty_database: Database,
) -> None:
    empty_database.migrate("0007")
    with empty_database.engine.begin() as connection:
        for statement in EARLIER_ROWS.split(";"):
            connection.execute(text(statement), {"at": "2026-11-20 03:00:00"})
        connection.execute(
            text("UPDATE requests SET question = :words, search_text = 'ðang thi huong'"),
            {"words": "Ðặng Thị Hương, 0977/111/222"},
        )

    empty_database.migrate()

    with empty_database.transaction() as session:
        words = session.scalars(select(Request.search_text)).one()
        assert words == "dang thi huong 0977 111 222 0912 345 678 0977111222 0912345678"
        assert [words] == _as_new_rows(session)[0]


def _as_new_rows(session: Session) -> list[list[str]]:
    """What the rows would hold if written now: the rule and the newest migration agree."""
    return [
        [
            search_text(*(getattr(row, name) or "" for name in model.SEARCHED["search_text"]))
            for row in session.scalars(select(model).order_by(model.id))
        ]
        for model in SEARCHED
    ]


SEARCHED: tuple[type[Request] | type[Contact] | type[Enterprise], ...] = (
    Request,
    Contact,
    Enterprise,
)

EARLIER_ROWS = """
INSERT INTO enterprises (id, tax_code, name, created_at)
  VALUES (1, '0312345678', 'HTX Đức Hoà', :at), (2, NULL, 'Hộ kinh doanh không mã', :at);
INSERT INTO contacts (id, display_name, phone, email, created_at)
  VALUES (1, 'Đặng Thị Hương', '0909 000 111', 'huong@go.example', :at);
INSERT INTO conversations (id, channel, chat_key, contact_id, owner, reachable, created_at)
  VALUES ('c', 'web', 'k', 1, 'bot', true, :at);
INSERT INTO requests (id, code, kind, conversation_id, contact_id, topic, office, question,
    reach, attachments, state, created_by, consent_version, promised_at, created_at)
  VALUES (1, 'HT-26-0F3K7', 'request', 'c', 1, 'quy_chuan', 'tdc', 'Tem CR cho đồ chơi gỗ?',
    '0912.345 678', '[]', 'new', 'in:1', '', :at, :at)
"""


def test_of_what_is_closed_already_only_is_known_that_its_owner_gave_it_up(
    empty_database: Database,
) -> None:
    empty_database.migrate("0023")
    with empty_database.engine.begin() as connection:
        _fill(
            connection,
            enterprises=[],
            contacts=[(1, None)],
            requests=[(1, 1, None), (2, 1, None), (3, 1, None)],
        )
        connection.exec_driver_sql("UPDATE requests SET state = 'closed' WHERE id < 3")
        for number, kind in ((1, "created"), (1, "closed"), (2, "created"), (2, "withdrawn")):
            connection.execute(
                text(
                    "INSERT INTO request_events (request_id, kind, detail, created_at)"
                    " VALUES (:id, :kind, '', :now)"
                ),
                {"id": number, "kind": kind, "now": datetime(2026, 11, 1, tzinfo=UTC)},
            )

    empty_database.migrate()

    with empty_database.engine.begin() as connection:
        endings = connection.exec_driver_sql("SELECT ending FROM requests ORDER BY id").scalars()
        assert list(endings) == [None, "withdrawn", None]
