"""Lets the replies of officers go once their moment is over, whatever was stopped meanwhile."""

import asyncio
import logging

from sqlalchemy.orm import Session

from bot import signals
from bot.house import House
from bot.services.replying.held_replies import HeldReplies

LOOK_SECONDS = 5.0
"""How often it looks by itself: an application that held a reply may have died."""

LEAST_SECONDS = 0.2
"""How long it waits at least: of several applications another may just be at it."""

_logger = logging.getLogger(__name__)


class HeldReplySender:
    """Several may run over one database: each reply goes under the lock of its case, once."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def run(self) -> None:
        """Looks until cancelled: at once, when one is held, and when one is due."""
        while True:
            since = self._house.signals.count(signals.REPLIES)
            try:
                pause = await asyncio.to_thread(self.look)
            except Exception:
                _logger.exception("held replies could not be looked at")
                pause = LOOK_SECONDS
            await self._house.signals.wait(signals.REPLIES, since=since, timeout=pause)

    def look(self) -> float:
        """Sends what is due; returns in how many seconds to look again."""
        now = self._house.clock()
        with self._house.database.reading() as session:
            due = self._replies(session).due(now=now)
        for held_id in due:
            self._send(held_id)
        with self._house.database.reading() as session:
            next_due = self._replies(session).next_due()
        if next_due is None:
            return LOOK_SECONDS
        seconds = (next_due - self._house.clock()).total_seconds()
        return min(max(seconds, LEAST_SECONDS), LOOK_SECONDS)

    def _send(self, held_id: int) -> None:
        """One that fails holds up no other, and is tried again."""
        try:
            with self._house.database.transaction() as session:
                request = self._replies(session).send_due(held_id, now=self._house.clock())
        except Exception:
            _logger.exception("a held reply could not be sent, and is tried again")
            return
        if request is not None:
            self._house.signals.notify(
                signals.CONSOLE, signals.OUTBOX, signals.conversation(request.conversation_id)
            )

    def _replies(self, session: Session) -> HeldReplies:
        house = self._house
        return HeldReplies(session, house.texts, house.library.current, house.settings.files_dir)
