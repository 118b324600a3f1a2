"""A child of the supervisor: started again when it dies, and ended with all that it started."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

from bot.processes.child import STOP_SECONDS, Child
from tests.support.waiting import until

STANDS = "import time; time.sleep(600)"

DEAF = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""

HOLDS_ITS_LIFELINE = """
import time
from bot.processes.lifeline import hold_lifeline
hold_lifeline()
print("held", flush=True)
time.sleep(600)
"""

PARENT = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("two", flush=True)
time.sleep(600)
"""


class Falls:
    """What a supervisor hears of its child."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []

    def __call__(self, name: str, code: int) -> None:
        self.heard.append((name, code))


@asynccontextmanager
async def kept(
    code: str, log: Path | None = None, *, patience: float = STOP_SECONDS
) -> AsyncIterator[tuple[Child, Falls]]:
    """A child that is kept running, as the supervisor does it."""
    falls = Falls()
    child = Child("one", [sys.executable, "-c", code], {}, log, falls, patience)
    await child.start()
    keeping = asyncio.create_task(child.keep_running())
    try:
        yield child, falls
    finally:
        await child.stop()
        await asyncio.wait_for(keeping, 10)


def is_there(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def says(log: Path, words: str) -> Callable[[], bool]:
    return lambda: log.exists() and words in log.read_text("utf-8")


async def test_one_that_dies_is_told_and_started_again() -> None:
    async with kept(STANDS) as (child, falls):
        first = child.pid
        child.kill()

        await until(lambda: child.pid not in (None, first))
        assert falls.heard == [("one", -signal.SIGKILL)]
        assert child.pid is not None
        assert is_there(child.pid)


async def test_one_that_dies_again_and_again_waits_longer_each_time() -> None:
    loop = asyncio.get_running_loop()
    times: list[float] = []
    async with kept("raise SystemExit(3)") as (child, falls):
        while len(times) < 3:
            await until(lambda: len(falls.heard) > len(times))
            times.append(loop.time())
        assert set(falls.heard) == {("one", 3)}
        assert child.falls >= 3
    first, second = (later - earlier for earlier, later in pairwise(times))
    assert second > first


async def test_after_a_stop_it_is_gone_and_stays_gone() -> None:
    async with kept(STANDS) as (child, falls):
        pid = child.pid
        assert pid is not None
        await child.stop()
        assert not is_there(pid)
    assert falls.heard == []


async def test_one_that_does_not_listen_is_ended_all_the_same(tmp_path: Path) -> None:
    log = tmp_path / "deaf.log"
    async with kept(DEAF, log, patience=0.3) as (child, _):
        await until(says(log, "deaf"))
        pid = child.pid
        assert pid is not None
        await child.stop()
        assert not is_there(pid)


async def test_what_it_started_ends_with_it(tmp_path: Path) -> None:
    log = tmp_path / "parent.log"
    async with kept(PARENT, log) as (child, _):
        await until(says(log, "two"))
        group = child.pid
        assert group is not None
        await child.stop()

    def nobody_is_left() -> bool:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        return False

    await until(nobody_is_left)


async def test_its_lifeline_ends_it_when_the_parent_is_gone(tmp_path: Path) -> None:
    log = tmp_path / "held.log"
    async with kept(HOLDS_ITS_LIFELINE, log) as (child, falls):
        await until(says(log, "held"))
        process = child._process
        assert process is not None
        assert process.stdin is not None
        process.stdin.close()

        await until(lambda: falls.heard)
        assert falls.heard[0] == ("one", 0)
