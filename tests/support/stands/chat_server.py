"""The web chat with a scripted answer on a thread of its own: a real server for a real browser."""

import asyncio
import json
import threading
from typing import Any

from fastapi import FastAPI
from sqlalchemy import select
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.accepting import accept_into
from bot.channels.web.channel import WebChannel, web_router
from bot.domain.talk.messages import Attachment, OutgoingMessage
from bot.domain.talk.payload import read_payload
from bot.flow.inbox_worker import InboxWorker
from bot.flow.lanes import Lanes
from bot.house import House
from bot.services.messaging.transcript import Author
from bot.storage.models import Message
from tests.support.doubles.scripted_engine import AnsweringEngine
from tests.support.stands.serving import serving

PATIENCE_SECONDS = 15.0


class Trouble:
    """In front of the chat: answers what pages send as a server or a proxy in trouble does."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.posts: list[str] = []
        self.turn()

    def turn(
        self,
        *,
        status: int = 0,
        body: str = "",
        times: int | None = None,
        headers: dict[str, str] | None = None,
        swallows_answer: bool = False,
    ) -> None:
        """From now on answers so (0: lets everything through), `times` or until it is turned.

        `swallows_answer`: the message is taken, and only its answer is lost.
        """
        self._status, self._body, self._times = status, body, times
        self._headers = {"content-type": "application/json", **(headers or {})}
        self._swallows_answer = swallows_answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers it."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        self.posts.append(scope["path"])
        if not self._status or self._times == 0:
            await self._app(scope, receive, send)
            return
        if self._times is not None:
            self._times -= 1
        if self._swallows_answer:
            await self._app(scope, receive, _nowhere)
        await self._answer(send)

    async def _answer(self, send: Send) -> None:
        headers = [(key.lower().encode(), value.encode()) for key, value in self._headers.items()]
        await send({"type": "http.response.start", "status": self._status, "headers": headers})
        await send({"type": "http.response.body", "body": self._body.encode()})


async def _nowhere(_message: Any) -> None:
    pass


class ChatServer:
    """Serves a house until it is stopped; started again it keeps its address."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._port = 0
        self.url = ""
        self.trouble: Trouble
        self.start()

    def start(self) -> None:
        """Serves from now on."""
        self._stop = threading.Event()
        started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(started)))
        self._thread.start()
        assert started.wait(PATIENCE_SECONDS)

    def stop(self) -> None:
        """Cuts all lines."""
        self._stop.set()
        self._thread.join(PATIENCE_SECONDS)

    def refuse(self, status: int, sentence: str = "", **more: Any) -> None:
        """Answers every message so, until `recover` or as many `times` as said."""
        body = json.dumps({"error": sentence}) if sentence else "<html>down</html>"
        self.trouble.turn(status=status, body=body, **more)

    def recover(self) -> None:
        """Takes messages again."""
        self.trouble.turn()

    def heard(self) -> list[str]:
        """The owners' words, in the order in which they were stored; a file by its name."""
        with self._house.database.transaction() as session:
            rows = session.scalars(
                select(Message).where(Message.author == Author.OWNER).order_by(Message.id)
            ).all()
            return [self._words(row) for row in rows]

    @staticmethod
    def _words(row: Message) -> str:
        files = [Attachment.model_validate(file).name for file in row.attachments]
        return " ".join([row.text, *files]).strip()

    async def _serve(self, started: threading.Event) -> None:
        self._house.signals.bind()
        app = FastAPI()
        channel = WebChannel(self._house)
        lanes = Lanes(self._house, InboxWorker(self._house, AnsweringEngine(answer), [channel]))
        app.include_router(web_router(self._house, accept_into(self._house, places=lanes.place)))
        self.trouble = Trouble(app)
        work = asyncio.create_task(lanes.run())
        async with serving(self.trouble, port=self._port) as self.url:
            self._port = int(self.url.rpartition(":")[2])
            started.set()
            await asyncio.to_thread(self._stop.wait)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


def answer(given: str) -> OutgoingMessage:
    """What the bot says to everything: to words, to a button, to files."""
    intent, _ = read_payload(given)
    return OutgoingMessage(text=f"Đã nghe: {intent or given}")
