"""The scripts that keep an installation's data: a backup while it runs, a move to PostgreSQL."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select

from bot.services.files import FileService
from bot.services.inbox import InboxService
from bot.settings import ROOT, Settings
from bot.storage.base import Base
from bot.storage.database import Database
from bot.storage.models import Message, StoredFile
from tests.support.events import inbound
from tests.support.seed import Seed


def script(
    name: str, *arguments: str, data: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  (our own script)
        [sys.executable, ROOT / "scripts" / name, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"DONGHANH_DATA_DIR": str(data or "")} if data else {},
    )


def counts(database: Database) -> dict[str, int]:
    with database.transaction() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def fill(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        seed = Seed(session, now)
        seed.officer("lan")
        seed.noise(6)
        InboxService(session).accept(inbound("nhãn hiệu", now=now), now=now)


def test_a_backup_of_a_running_installation_holds_everything(tmp_path: Path, now: datetime) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "var")
    database = Database(settings.sqlalchemy_url)
    database.migrate()
    fill(database, now)
    with database.transaction() as session:
        FileService(session, settings.files_dir).keep(
            b"%PDF", name="a.pdf", conversation_id=None, limit=9, now=now
        )
    target = tmp_path / "backup"

    # The connection stays open: the newest rows stand in the -wal file.
    done = script("backup", str(target), data=settings.data_dir)

    assert done.returncode == 0, done.stderr
    copy = Database(f"sqlite:///{target / 'donghanh.sqlite3'}")
    assert counts(copy) == counts(database)
    with copy.transaction() as session:
        kept = session.scalars(select(StoredFile)).one()
        assert (target / "files" / kept.id).read_bytes() == b"%PDF"
    for one in (copy, database):
        one.close()


def test_a_backup_does_not_write_over_another_one(tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "donghanh.sqlite3").write_bytes(b"older")

    done = script("backup", str(tmp_path / "backup"), data=tmp_path / "var")

    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert (tmp_path / "backup" / "donghanh.sqlite3").read_bytes() == b"older"


@pytest.mark.postgres
def test_a_move_to_postgresql_copies_every_row_and_goes_on_from_there(
    database: Database, new_database: Callable[..., Database], now: datetime
) -> None:
    fill(database, now)
    target = new_database("postgresql", migrated=False)

    done = script("move-database", database.url, target.url)

    assert done.returncode == 0, done.stderr
    assert counts(target) == counts(database)
    with database.transaction() as old, target.transaction() as new:
        newest = select(Message).order_by(Message.id.desc()).limit(1)
        before, after = old.scalars(newest).one(), new.scalars(newest).one()
        assert (after.text, after.created_at, after.choices) == (
            before.text,
            before.created_at,
            before.choices,
        )
    with target.transaction() as session:
        # The next ids follow the copied ones.
        InboxService(session).accept(inbound("tiếp", now=now), now=now)


@pytest.mark.postgres
def test_a_move_into_a_database_with_rows_changes_nothing(
    database: Database, new_database: Callable[..., Database], now: datetime
) -> None:
    fill(database, now)
    target = new_database("postgresql", migrated=True)
    with target.transaction() as session:
        Seed(session, now).officer("minh")
    before = counts(target)

    done = script("move-database", database.url, target.url)

    assert done.returncode == 1
    assert "officers is not empty" in done.stderr
    assert counts(target) == before


@pytest.mark.postgres
def test_rasas_own_tables_are_moved_as_they_are(
    tmp_path: Path, new_database: Callable[..., Database]
) -> None:
    file = tmp_path / "tracker.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute(
            "CREATE TABLE events (id INTEGER NOT NULL PRIMARY KEY, sender_id VARCHAR(255) NOT NULL,"
            " type_name VARCHAR(255) NOT NULL, timestamp FLOAT, data TEXT)"
        )
        connection.execute("INSERT INTO events VALUES (7, 'c', 'user', 1.5, '{\"text\": \"dạ\"}')")
    target = new_database("postgresql", migrated=False)

    done = script("move-database", "--tracker", f"sqlite:///{file}", target.url)

    assert done.returncode == 0, done.stderr
    assert "events: 1" in done.stdout
    assert inspect(target.engine).get_table_names() == ["events"]
    with target.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO events (sender_id, type_name) VALUES ('c', 'action')"
        )
        ids = connection.exec_driver_sql("SELECT id FROM events ORDER BY id").scalars().all()
    assert ids == [7, 8]
