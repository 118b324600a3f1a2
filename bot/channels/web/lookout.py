"""Finds messages of which no page was told, and wakes the pages.

Whoever stores a message wakes its pages (`signals.conversation`). A command at the server's own
console has nobody to wake, and a process may die before it does.
"""

import asyncio
import logging
from collections import deque

from bot import signals
from bot.house import House
from bot.services.messaging.transcript import TranscriptService

LOOK_SECONDS = 1.0

OVERLAP = 100
"""Messages looked at again: with several writers a lower id may be committed after a higher one."""

_logger = logging.getLogger(__name__)


class Lookout:
    """Looks at what was said since it last looked."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._seen: deque[int] = deque(maxlen=2 * OVERLAP)
        self._has_looked = False

    async def run(self) -> None:
        """Looks until cancelled. What fails is logged, and tried again with the next look."""
        while True:
            try:
                for conversation_id in await asyncio.to_thread(self._look):
                    self._house.signals.notify(signals.conversation(conversation_id))
            except Exception:
                _logger.exception("new messages could not be looked for")
            await asyncio.sleep(LOOK_SECONDS)

    def _look(self) -> set[str]:
        """The conversations in which something new was said; none at the first look."""
        with self._house.database.reading() as session:
            newest = TranscriptService(session).newest_said(OVERLAP)
        known = set(self._seen)
        fresh = [said for said in newest if said.message_id not in known]
        self._seen.extend(said.message_id for said in fresh)
        had_looked, self._has_looked = self._has_looked, True
        return {said.conversation_id for said in fresh} if had_looked else set()
