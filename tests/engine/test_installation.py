"""What an administrator sees of `donghanh run`: ports, falls, signals, nothing left behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from bot.settings import ROOT
from tests.support.installation import running_installation

pytestmark = pytest.mark.engine


def test_it_starts_reports_falls_and_stops_without_an_orphan(tmp_path: Path) -> None:
    with running_installation(tmp_path / "var") as installation:
        assert installation.is_ready()
        assert "/console/setup/" in installation.setup_link
        children = installation.children()
        assert set(children) == {"rasa", "actions", "application"}

        # A child that dies is reported and started again; readiness tells the truth meanwhile.
        installation.kill("actions")
        wait_for(lambda: not installation.is_ready())
        assert httpx.get(f"{installation.url}/health/live").is_success
        installation.wait_until_ready()
        assert any("actions ended (signal 9)" in line for line in installation.said)

        # Neither Rasa nor the action server speaks to whoever has no token.
        for port in ports_of(installation.children()["rasa"]):
            assert httpx.get(f"http://127.0.0.1:{port}/status").status_code == 401
            body = {"sender": "x", "message": "x", "message_id": "x"}
            answer = httpx.post(f"http://127.0.0.1:{port}/webhooks/turn/", json=body)
            assert answer.status_code == 401
        for port in ports_of(installation.children()["actions"]):
            answer = httpx.post(f"http://127.0.0.1:{port}/webhook", json={"next_action": "x"})
            assert answer.status_code == 401

        children = installation.children()
        assert installation.stop(signal.SIGINT) == 0
        wait_for(lambda: not any(is_alive(pid) for pid in children.values()))


def test_a_killed_supervisor_leaves_no_orphan(tmp_path: Path) -> None:
    with running_installation(tmp_path / "var") as installation:
        children = installation.children()
        os.kill(installation.pid, signal.SIGKILL)
        wait_for(lambda: not any(is_alive(pid) for pid in children.values()))


def test_a_taken_port_is_said_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env={
                **os.environ,
                "DONGHANH_PORT": str(port),
                "DONGHANH_DATA_DIR": str(tmp_path / "var"),
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert f"port {port}" in ended.stderr
    assert "DONGHANH_PORT" in ended.stderr
    assert "Traceback" not in ended.stderr


def ports_of(pid: int) -> list[int]:
    """The ports of loopback on which a process listens."""
    inodes = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = str(link.readlink())
        except OSError:
            continue
        if target.startswith("socket:["):
            inodes.add(target[8:-1])
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [int(row[1].split(":")[1], 16) for row in rows if row[3] == "0A" and row[9] in inodes]


def is_alive(pid: int) -> bool:
    """Whether the process runs (a zombie does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_for(happened: Callable[[], bool], seconds: float = 30.0) -> None:
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.1)
