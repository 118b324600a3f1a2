"""The database as the house relies on it: durable, patient, aware of time, on both engines."""

import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from bot.storage.database import Database
from bot.storage.models import Conversation, Enterprise, PollOffset

WRITERS, ROUNDS = 4, 10


def test_sqlite_is_set_up_to_survive_a_power_cut(database: Database) -> None:
    with database.transaction() as session:
        found = {
            pragma: session.scalar(text(f"PRAGMA {pragma}"))
            for pragma in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_writers_that_read_first_wait_for_each_other(any_database: Database, now: datetime) -> None:
    with any_database.transaction() as session:
        session.add(PollOffset(channel="telegram", offset=0, updated_at=now))
    start = threading.Barrier(WRITERS)

    def count_up() -> None:
        start.wait(timeout=30)
        for _ in range(ROUNDS):
            with any_database.transaction() as session:
                row = session.scalars(select(PollOffset).with_for_update()).one()
                row.offset += 1

    with ThreadPoolExecutor(WRITERS) as pool:
        for writer in [pool.submit(count_up) for _ in range(WRITERS)]:
            writer.result(timeout=60)

    with any_database.transaction() as session:
        assert session.scalars(select(PollOffset.offset)).one() == WRITERS * ROUNDS


def test_who_only_looks_waits_for_no_writer_and_sees_what_is_committed(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        session.add(Enterprise(name="đã lưu", created_at=now))
    with any_database.transaction() as writing:
        writing.add(Enterprise(name="đang ghi", created_at=now))
        writing.flush()

        with any_database.reading() as session:
            seen = session.scalars(select(Enterprise.name)).all()

    assert seen == ["đã lưu"]


def test_a_writer_does_not_wait_for_who_only_looks(any_database: Database, now: datetime) -> None:
    with any_database.reading() as looking:
        assert looking.scalars(select(Enterprise)).all() == []

        with any_database.transaction() as session:
            session.add(Enterprise(name="ghi bên cạnh", created_at=now))

    with any_database.reading() as session:
        assert session.scalars(select(Enterprise.name)).all() == ["ghi bên cạnh"]


def test_who_only_looks_cannot_write(any_database: Database, now: datetime) -> None:
    with (
        pytest.raises(DBAPIError, match=r"(?i)read-?only"),
        any_database.reading() as session,
    ):
        session.add(Enterprise(name="lén ghi", created_at=now))

    with any_database.transaction() as session:
        assert session.scalars(select(Enterprise)).all() == []


def test_a_block_that_raises_writes_nothing(any_database: Database, now: datetime) -> None:
    def die_half_way() -> None:
        with any_database.transaction() as session:
            session.add(Enterprise(name="nửa chừng", created_at=now))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        die_half_way()

    with any_database.transaction() as session:
        assert session.scalars(select(Enterprise)).all() == []


def test_a_row_does_not_point_to_another_that_is_not_there(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        session.add(
            Conversation(id="c", channel="web", chat_key="k", contact_id=999, created_at=now)
        )

        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_an_instant_comes_back_as_it_went_aware_and_in_utc(any_database: Database) -> None:
    vietnam = timezone(timedelta(hours=7))
    written = datetime(2026, 11, 24, 10, 30, 15, 123456, tzinfo=vietnam)
    with any_database.transaction() as session:
        session.add(Enterprise(name="x", created_at=written))

    with any_database.transaction() as session:
        read = session.scalars(select(Enterprise.created_at)).one()

    assert read == written
    assert read.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(any_database: Database) -> None:
    with any_database.transaction() as session:
        session.add(Enterprise(name="x", created_at=datetime(2026, 11, 24)))  # noqa: DTZ001

        with pytest.raises(StatementError, match="naive"):
            session.flush()
        session.rollback()


@pytest.mark.parametrize("before", [None, 0o644])
def test_nobody_else_on_the_machine_can_read_it(tmp_path: Path, before: int | None) -> None:
    file = tmp_path / "var" / "donghanh.sqlite3"
    if before is not None:
        file.parent.mkdir()
        file.touch(mode=before)
    database = Database(f"sqlite:///{file}")
    database.migrate()

    modes = {stat.S_IMODE(one.stat().st_mode) for one in file.parent.iterdir()}
    database.close()

    assert modes == {0o600}
