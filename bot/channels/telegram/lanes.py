"""Updates in work: chats side by side, so that one's slow file keeps nobody waiting."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.channels.telegram.received import Received

Take = Callable[[Any], Awaitable[None]]
"""Takes one raw update; raises where it must come again."""


class TelegramLanes:
    """One lane a chat, in order; knows what is done and not yet confirmed."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._working: dict[str, asyncio.Task[None]] = {}
        self._done: set[int] = set()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is in work."""
        return not self._working

    def begin(self, updates: Sequence[Received]) -> None:
        """Takes up what is new. While a chat is in work its next ones wait: they come again."""
        lanes: dict[str, list[Received]] = defaultdict(list)
        for update in updates:
            if update.lane not in self._working and update.number not in self._done:
                lanes[update.lane].append(update)
        for lane, waiting in lanes.items():
            self._working[lane] = asyncio.create_task(self._work(waiting))

    async def settle(self, seconds: float) -> Exception | None:
        """Waits until nothing is in work, at most so long; the first failure, if there was one."""
        if not self._working:
            return None
        ended, _ = await asyncio.wait(self._working.values(), timeout=seconds)
        self._working = {name: task for name, task in self._working.items() if task not in ended}
        failures = (task.exception() for task in ended)
        return next((one for one in failures if isinstance(one, Exception)), None)

    def confirm(self, updates: Sequence[Received]) -> int | None:
        """How far all of a reading are done: the next offset, or None where it stays."""
        numbers = [update.number for update in updates if update.number is not None]
        if not numbers:
            return None
        undone = [number for number in numbers if number not in self._done]
        offset = min(undone) if undone else max(numbers) + 1
        if offset == min(numbers):
            return None
        self._done = {number for number in self._done if number >= offset}
        return offset

    async def stop(self) -> None:
        """Leaves what is in work: it was not confirmed, and comes again."""
        for task in self._working.values():
            task.cancel()
        await asyncio.gather(*self._working.values(), return_exceptions=True)
        self._working.clear()

    async def _work(self, waiting: Sequence[Received]) -> None:
        for update in waiting:
            await self._take(update.raw)
            if update.number is not None:
                self._done.add(update.number)
