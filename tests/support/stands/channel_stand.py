"""One owner at one channel, the same to a test whatever the channel is."""

import asyncio
import io
import json
import queue
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Protocol

import httpx
from fastapi import FastAPI

from bot.channels.accepting import accept_into
from bot.channels.channel import Channel, senders
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.channels.web.channel import WebChannel, web_router
from bot.flow.engine import Engine
from bot.flow.inbox_worker import InboxWorker
from bot.flow.lanes import Lanes
from bot.flow.outbox_sender import OutboxSender
from bot.house import House
from tests.support.doubles.scripted_engine import AnsweringEngine, Script
from tests.support.doubles.telegram_server import CHAT, TelegramServer
from tests.support.stands.serving import serving
from tests.support.waiting import until

SAFE_TAGS = {"p", "br", "strong", "ul", "ol", "li", "a", "details", "summary"}


class Stand(Protocol):
    """What an owner can do and see."""

    knows_blocking: bool

    @property
    def channel(self) -> Channel: ...

    async def write(self, text: str) -> None: ...
    async def again(self) -> None: ...
    async def press(self, label: str) -> None: ...
    async def send_file(self, name: str, content: bytes, folder: Path, /) -> None: ...
    async def block(self) -> None: ...
    def seen(self) -> str: ...
    async def files_seen(self) -> dict[str, bytes]: ...


class TelegramStand:
    """An owner on Telegram."""

    knows_blocking = True

    def __init__(self, house: House, server: TelegramServer) -> None:
        self._server = server
        self._last: dict[str, Any] = {}
        self.channel = TelegramChannel(house, poll_seconds=1, sleep=_no_time)

    async def write(self, text: str) -> None:
        self._last = self._server.write(text)

    async def again(self) -> None:
        self._server.again(self._last)

    async def press(self, label: str) -> None:
        self._server.press(label)

    async def send_file(self, name: str, content: bytes, _folder: Path) -> None:
        self._server.document(name, content)

    async def block(self) -> None:
        self._server.block()

    def seen(self) -> str:
        return "\n".join(self._server.texts(CHAT))

    async def files_seen(self) -> dict[str, bytes]:
        return {m["file"][1]: m["file"][2] for m in self._server.messages if "file" in m}


