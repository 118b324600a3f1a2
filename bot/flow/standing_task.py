"""A task that must always run: one that dies is started again, and until then it counts as down."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.channels.channel import AuthFailed

BACK_OFF_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)

STEADY_SECONDS = 2.0
"""One that has fallen counts as up again once it has run for so long."""

FORGIVEN_SECONDS = 60.0
"""After so long a run the next fall waits for the first back-off again."""

_logger = logging.getLogger(__name__)


class StandingTask:
    """Keeps `work` running until cancelled. Work that ends by itself is done, and counts as up."""

    def __init__(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        self.name = name
        self.is_up = True
        self._work = work
        self._falls = 0

    async def run(self) -> None:
        """Runs the work; each time it dies, again after a pause that grows.

        A channel whose credentials are refused is left alone: only a person can mend that.
        """
        while True:
            task = asyncio.ensure_future(self._work())
            try:
                error = await self._fall(task)
            except BaseException:
                await _end(task)
                raise
            if error is None:
                self.is_up = True
                return
            if isinstance(error, AuthFailed):
                _logger.error("%s is refused, and stays stopped: %s", self.name, error)
                return
            await self._pause(error)

    async def _fall(self, task: "asyncio.Future[None]") -> BaseException | None:
        """Waits for the end of the work; what it died of, None where it is done."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        await asyncio.wait({task}, timeout=STEADY_SECONDS)
        if not task.done():
            self.is_up = True
            await asyncio.wait({task})
        if loop.time() - started > FORGIVEN_SECONDS:
            self._falls = 0
        # Nobody but us may end it: from within, a cancellation is a death like any other.
        return asyncio.CancelledError() if task.cancelled() else task.exception()

    async def _pause(self, error: BaseException) -> None:
        self.is_up = False
        wait = BACK_OFF_SECONDS[min(self._falls, len(BACK_OFF_SECONDS) - 1)]
        self._falls += 1
        _logger.error("%s died, and starts again in %.1f s", self.name, wait, exc_info=error)
        await asyncio.sleep(wait)


async def _end(task: "asyncio.Future[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
