"""A whole assistant of its own, without side effects: for `ask`, `talk`, `evaluate` and tests.

Real Rasa, real action server, real inbox; its database and trackers lie in a temporary folder
that goes with it.
"""

import asyncio
import contextlib
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.channels.accepting import accept_into
from bot.domain.talk.messages import (
    Attachment,
    ChannelName,
    EventKind,
    InboundEvent,
    OutgoingMessage,
)
from bot.domain.talk.understanding import Understanding
from bot.flow.engine import ActionServer, Engine
from bot.flow.inbox_worker import InboxWorker
from bot.health import answers
from bot.house import House, open_house
from bot.processes.child import Child
from bot.processes.engine_room import (
    ACTION_SERVER,
    LOOPBACK,
    EngineRoom,
    action_child,
    engine_room,
    rasa_child,
)
from bot.processes.model import trained_model
from bot.services.gaps.approved_additions import copy_approved
from bot.services.inbound.inbox import InboxService
from bot.services.messaging.outbox import to_outgoing
from bot.services.messaging.transcript import TranscriptService
from bot.settings import PARTS, Settings
from bot.storage.database import Database

START_SECONDS = 120.0

HERE = {
    "parts": ",".join(PARTS),
    "rasa_url": "",
    "action_url": "",
    "engine_host": LOOPBACK,
    "lock_url": "",
}
"""Whatever runs elsewhere for the installation: this one is whole by itself."""


class WorldFailed(Exception):
    """The private assistant could not be started; the text says why."""


@dataclass(frozen=True)
class Said:
    """What came back for one message. `ms`: from message in to replies stored."""

    replies: list[OutgoingMessage]
    understandings: list[Understanding]
    ms: float


class PrivateWorld:
    """Talks to the assistant as new contacts would."""

    def __init__(self, house: House, engine: Engine, children: list[Child]) -> None:
        self.house = house
        self.engine = engine
        self.children = children
        self._worker = InboxWorker(house, engine, [])
        self._accept = accept_into(house, engine.foresee)

    async def say(self, chat_key: str, text: str, files: Sequence[Attachment] = ()) -> Said:
        """One message of a contact, perhaps with files, worked on wholly."""
        return await self.hear(self._event(chat_key, text, files))

    async def hear(self, event: InboundEvent) -> Said:
        """Anything that a contact does, worked on wholly."""
        before = await asyncio.to_thread(self._last_id)
        started = time.perf_counter()
        await self._accept(event)
        await self._worker.work_one()
        ms = (time.perf_counter() - started) * 1000
        await self._work_off()
        return await asyncio.to_thread(self._said, before, ms)

    async def crowd(self, texts: list[str], writers: int) -> float:
        """The seconds in which all texts are answered, each of so many writing when the last is."""
        left = iter(texts)

        async def write() -> None:
            for text in left:
                await self._accept(self._event(uuid.uuid4().hex, text))
                await self._worker.work_one()

        started = time.perf_counter()
        await asyncio.gather(*(write() for _ in range(writers)))
        await self._work_off()
        return time.perf_counter() - started

    async def _work_off(self) -> None:
        """Works until nothing is left: a turn that failed is due again a little later."""
        while await asyncio.to_thread(self._is_waiting):
            await self._worker.work_one()

    def _event(self, chat_key: str, text: str, files: Sequence[Attachment] = ()) -> InboundEvent:
        return InboundEvent(
            channel=ChannelName.TERMINAL,
            event_id=uuid.uuid4().hex,
            chat_key=chat_key,
            kind=EventKind.FILES if files else EventKind.TEXT,
            text=text,
            attachments=list(files),
            occurred_at=self.house.clock(),
        )

    def _is_waiting(self) -> bool:
        with self.house.database.reading() as session:
            return InboxService(session).is_waiting()

    def _last_id(self) -> int:
        with self.house.database.reading() as session:
            return TranscriptService(session).newest_of_all()

    def _said(self, after: int, ms: float) -> Said:
        with self.house.database.reading() as session:
            rows = TranscriptService(session).said_since(after)
            return Said(
                replies=[to_outgoing(row) for row in rows],
                understandings=[
                    Understanding.model_validate(row.understanding)
                    for row in rows
                    if row.understanding
                ],
                ms=ms,
            )


@contextlib.asynccontextmanager
async def private_world(
    settings: Settings,
    actions: str = ACTION_SERVER,
    *,
    model: Path | None = None,
    like: Database | None = None,
) -> AsyncIterator[PrivateWorld]:
    """Starts one and takes it down.

    `actions`: the module of the action server; `model`: a trained one instead of today's;
    `like`: an installation's database, whose approved additions are served here too.

    Raises:
        WorldFailed: it did not come up in time.
    """
    if model is None:
        model = await asyncio.to_thread(trained_model, settings, lambda _: None)
    with tempfile.TemporaryDirectory(prefix="donghanh-") as folder:
        own = settings.model_copy(
            update={
                "data_dir": Path(folder),
                "cache_dir": settings.cache,
                "database_url": "",
                "tracker_url": "",
                "rasa_port": 0,
                "action_port": 0,
                **HERE,
            }
        )
        room = engine_room(own)
        children = [action_child(own, room, actions), rasa_child(own, room, model)]
        for child in children:
            child.log_file = settings.data_dir / "log" / f"private-{child.name}.log"
        engine = Engine(
            room.rasa_url, room.rasa_token, ActionServer(room.action_url, room.action_token)
        )
        house = await asyncio.to_thread(open_house, own)
        if like is not None:
            await asyncio.to_thread(_carry_over, like, house)
        try:
            for child in children:
                await child.start()
            await _wait_until_ready(engine, room, settings.data_dir)
            yield PrivateWorld(house, engine, children)
        finally:
            await asyncio.gather(*(child.stop() for child in children))
            await engine.close()
            house.database.close()


def _carry_over(like: Database, house: House) -> None:
    with like.reading() as source, house.database.transaction() as target:
        copy_approved(source, target)
    house.library.refresh()


async def _wait_until_ready(engine: Engine, room: EngineRoom, folder: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if await engine.is_ready() and await answers(room.action_url):
            return
        await asyncio.sleep(0.1)
    logs = [
        f"{file.name}: {file.read_text(encoding='utf-8', errors='replace')[-800:]}"
        for file in sorted((folder / "log").glob("private-*.log"))
    ]
    raise WorldFailed("the assistant did not come up.\n" + "\n".join(logs))
