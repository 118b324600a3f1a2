"""The console on a loopback port, served from a thread of its own, for real browsers."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from bot import signals
from bot.house import House
from bot.storage.models import Request
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import mounted
from tests.support.stands.serving import serving

LIVE = "/console/live"


class Door:
    """Counts the live connections that stand open, and can refuse new ones."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.open = 0
        self.is_shut = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != LIVE:
            await self._app(scope, receive, send)
            return
        if self.is_shut:
            await send({"type": "http.response.start", "status": 502, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        self.open += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self.open -= 1


class ConsoleStand:
    """A house and its console; stops and starts again at the same address."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.door = Door(mounted(house))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/console"
        self._written = 0

    def start(self) -> None:
        """Serves from now on."""
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))
        self._thread.start()
        assert self._is_up.wait(timeout=30)

    def stop(self) -> None:
        """Ends, and cuts what is open; a no-op once it has ended."""
        if not self._thread.is_alive():
            return
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join()

    def owner_says(self, request_id: int, text: str) -> None:
        """New words in the conversation of a request."""
        self._written += 1
        with self.house.database.transaction() as session:
            conversation = session.get_one(Request, request_id).conversation
            seed = Seed(session, self.house.clock(), seed=1000 + self._written)
            seed.owner_says(conversation, text)
        self.house.signals.notify(signals.CONSOLE, signals.conversation(conversation.id))

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        self.house.signals.bind()
        async with serving(self.door, self._port):
            self._is_up.set()
            await self._end.wait()


@contextmanager
def console_stand(house: House) -> Iterator[ConsoleStand]:
    """A console that is served until the block ends."""
    stand = ConsoleStand(house)
    stand.start()
    try:
        yield stand
    finally:
        stand.stop()
