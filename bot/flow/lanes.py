"""The lanes in which conversations are worked on side by side.

Whoever stores an event takes it along where a lane is free (`place`), in the same transaction;
the others are looked for.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.orm import Session

from bot import signals
from bot.flow.inbox_worker import InboxWorker, Work
from bot.house import House

LANES = 8
"""Conversations worked on at the same time."""

LOOK_SECONDS = 0.5
"""How often it looks by itself: another process may have written, or a retry may be due."""

_logger = logging.getLogger(__name__)


class Place:
    """A lane that is kept free for what is being stored."""

    def __init__(self, worker: InboxWorker) -> None:
        self._worker = worker
        self.work: Work | None = None

    def take(self, session: Session) -> int | None:
        """Takes the oldest event that is due, in the caller's transaction; its id."""
        self.work = self._worker.take(session)
        return self.work.taken.id if self.work else None


class Lanes:
    """Hands events to the worker, at most one of a conversation at a time."""

    def __init__(self, house: House, worker: InboxWorker) -> None:
        self._house = house
        self._worker = worker
        self._free: asyncio.Semaphore | None = None
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Works until cancelled."""
        freed = await asyncio.to_thread(self._worker.release)
        if freed:
            _logger.warning("%d events were in work when the worker died: taken up again", freed)
        self._free = asyncio.Semaphore(LANES)
        try:
            while True:
                await self._step(self._free)
        finally:
            self._free = None
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[Place | None]:
        """A place for what is stored meanwhile; None while all lanes are busy.

        What it took is worked on from the end of the block, and not where the block raises.
        """
        free = self._free
        if free is None or free.locked():
            yield None
            return
        await free.acquire()  # at once: it is not locked
        place = Place(self._worker)
        try:
            yield place
        except BaseException:
            free.release()
            raise
        self._begin(place.work, free)

    async def _step(self, free: asyncio.Semaphore) -> None:
        # One looks for all lanes: eight that look for the same event keep it waiting.
        await free.acquire()
        seen = self._house.signals.count(signals.INBOX)
        work = await self._look()
        self._begin(work, free)
        if work is None:
            await self._house.signals.wait(signals.INBOX, since=seen, timeout=LOOK_SECONDS)

    async def _look(self) -> Work | None:
        try:
            return await asyncio.to_thread(self._worker.take_one)
        except Exception:
            # The worker must not die: the database may be there again at the next look.
            _logger.exception("the inbox could not be looked at")
            return None

    def _begin(self, work: Work | None, free: asyncio.Semaphore) -> None:
        """Works on it in the lane that was kept; where there is nothing, the lane is free again."""
        if work is None:
            free.release()
            return
        if self._free is not free:
            return  # we were stopped meanwhile: whoever comes after us takes it up
        task = asyncio.create_task(self._lane(work))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        task.add_done_callback(lambda _: free.release())

    async def _lane(self, work: Work) -> None:
        try:
            await self._worker.work_on(work)
        except Exception:
            # Nor must it die of one event: its lease runs out and it is taken up again.
            _logger.exception("an event could not be worked on")
