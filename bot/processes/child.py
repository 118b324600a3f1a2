"""A child process: started, watched, restarted with back-off, stopped with its whole group."""

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.processes.masked_log import MaskedLog
from bot.settings import ROOT

log = logging.getLogger(__name__)

BACK_OFF_SECONDS = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)
STEADY_SECONDS = 60.0
"""A child that ran so long is taken to be well: its next fall starts at the first back-off."""

STOP_SECONDS = 10.0
LAST_WORDS_SECONDS = 1.0


@dataclass
class Child:
    """One process. Its standard input is its lifeline: it ends when we do, however we end.

    `patience`: seconds that it has for its end once it is asked to.
    """

    name: str
    command: list[str]
    environment: dict[str, str]
    log_file: Path | None = None
    on_fall: Callable[[str, int], None] = lambda _name, _code: None
    patience: float = STOP_SECONDS
    falls: int = 0
    _process: asyncio.subprocess.Process | None = field(default=None, repr=False)
    _keeping: asyncio.Task[None] | None = field(default=None, repr=False)
    _stopping: bool = False

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Starts it, in a group of its own so that Ctrl-C reaches only us."""
        is_kept = self.log_file is not None
        self._process = await asyncio.create_subprocess_exec(
            *self.command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **self.environment},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE if is_kept else None,
            stderr=asyncio.subprocess.STDOUT if is_kept else None,
            start_new_session=True,
        )
        if self.log_file is not None and self._process.stdout is not None:
            self._keeping = asyncio.create_task(MaskedLog(self.log_file).keep(self._process.stdout))

    async def keep_running(self) -> None:
        """Waits for its end and starts it again, until `stop`."""
        loop = asyncio.get_running_loop()
        while not self._stopping and self._process is not None:
            started = loop.time()
            code = await self._process.wait()
            if self._stopping:
                return
            steady = loop.time() - started > STEADY_SECONDS
            self.falls = 1 if steady else self.falls + 1
            self.on_fall(self.name, code)
            await asyncio.sleep(BACK_OFF_SECONDS[min(self.falls, len(BACK_OFF_SECONDS)) - 1])
            if not self._stopping:
                await self.start()

    async def stop(self) -> None:
        """Asks it to end, and makes it end where it does not."""
        self._stopping = True
        await self._end()
        if self._keeping is not None:
            # Whoever still holds the pipe open is not of our group.
            await asyncio.wait([self._keeping], timeout=LAST_WORDS_SECONDS)
            self._keeping.cancel()

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        self._signal(signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), self.patience)
        if process.returncode is None:
            self._signal(signal.SIGKILL)
            await process.wait()

    def kill(self) -> None:
        """Ends it at once, as a crash would."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
