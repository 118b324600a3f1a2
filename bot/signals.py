"""Wakes whoever waits for a subject; the database stays the truth.

Within one process, and by a carrier (`bot/flow/relay.py`) in all that share a database. Waiters
also look by themselves at intervals, so that what nobody told of is found too.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

INBOX = "inbox"
OUTBOX = "outbox"
REPLIES = "replies"
CONSOLE = "console"


Carry = Callable[[Iterable[str]], None]
"""Takes subjects to other processes; returns at once."""

Take = Callable[[str], None]
"""Takes what stands behind the beginning of a subject; called in the loop, returns at once."""


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
        self._missed = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._carry: Carry | None = None
        self._listeners: list[tuple[str, Take]] = []

    def bind(self) -> None:
        """Ties the signals to the running loop."""
        self._loop = asyncio.get_running_loop()

    def carry(self, carry: Carry | None) -> None:
        """From now on notices go to other processes, too; None: no longer."""
        self._carry = carry

    def listen(self, prefix: str, take: Take) -> None:
        """Subjects that begin so carry something: they are handed over, and nobody waits for them.

        Whatever process said them, this one too.
        """
        self._listeners.append((prefix, take))

    def count(self, subject: str) -> int:
        """How often the subject was notified: take it before looking, give it to `wait`."""
        # Looking leaves no trace: subjects come from outside.
        return self._counts.get(subject, 0) + self._missed

    def notify(self, *subjects: str) -> None:
        """Wakes all who wait for one of the subjects: to be called after the commit."""
        if self._loop is None:
            self._notify(subjects)
            return
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._notify, subjects)

    def hear(self, subjects: Iterable[str]) -> None:
        """Another process has notified; to be called in the loop."""
        for subject in subjects:
            takers = [one for one in self._listeners if subject.startswith(one[0])]
            for prefix, take in takers:
                take(subject.removeprefix(prefix))
            if takers:
                continue
            self._counts[subject] += 1
            for woken in self._waiters.get(subject, ()):
                woken.set()

    def hear_all(self) -> None:
        """Others may have notified of anything: all who wait look once. In the loop, too."""
        self._missed += 1
        for waiters in self._waiters.values():
            for woken in waiters:
                woken.set()

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
        self.hear(subjects)
        if self._carry is not None:
            self._carry(subjects)
