"""The scripts that keep an installation's data: a backup while it runs, a move to PostgreSQL."""

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, func, inspect, make_url, select

from bot.services.messaging.files import FileService
from bot.settings import ROOT, Settings
from bot.storage.base import Base
from bot.storage.database import Database
from bot.storage.models import Message, StoredFile
from tests.support.data.events import inbound, reception
from tests.support.data.files import PDF
from tests.support.data.seed import Seed
from tests.support.waiting import until

PASSWORD = "geheim"


def script(
    name: str, *arguments: str, data: Path | None = None, path: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    given = {"DONGHANH_DATA_DIR": str(data)} if data else {}
    return subprocess.run(  # noqa: S603  (our own script)
        [sys.executable, ROOT / "scripts" / name, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": path,
            **given,
            **{f"DONGHANH_{name.upper()}": value for name, value in settings.items()},
        },
    )


def make_tracker(file: Path) -> None:
    """A database as Rasa makes one."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE events (id INTEGER)")


def lose(folder: Path, what: str) -> None:
    """Loses the files of an installation."""
    for file in folder.iterdir():
        file.unlink()
    if what == "the file":
        return
    folder.rmdir()
    if what == "a file in its place":
        folder.touch()
    if what == "a link":
        folder.symlink_to("nirgends")


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What a script that refused said: one line, and no secret."""
    assert done.returncode == 1, done.stdout
    assert PASSWORD not in done.stderr
    (line,) = done.stderr.splitlines()
    return line


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
        reception(session).accept(inbound("nhãn hiệu", now=now), now=now)


def fill_more(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        Seed(session, now).officer("minh")


def keep_a_file(database: Database, folder: Path, now: datetime) -> None:
    with database.transaction() as session:
        FileService(session, folder).keep(
            PDF, name="a.pdf", conversation_id=None, limit=99, now=now
        )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path / "var")


@pytest.fixture
def installed(settings: Settings, now: datetime) -> Database:
    """The database of an installation that runs: the newest rows stand in the -wal file."""
    database = Database(settings.sqlalchemy_url)
    database.migrate()
    fill(database, now)
    keep_a_file(database, settings.files_dir, now)
    make_tracker(settings.data_dir / "tracker.sqlite3")
    return database


class TestBackup:
    def test_it_holds_everything_of_a_running_installation(
        self, settings: Settings, installed: Database, tmp_path: Path
    ) -> None:
        target = tmp_path / "backup"

        done = script("backup", str(target), data=settings.data_dir)

        assert done.returncode == 0, done.stderr
        copy = Database(f"sqlite:///{target / 'donghanh.sqlite3'}")
        assert counts(copy) == counts(installed)
        with copy.transaction() as session:
            kept = session.scalars(select(StoredFile)).one()
            assert (target / "files" / kept.id).read_bytes() == PDF
        assert "tracker.sqlite3: " in done.stdout
        for one in (copy, installed):
            one.close()

    def test_nobody_else_can_read_it(
        self, settings: Settings, installed: Database, tmp_path: Path
    ) -> None:
        target = tmp_path / "backup"
        assert script("backup", str(target), data=settings.data_dir).returncode == 0
        installed.close()

        modes = {stat.S_IMODE(one.stat().st_mode) for one in (target, *target.rglob("*"))}
        assert modes == {0o700, 0o600}

    def test_a_restored_one_is_the_same_installation(
        self, settings: Settings, installed: Database, tmp_path: Path, now: datetime
    ) -> None:
        before = counts(installed)
        script("backup", str(tmp_path / "backup"), data=settings.data_dir)
        fill_more(installed, now)
        installed.close()

        # As docs/running.md says: move aside, copy back.
        settings.data_dir.rename(tmp_path / "aside")
        shutil.copytree(tmp_path / "backup", settings.data_dir)

        restored = Database(settings.sqlalchemy_url)
        restored.migrate()
        assert counts(restored) == before
        with restored.transaction() as session:
            row = session.scalars(select(StoredFile)).one()
            assert FileService(session, settings.files_dir).whole(row.id) is not None
        restored.close()

    def test_it_does_not_write_over_another_one(
        self, settings: Settings, installed: Database, tmp_path: Path
    ) -> None:
        (tmp_path / "backup").mkdir()
        (tmp_path / "backup" / "donghanh.sqlite3").write_bytes(b"older")
        installed.close()

        done = script("backup", str(tmp_path / "backup"), data=settings.data_dir)

        assert "is not empty" in one_line(done)
        assert (tmp_path / "backup" / "donghanh.sqlite3").read_bytes() == b"older"

    def test_the_database_is_copied_from_where_the_setting_says(
        self, settings: Settings, installed: Database, tmp_path: Path
    ) -> None:
        installed.close()
        elsewhere = tmp_path / "elsewhere.sqlite3"
        shutil.move(settings.data_dir / "donghanh.sqlite3", elsewhere)

        done = script(
            "backup",
            str(tmp_path / "backup"),
            data=settings.data_dir,
            database_url=f"sqlite:///{elsewhere}",
        )

        assert done.returncode == 0, done.stderr
        assert (tmp_path / "backup" / "donghanh.sqlite3").stat().st_size > 0

    @pytest.mark.parametrize("what", ["missing", "garbage", "foreign"])
    def test_what_is_no_database_of_ours_gives_no_backup(
        self, settings: Settings, tmp_path: Path, what: str
    ) -> None:
        settings.data_dir.mkdir()
        file = settings.data_dir / "donghanh.sqlite3"
        if what == "garbage":
            file.write_bytes(b"no database" * 999)
        if what == "foreign":
            sqlite3.connect(file).execute("CREATE TABLE x (y)").connection.close()

        done = script("backup", str(tmp_path / "backup"), data=settings.data_dir)

        assert str(file) in one_line(done)
        assert [one.name for one in tmp_path.iterdir()] == ["var"]

    def test_a_failure_in_the_middle_leaves_nothing_behind(
        self, settings: Settings, installed: Database, tmp_path: Path
    ) -> None:
        installed.close()
        (settings.files_dir / "folder").mkdir()  # cannot be copied as a file

        done = script("backup", str(tmp_path / "backup"), data=settings.data_dir)

        assert "folder" in one_line(done)
        assert [one.name for one in tmp_path.iterdir()] == ["var"]

    @pytest.mark.parametrize("gone", ["the file", "the folder", "a file in its place", "a link"])
    def test_a_file_that_is_lost_is_not_left_out_in_silence(
        self, settings: Settings, installed: Database, tmp_path: Path, gone: str
    ) -> None:
        installed.close()
        lose(settings.files_dir, gone)

        done = script("backup", str(tmp_path / "backup"), data=settings.data_dir)

        assert "1 of 1 files that the database speaks of are not in" in one_line(done)
        assert [one.name for one in tmp_path.iterdir()] == ["var"]

    def test_files_that_are_lost_for_good_are_left_out_on_purpose(
        self, settings: Settings, installed: Database, tmp_path: Path, now: datetime
    ) -> None:
        lose(settings.files_dir, "the file")
        keep_a_file(installed, settings.files_dir, now)
        installed.close()

        done = script(
            "backup", "--without-lost-files", str(tmp_path / "backup"), data=settings.data_dir
        )

        assert done.returncode == 0, done.stderr
        assert "files: 1\n1 of 2 files that the database speaks of are not in" in done.stdout
        assert len(list((tmp_path / "backup" / "files").iterdir())) == 1

    def test_an_installation_that_nobody_wrote_to_has_no_conversations_to_copy(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        database = Database(settings.sqlalchemy_url)
        database.migrate()
        database.close()

        done = script("backup", str(tmp_path / "backup"), data=settings.data_dir)

        assert done.returncode == 0, done.stderr
        assert "tracker.sqlite3 is not there yet and was left out" in done.stdout

    @pytest.mark.parametrize("named", ["", "trakcer.sqlite3", "files"])
    def test_conversations_that_are_not_where_they_belong_are_not_left_out(
        self, settings: Settings, installed: Database, tmp_path: Path, named: str
    ) -> None:
        installed.close()
        (settings.data_dir / "tracker.sqlite3").rename(settings.data_dir / "aside")
        where = settings.data_dir / (named or "tracker.sqlite3")

        done = script(
            "backup",
            str(tmp_path / "backup"),
            data=settings.data_dir,
            tracker_url=f"sqlite:///{where}" if named else "",
        )

        assert f"there is no database at {where}" in one_line(done)
        assert [one.name for one in tmp_path.iterdir()] == ["var"]

    def test_what_is_no_file_is_named(
        self, settings: Settings, installed: Database, tmp_path: Path
    ) -> None:
        installed.close()
        os.mkfifo(settings.files_dir / "pipe")

        done = script("backup", str(tmp_path / "backup"), data=settings.data_dir)

        assert "pipe` is a named pipe" in one_line(done)

    def test_a_link_is_refused_before_anything_is_copied(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        (tmp_path / "backup").symlink_to(tmp_path)

        done = script("backup", str(tmp_path / "backup"), data=settings.data_dir)

        assert "is a link: name the folder itself" in one_line(done)

    @pytest.mark.parametrize(
        ("url", "said"),
        [
            (f"postgresql+psycopg://u:{PASSWORD}@127.0.0.1:1/d?foo=bar", 'option "foo"'),
            (f"postgresql+psycopg://u:{PASSWORD}%00@127.0.0.1:1/d", "DONGHANH_DATABASE_URL: it"),
            (f"postgresql+psycopg://127.0.0.1/d?password={PASSWORD}", "DONGHANH_DATABASE_URL: it"),
            (f"postgresql+psycopg://u:{PASSWORD}@/d?host=a&host=b&port=1", "DONGHANH_DATABASE"),
        ],
    )
    def test_a_server_s_address_that_nobody_understands_is_one_line(
        self, settings: Settings, tmp_path: Path, url: str, said: str
    ) -> None:
        done = script("backup", str(tmp_path / "backup"), data=settings.data_dir, database_url=url)

        assert said in one_line(done)

    @pytest.mark.postgres
    @pytest.mark.parametrize(
        "hosts", ["host=127.0.0.1:1&host=127.0.0.2:2", "host=127.0.0.1,127.0.0.2&port=1,2"]
    )
    def test_several_servers_are_asked_in_turn(
        self, settings: Settings, tmp_path: Path, hosts: str
    ) -> None:
        done = script(
            "backup",
            str(tmp_path / "backup"),
            data=settings.data_dir,
            path=programs(),
            database_url=f"postgresql+psycopg://u:{PASSWORD}@/d?{hosts}",
        )

        assert 'server at "127.0.0.1", port 1 failed' in one_line(done)

    def test_a_place_that_cannot_be_written_to_is_one_line(
        self, settings: Settings, installed: Database
    ) -> None:
        installed.close()

        assert "/dev/null/backup" in one_line(
            script("backup", "/dev/null/backup", data=settings.data_dir)
        )

    def test_without_pg_dump_there_is_no_backup_of_postgresql(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        url = f"postgresql+psycopg://u:{PASSWORD}@127.0.0.1:1/d"

        done = script("backup", str(tmp_path / "backup"), data=settings.data_dir, database_url=url)

        assert "pg_dump is not there: install PostgreSQL's client" in one_line(done)
        assert not (tmp_path / "backup").exists()

    @pytest.mark.postgres
    def test_a_server_that_does_not_answer_is_one_line(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        url = f"postgresql+psycopg://u:{PASSWORD}@127.0.0.1:1/d"

        done = script(
            "backup",
            str(tmp_path / "backup"),
            data=settings.data_dir,
            path=programs(),
            database_url=url,
        )

        assert "pg_dump: error: connection" in one_line(done)
        assert not (tmp_path / "backup").exists()

    @pytest.mark.postgres
    def test_both_databases_of_postgresql_are_in_it_and_can_be_restored(
        self,
        settings: Settings,
        new_database: Callable[..., Database],
        tmp_path: Path,
        now: datetime,
    ) -> None:
        database = new_database("postgresql", migrated=True)
        tracker = new_database("postgresql", migrated=False)
        fill(database, now)
        keep_a_file(database, settings.files_dir, now)
        with tracker.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE events (id int)")
            connection.exec_driver_sql("INSERT INTO events VALUES (7)")

        done = script(
            "backup",
            str(tmp_path / "backup"),
            data=settings.data_dir,
            path=programs(),
            database_url=database.url,
            tracker_url=tracker.url.replace("+psycopg", ""),
        )

        assert done.returncode == 0, done.stderr
        assert stat.S_IMODE((tmp_path / "backup" / "donghanh.dump").stat().st_mode) == 0o600
        restored = restore(tmp_path / "backup" / "donghanh.dump", new_database)
        assert counts(restored) == counts(database)
        with restored.transaction() as session:
            row = session.scalars(select(StoredFile)).one()
            assert (tmp_path / "backup" / "files" / row.id).read_bytes() == PDF
            # The next ids follow the restored ones.
            reception(session).accept(inbound("tiếp", now=now), now=now)
        conversations = restore(tmp_path / "backup" / "tracker.dump", new_database)
        with conversations.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT id FROM events").scalars().all() == [7]

    @pytest.mark.postgres
    async def test_what_an_owner_erases_meanwhile_is_not_missed(
        self,
        settings: Settings,
        new_database: Callable[..., Database],
        tmp_path: Path,
        now: datetime,
    ) -> None:
        database = new_database("postgresql", migrated=True)
        keep_a_file(database, settings.files_dir, now)

        with database.transaction() as erasing:
            # As an erasure does it: the file goes first, its row when the transaction ends.
            lose(settings.files_dir, "the file")
            erasing.execute(delete(StoredFile))
            backup = asyncio.create_task(
                asyncio.to_thread(
                    script,
                    "backup",
                    str(tmp_path / "backup"),
                    data=settings.data_dir,
                    path=programs(),
                    database_url=database.url,
                )
            )
            await until(lambda: backup.done() or somebody_waits(database))
        done = await backup

        assert done.returncode == 0, done.stderr
        assert "files: 0\ndone" in done.stdout


def somebody_waits(database: Database) -> bool:
    """Whether a row is held that another one asks for."""
    with database.engine.connect() as connection:
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        return connection.exec_driver_sql(waiting).scalar_one() > 0


def programs() -> str:
    """The PATH of the programs that belong to the tests' PostgreSQL."""
    from tests.support.postgres import BINARIES  # noqa: PLC0415  (exists on Linux only)

    return f"{BINARIES}:{os.environ['PATH']}"


def restore(dump: Path, new_database: Callable[..., Database]) -> Database:
    """Restores an archive as docs/running.md says."""
    database = new_database("postgresql", migrated=False)
    url = make_url(database.url)
    subprocess.run(  # noqa: S603  (PostgreSQL's own program)
        ["pg_restore", "--no-owner", "--exit-on-error", "--host", str(url.query["host"]),  # noqa: S607
         "--username", str(url.username), "--dbname", str(url.database), dump],
        check=True,
        env={**os.environ, "PATH": programs()},
    )  # fmt: skip
    return database


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
        reception(session).accept(inbound("tiếp", now=now), now=now)


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


class TestMoveThatIsRefused:
    @pytest.fixture
    def source(self, database: Database, now: datetime) -> Database:
        fill(database, now)
        return database

    def test_a_source_that_is_not_there_is_not_made(self, tmp_path: Path) -> None:
        missing, target = tmp_path / "missing.sqlite3", tmp_path / "target.sqlite3"

        done = script("move-database", f"sqlite:///{missing}", f"sqlite:///{target}")

        assert one_line(done) == f"move-database: there is no database at {missing}"
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "url",
        [
            "var/donghanh.sqlite3",
            "sqlite://",
            "sqlite:///:memory:",
            "sqlite://h/x",
            "sqlite:///a%00b",
            "sqlite:////tmp/\udcff",
            "sqlite:////tmp/x?mode=ro",
            f"postgresql+psycopg://u:ab@{PASSWORD}@127.0.0.1:1/d",
            f"postgresql+psycopg:///u:ab@{PASSWORD}@127.0.0.1:1/d",
            f"mysql://u:{PASSWORD}@h/d",
            f"postgresql+psycopg2://u:{PASSWORD}@h/d",
            f"postgresql+psycopg://u:{PASSWORD}@h:port/d",
        ],
    )
    @pytest.mark.parametrize("which", ["SOURCE", "TARGET"])
    def test_a_wrong_address_is_one_line(self, source: Database, url: str, which: str) -> None:
        addresses = [url, source.url] if which == "SOURCE" else [source.url, url]

        assert f"{which} must read sqlite:///" in one_line(script("move-database", *addresses))

    def test_a_name_that_no_disk_takes_is_one_line(self, source: Database) -> None:
        url = f"sqlite:////tmp/{'a' * 300}"

        for addresses in ([source.url, url], [url, source.url]):
            assert "File name too long" in one_line(script("move-database", *addresses))

    def test_a_server_that_does_not_answer_is_one_line(self, source: Database) -> None:
        url = f"postgresql+psycopg://u:{PASSWORD}@127.0.0.1:1/d"

        for addresses in ([source.url, url], [url, source.url]):
            line = one_line(script("move-database", *addresses))
            assert "u:***@127.0.0.1:1/d" in line
            assert "Connection refused" in line

    @pytest.mark.parametrize("content", [b"no database" * 999, b"", None])
    def test_a_source_that_is_none_of_ours_makes_no_target(
        self, tmp_path: Path, content: bytes | None
    ) -> None:
        file, target = tmp_path / "source.sqlite3", tmp_path / "target.sqlite3"
        if content is None:
            sqlite3.connect(file).execute("CREATE TABLE x (y)").connection.close()
        else:
            file.write_bytes(content)

        line = one_line(script("move-database", f"sqlite:///{file}", f"sqlite:///{target}"))

        assert str(file) in line
        assert not target.exists()

    def test_source_and_target_are_not_the_same(self, source: Database, tmp_path: Path) -> None:
        (tmp_path / "link.sqlite3").symlink_to(make_url(source.url).database or "")

        for other in (source.url, f"sqlite:///{tmp_path / 'link.sqlite3'}"):
            assert "the same database" in one_line(script("move-database", source.url, other))

    def test_a_move_that_fails_in_the_middle_leaves_no_new_file(
        self, source: Database, tmp_path: Path
    ) -> None:
        target = tmp_path / "target.sqlite3"
        with source.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE request_events")

        one_line(script("move-database", source.url, f"sqlite:///{target}"))

        assert [one.name for one in tmp_path.iterdir() if "target" in one.name] == []

    @pytest.mark.postgres
    def test_a_move_that_fails_in_the_middle_leaves_the_target_as_it_was(
        self, source: Database, new_database: Callable[..., Database]
    ) -> None:
        target = new_database("postgresql", migrated=False)
        with source.engine.begin() as connection:
            # The last of many tables: it is met when all others are copied.
            connection.exec_driver_sql("DROP TABLE request_events")

        one_line(script("move-database", source.url, target.url))

        assert inspect(target.engine).get_table_names() == []

    def test_what_sqlite_keeps_and_postgresql_refuses_is_taken_out(
        self, source: Database, tmp_path: Path
    ) -> None:
        with source.transaction() as session:
            session.scalars(select(Message).limit(1)).one().text = "a\0b"

        done = script("move-database", source.url, f"sqlite:///{tmp_path / 'target.sqlite3'}")

        assert done.returncode == 0, done.stderr
        target = Database(f"sqlite:///{tmp_path / 'target.sqlite3'}")
        with target.transaction() as session:
            assert "ab" in session.scalars(select(Message.text)).all()
        target.close()
