"""Carries signals between the applications of one database, in batches and behind the turns."""

import asyncio
import json
import logging
from collections.abc import Iterable, Iterator

from sqlalchemy.exc import SQLAlchemyError

from bot.signals import Signals
from bot.storage.notices import LARGEST_BYTES, NoticeBoard

AGAIN_SECONDS = 1.0
"""How long it waits before it listens anew."""

_logger = logging.getLogger(__name__)


class Relay:
    """`name` tells its own notices from those of others."""

    def __init__(self, signals: Signals, board: NoticeBoard, name: str) -> None:
        self._signals = signals
        self._board = board
        self._name = name
        self._waiting: set[str] = set()
        self._due = asyncio.Event()

    async def run(self) -> None:
        """Carries until cancelled; where nobody shares the database there is nothing to carry."""
        if not self._board.is_shared:
            return
        self._signals.carry(self._put)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._tell())
                tasks.create_task(self._listen())
        finally:
            self._signals.carry(None)

    def _put(self, subjects: Iterable[str]) -> None:
        self._waiting.update(subjects)
        self._due.set()

    async def _tell(self) -> None:
        while True:
            await self._due.wait()
            self._due.clear()
            subjects, self._waiting = self._waiting, set()
            told = list(notices(self._name, subjects))
            try:
                await asyncio.to_thread(self._board.tell, told)
            except SQLAlchemyError:
                # Nobody is waited for: the others look by themselves.
                _logger.warning("other applications could not be told of news")

    async def _listen(self) -> None:
        while True:
            await self._board.listen(self._signals.hear_all, self._hear)
            await asyncio.sleep(AGAIN_SECONDS)

    def _hear(self, notice: str) -> None:
        try:
            sender, *subjects = json.loads(notice)
        except ValueError:
            _logger.warning("a notice cannot be read")
            return
        if sender != self._name:
            self._signals.hear(map(str, subjects))


def notices(sender: str, subjects: Iterable[str]) -> Iterator[str]:
    """The subjects in as few notices as fit; one that is too long for any is left out."""
    batch, size = [sender], _bytes(sender)
    for subject in sorted(subjects):
        more = _bytes(subject)
        if len(batch) > 1 and size + more > LARGEST_BYTES:
            yield json.dumps(batch)
            batch, size = [sender], _bytes(sender)
        if size + more <= LARGEST_BYTES:
            batch.append(subject)
            size += more
    if len(batch) > 1:
        yield json.dumps(batch)


def _bytes(word: str) -> int:
    # With the sign that parts it from the next; what is no ASCII is written with it.
    return len(json.dumps(word)) + 2
