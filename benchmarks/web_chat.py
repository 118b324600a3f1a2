"""The web chat over real HTTP, its page's stream open: from a message posted to its reply read."""

import asyncio
import itertools
import json
import tempfile
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx

from benchmarks.measured import AT_ONCE, WARM_UP, Measured, anew
from tests.support.installation import Installation

PATIENCE_SECONDS = 60.0

_numbers = itertools.count(1)


async def measure_web_chat(messages: list[str]) -> Measured:
    """Each message a new visitor's first, at an installation of its own."""
    with tempfile.TemporaryDirectory(prefix="donghanh-") as folder:
        installation = Installation(Path(folder))
        await asyncio.to_thread(installation.start)
        try:
            await asyncio.to_thread(installation.wait_until_ready)
            for message in messages[:WARM_UP]:
                await milliseconds(installation.url, message)
            times = [await milliseconds(installation.url, message) for message in messages]
            return Measured(times, await at_once(installation.url, anew(messages)))
        finally:
            await asyncio.to_thread(installation.stop)


async def at_once(url: str, messages: list[str]) -> float:
    """Turns a second, with so many visitors who write one message after another."""
    left = iter(messages)
    async with AsyncExitStack() as stack:
        pages = [await stack.enter_async_context(_page(url)) for _ in range(AT_ONCE)]

        async def write(page: Page) -> None:
            for message in left:
                await page.ask(message)

        started = time.perf_counter()
        await asyncio.gather(*(write(page) for page in pages))
        return len(messages) / (time.perf_counter() - started)


async def milliseconds(url: str, message: str) -> float:
    """From the post to the first reply on the open stream, of a visitor who has come just now."""
    async with _page(url) as page:
        started = time.perf_counter()
        await page.ask(message)
        return (time.perf_counter() - started) * 1000


class Page:
    """An open page: its browser, and what its stream brings."""

    def __init__(self, client: httpx.AsyncClient, events: AsyncIterator[str]) -> None:
        self._client = client
        self._events = events

    async def ask(self, message: str) -> None:
        """Posts a message and reads until its reply."""
        posting = asyncio.create_task(self._post(message))
        await self.until("reply")
        await posting

    async def until(self, wanted: str) -> None:
        """Reads the stream on to an event of a kind."""
        async for kind in self._events:
            if kind == wanted:
                return
        raise SystemExit(f"the stream ended before {wanted!r}")

    async def _post(self, message: str) -> None:
        body = {"id": str(uuid.uuid4()), "text": message}
        (await self._client.post("/chat/messages", json=body)).raise_for_status()


@asynccontextmanager
async def _page(url: str) -> AsyncIterator[Page]:
    """The page of a new visitor, its history read."""
    async with _visitor(url) as client, client.stream("GET", "/chat/events") as stream:
        page = Page(client, _events(stream))
        await page.until("ready")
        yield page


@asynccontextmanager
async def _visitor(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at an address of its own: senders are counted by their network."""
    number = next(_numbers)
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    headers = {"X-Forwarded-For": address, "X-Donghanh": "chat"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE_SECONDS) as client:
        (await client.get("/")).raise_for_status()
        yield client


async def _events(stream: httpx.Response) -> AsyncIterator[str]:
    """The kinds of the stream's events; a message that is not the owner's is a `reply`."""
    kind = ""
    async for line in stream.aiter_lines():
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            said = json.loads(line.removeprefix("data: "))
            yield "reply" if kind == "message" and said["author"] != "owner" else kind
