"""A whole installation in a folder of its own: `donghanh run`, as an administrator starts it."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import httpx

from bot.processes.engine_room import free_port
from bot.settings import ROOT
from bot.storage.database import Database

START_SECONDS = 180.0
STOP_SECONDS = 40.0


class Installation:
    """The running processes and where they are reached. Trained model and vectors are shared.

    `more`: settings beside those that make it whole by itself.
    """

    def __init__(self, folder: Path, more: Mapping[str, str] = MappingProxyType({})) -> None:
        self.folder = folder
        self.port = free_port()
        self._more = more
        self.url = f"http://127.0.0.1:{self.port}"
        self.said: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._listening: threading.Thread | None = None

    def start(self) -> None:
        """Starts and waits until it says that it is ready."""
        self.said.clear()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env={
                **os.environ,
                "DONGHANH_DATA_DIR": str(self.folder),
                "DONGHANH_CACHE_DIR": str(ROOT / "var" / "cache"),
                "DONGHANH_PORT": str(self.port),
                "DONGHANH_DATABASE_URL": "",
                "DONGHANH_TRACKER_URL": "",
                "DONGHANH_TELEGRAM_TOKEN": "",
                # What an officer of a test says is looked for at once.
                "DONGHANH_UNDO_SECONDS": "0",
                **self._more,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()
        self._wait_for("Ctrl-C")

    def _listen(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self.said.append(line.rstrip())

    def _wait_for(self, words: str) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if any(words in line for line in self.said):
                return
            if self._process is not None and self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError("the installation did not start:\n" + "\n".join(self.said[-40:]))

    @property
    def setup_link(self) -> str:
        """The one-time link of the first administrator."""
        found = re.search(r"https?://\S+/console/setup/\S+", "\n".join(self.said))
        assert found is not None, self.said
        return found[0]

    @property
    def pid(self) -> int:
        """The supervisor's process."""
        assert self._process is not None
        return self._process.pid

    def children(self) -> dict[str, int]:
        """The children's process ids by name, as the process table shows them now."""
        names = {
            "rasa": "engine.serve",
            "actions": "actions.server",
            "application": "bot.processes.application",
        }
        listing = subprocess.run(  # noqa: S603  (the process table of our own child)
            ["ps", "-o", "pid=,args=", "--ppid", str(self.pid)],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        return {
            name: int(line.split()[0])
            for line in listing.splitlines()
            for name, module in names.items()
            if module in line
        }

    def kill(self, name: str) -> bool:
        """SIGKILL to one child; False where it is not running at the moment."""
        pid = self.children().get(name)
        if pid is None:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return True

    def lose(self) -> None:
        """The whole machine dies: the supervisor, and by their lifelines its children."""
        children = self.children()
        os.kill(self.pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait(STOP_SECONDS)
        end = time.monotonic() + STOP_SECONDS
        while any(_is_there(pid) for pid in children.values()):
            assert time.monotonic() < end, "a child outlived its supervisor"
            time.sleep(0.05)

    def is_ready(self) -> bool:
        """What `/health/ready` says."""
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/health/ready", timeout=5).is_success
        return False

    def wait_until_ready(self) -> None:
        """Waits for `/health/ready`."""
        end = time.monotonic() + START_SECONDS
        while not self.is_ready():
            assert time.monotonic() < end, "not ready again:\n" + "\n".join(self.said[-20:])
            time.sleep(0.2)

    def database(self) -> Database:
        """The installation's database."""
        return Database(f"sqlite:///{self.folder / 'donghanh.sqlite3'}")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Stops as an administrator would; the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(STOP_SECONDS)

    def end(self) -> None:
        """Makes sure that nothing is left, however the test went."""
        if self._process is not None and self._process.poll() is None:
            try:
                self.stop()
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(STOP_SECONDS)
        if self._listening is not None:
            self._listening.join(STOP_SECONDS)


def _is_there(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2][1] != "Z"
    return False


@contextlib.contextmanager
def running_installation(folder: Path) -> Iterator[Installation]:
    """A started installation, stopped at the end."""
    installation = Installation(folder)
    try:
        installation.start()
        yield installation
    finally:
        installation.end()
