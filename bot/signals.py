"""Wakes whoever waits for a subject, within one process; the database stays the truth.

Waiters also look by themselves at intervals, so that what another process wrote is found too.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress

INBOX = "inbox"
OUTBOX = "outbox"
CONSOLE = "console"


def conversation(conversation_id: str) -> str:
    """The subject of one conversation."""
    return f"conversation:{conversation_id}"


class Signals:
    """Counters a subject; `wait` returns once the counter moves on, or at the timeout.

    Thread-safe: `notify` may be called from a worker thread once the loop is bound.
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = defaultdict(int)
        self._waiters: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None

    def bind(self) -> None:
        """Ties the signals to the running loop."""
        self._loop = asyncio.get_running_loop()

    def count(self, subject: str) -> int:
        """How often the subject was notified: take it before looking, give it to `wait`."""
        return self._counts.get(subject, 0)  # looking leaves no trace: subjects come from outside

    def notify(self, *subjects: str) -> None:
        """Wakes all who wait for one of the subjects."""
        if self._loop is None:
            self._notify(subjects)
            return
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._notify, subjects)

    async def wait(self, subject: str, *, since: int, timeout: float) -> None:  # noqa: ASYNC109
        """Returns at once where it moved on since `since`, else at a notice or the timeout."""
        await self.wait_for_any({subject: since}, timeout=timeout)

    async def wait_for_any(self, counts: Mapping[str, int], *, timeout: float) -> None:  # noqa: ASYNC109
        """As `wait`, for several subjects with what each was counted before looking."""
        if any(self.count(subject) != since for subject, since in counts.items()):
            return
        woken = asyncio.Event()
        for subject in counts:
            self._waiters[subject].add(woken)
        try:
            # Not `wait_for`: before Python 3.12 it swallows a cancellation that meets a notice.
            with suppress(TimeoutError):
                async with asyncio.timeout(timeout):
                    await woken.wait()
        finally:
            for subject in counts:
                self._waiters[subject].discard(woken)
                if not self._waiters[subject]:
                    del self._waiters[subject]

    def _notify(self, subjects: tuple[str, ...]) -> None:
        for subject in subjects:
            self._counts[subject] += 1
            for woken in self._waiters.get(subject, ()):
                woken.set()