class _Lines(io.StringIO):
    """A keyboard: `readline` waits for the next line."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: queue.Queue[str] = queue.Queue()

    def readline(self, _size: int = -1, /) -> str:  # type: ignore[override]
        return self.typed.get()


class TerminalStand:
    """An owner at a terminal."""

    knows_blocking = False

    def __init__(self, house: House) -> None:
        self._house = house
        self._screen = io.StringIO()
        self._last = ""
        self.lines = _Lines()
        self.channel = self._channel(self.lines)

    async def write(self, text: str) -> None:
        self._last = text
        self.lines.typed.put(f"{text}\n")

    async def again(self) -> None:
        # A session that died after storing its first line begins anew with it.
        await self._channel(io.StringIO(f"{self._last}\n")).run(accept_into(self._house))

    async def press(self, label: str) -> None:
        self.lines.typed.put(f"{label}\n")

    async def send_file(self, name: str, content: bytes, folder: Path) -> None:
        (folder / name).write_bytes(content)
        self.lines.typed.put(f"/tep {folder / name}\n")

    async def block(self) -> None:
        raise NotImplementedError

    def seen(self) -> str:
        return self._screen.getvalue()

    async def files_seen(self) -> dict[str, bytes]:
        found = {}
        for line in self.seen().splitlines():
            if line.startswith("[Tệp] "):
                name, _, path = line.removeprefix("[Tệp] ").rpartition(" (")
                found[name] = Path(path.rstrip(")")).read_bytes()  # noqa: ASYNC240
        return found

    def _channel(self, lines: io.StringIO) -> TerminalChannel:
        return TerminalChannel(
            self._house, lines=lines, screen=self._screen, chat_key="me", session="s1"
        )


class WebStand:
    """An owner at the web page: its API over real HTTP."""

    knows_blocking = False

    def __init__(self, house: House, client: httpx.AsyncClient) -> None:
        self._client = client
        self._last: dict[str, str] = {}
        self.messages: list[dict[str, Any]] = []
        self.channel = WebChannel(house)

    async def write(self, text: str) -> None:
        self._last = {"id": str(uuid.uuid4()), "text": text}
        await self.again()

    async def again(self) -> None:
        await self._post("/chat/messages", json=self._last)

    async def press(self, label: str) -> None:
        token = next(
            choice["token"]
            for message in reversed(self.messages)
            for choice in message["choices"]
            if choice["title"] == label
        )
        await self._post("/chat/messages", json={"id": str(uuid.uuid4()), "choice": token})

    async def send_file(self, name: str, content: bytes, _folder: Path) -> None:
        await self._post(
            "/chat/files", data={"id": str(uuid.uuid4())}, files={"files": (name, content)}
        )

    async def block(self) -> None:
        raise NotImplementedError

    def seen(self) -> str:
        others = [m for m in self.messages if m["author"] != "owner"]
        return "\n".join(shown_text(message["html"]) for message in others)

    async def files_seen(self) -> dict[str, bytes]:
        found = {}
        for message in self.messages:
            if message["author"] != "owner":
                for file in message["files"]:
                    found[file["name"]] = (await self._client.get(file["url"])).content
        return found

    async def read(self) -> None:
        """Reads the stream until cancelled."""
        async with self._client.stream("GET", "/chat/events", timeout=None) as response:
            async for line in response.aiter_lines():
                if line.startswith("data: "):
                    data = json.loads(line.removeprefix("data: "))
                    if "author" in data:
                        self.messages.append(data)

    async def _post(self, path: str, **content: Any) -> None:
        answer = await self._client.post(path, headers={"X-Donghanh": "chat"}, **content)
        answer.raise_for_status()


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SAFE_TAGS, tag
        names = {name for name, _ in attrs}
        assert names <= {"href", "target", "rel", "value", "class"}, names
        links = [value or "" for name, value in attrs if name == "href"]
        assert all(link.startswith(("http://", "https://")) for link in links)
        if tag in {"p", "br", "li", "summary"}:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def shown_text(html: str) -> str:
    """What a browser shows of a message's HTML; fails on anything that is not harmless."""
    parser = _Shown()
    parser.feed(html)
    parser.close()
    return "".join(parser.pieces).strip()


@asynccontextmanager
async def web_stand(house: House) -> AsyncIterator[WebStand]:
    """The page's API, served on loopback, with its stream being read."""
    app = FastAPI()
    app.include_router(web_router(house, accept_into(house)))
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(serving(app))
        client = await stack.enter_async_context(httpx.AsyncClient(base_url=address))
        await client.get("/")
        stand = WebStand(house, client)
        reader = asyncio.create_task(stand.read())
        try:
            yield stand
        finally:
            reader.cancel()
            with suppress(asyncio.CancelledError):
                await reader


@asynccontextmanager
async def at_work(house: House, stand: Stand, script: Script) -> AsyncIterator[None]:
    """The channel receives, the script answers, the outbox sends."""
    async with all_at_work(house, [stand], AnsweringEngine(script)):
        yield


@asynccontextmanager
async def all_at_work(house: House, stands: Sequence[Stand], engine: Engine) -> AsyncIterator[None]:
    """Several channels of one house receive, an engine answers, the outbox sends."""
    channels = [stand.channel for stand in stands]
    lanes = Lanes(house, InboxWorker(house, engine, channels))
    tasks = [
        asyncio.create_task(work)
        for work in (
            *(channel.run(accept_into(house, places=lanes.place)) for channel in channels),
            lanes.run(),
            OutboxSender(house, senders(channels), "test").run(),
        )
    ]
    try:
        yield
    finally:
        for stand in stands:
            if isinstance(stand, TerminalStand):
                stand.lines.typed.put("")
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for channel in channels:
            await channel.close()


async def reads(stand: Stand, text: str) -> None:
    """Waits until the owner reads this."""
    await until(lambda: "".join(text.split()) in "".join(stand.seen().split()))


async def _no_time(_seconds: float) -> None:
    await asyncio.sleep(0)
