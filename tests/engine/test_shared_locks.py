"""Locks that several Rasa servers share, in a real Redis, taken by processes of Rasa's own."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.processes.model import engine_python
from bot.settings import ROOT, Settings
from tests.support.redis import RedisServer

pytestmark = [pytest.mark.engine, pytest.mark.faults]

LIMIT_SECONDS = 90.0
TURNS = 40

WORKS = """
import asyncio, sys
from pathlib import Path
from rasa.utils.endpoints import EndpointConfig
from engine.shared_locks import SharedLockStore

async def turns(store, book, count):
    for _ in range(count):
        async with store.lock("turn:c"):
            before = book.read_text()
            await asyncio.sleep(0.005)
            book.write_text(before + "x")

async def main(url, book, mode):
    store = SharedLockStore(EndpointConfig(url))
    if mode == "hold":
        async with store.lock("turn:c"):
            print("held", flush=True)
            await asyncio.sleep(600)
    async with store.lock("turn:a"), store.lock("a"):
        pass
    print("here", flush=True)
    await turns(store, Path(book), int(mode))
    print("done", flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """What only one may write in at a time, or a letter is lost."""
    book = tmp_path / "book"
    book.write_text("", encoding="utf-8")
    return book


Begin = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def begin(settings: Settings, redis: RedisServer, book: Path) -> Iterator[Begin]:
    """Starts a server that works in a mode; what is left of it goes with the test."""
    with ExitStack() as stack:

        def start(mode: str) -> "subprocess.Popen[str]":
            command = [str(engine_python(settings)), "-W", "ignore", "-c", WORKS]
            process = stack.enter_context(
                subprocess.Popen(  # noqa: S603  (our own interpreter)
                    [*command, redis.url, str(book), mode],
                    cwd=ROOT,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            stack.callback(process.kill)
            return process

        yield start


def says(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == word:
            return
    raise AssertionError(f"it ended without saying {word}")


def test_of_two_servers_one_works_on_a_conversation_at_a_time(
    begin: Begin, redis: RedisServer, book: Path
) -> None:
    both = [begin(str(TURNS)) for _ in range(2)]

    for one in both:
        assert one.wait(LIMIT_SECONDS) == 0
    assert book.read_text(encoding="utf-8") == "x" * 2 * TURNS
    assert redis.keys() == []


def test_what_a_killed_server_held_is_free_after_a_lease(begin: Begin, book: Path) -> None:
    holder = begin("hold")
    says(holder, "held")
    other = begin("1")
    says(other, "here")
    time.sleep(1.0)
    assert book.read_text(encoding="utf-8") == "", "it did not wait"

    killed = time.monotonic()
    holder.kill()
    holder.wait()

    assert other.wait(LIMIT_SECONDS) == 0
    # The lease of ten seconds, and what a busy machine adds.
    assert time.monotonic() - killed < 20
    assert book.read_text(encoding="utf-8") == "x"
