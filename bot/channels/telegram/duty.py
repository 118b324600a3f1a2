"""Which of several applications over one database reads and sends for a bot: one at a time.

Telegram gives a bot's updates to one reader, and counts what all senders of a token send together.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError

from bot import signals
from bot.house import House
from bot.storage.session_lock import SessionLock

LOOK_SECONDS = 2.0
"""How often the one on duty makes sure that it still is, and the others whether it is gone."""

_logger = logging.getLogger(__name__)


class Duty:
    """Held by a lock under the bot's name: docs/adr/0018-several-applications.md."""

    def __init__(self, house: House, bot: str) -> None:
        self._house = house
        self._lock = SessionLock(house.database, bot)
        self.is_ours = not self._lock.is_shared

    async def do(self, work: Callable[[], Awaitable[None]]) -> None:
        """Works whenever it is on duty, until cancelled; what the work raises ends it."""
        if not self._lock.is_shared:
            await work()
            return
        try:
            while True:
                if await self._hold():
                    await self._work(work)
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self.is_ours = False
            await asyncio.shield(asyncio.to_thread(self._lock.release))

    async def _work(self, work: Callable[[], Awaitable[None]]) -> None:
        _logger.info("this application reads and sends for the bot from now on")
        self._house.signals.notify(signals.OUTBOX)
        task = asyncio.ensure_future(work())
        try:
            while await self._hold():
                await asyncio.wait({task}, timeout=LOOK_SECONDS)
                if task.done():
                    await task
                    return
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _hold(self) -> bool:
        try:
            self.is_ours = await asyncio.to_thread(self._lock.hold)
        except SQLAlchemyError:
            _logger.warning("whether this application is on duty for the bot cannot be seen")
            self.is_ours = False
        return self.is_ours
