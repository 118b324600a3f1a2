"""Takes up what was in the hands of an application that died, as soon as it is seen to be dead."""

import asyncio
import logging
from collections.abc import Sequence

from bot import signals
from bot.channels.channel import SendingChannel
from bot.house import House
from bot.services.inbound.inbox import InboxService
from bot.services.messaging.outbox import OutboxService
from bot.services.upkeep.jobs import JobService
from bot.storage.presence import Presence

LOOK_SECONDS = 2.0
"""How often it says that we live, and looks who does not."""

_logger = logging.getLogger(__name__)


class Heir:
    """The heir of all who leave something behind: docs/adr/0018-several-applications.md."""

    def __init__(
        self, house: House, channels: Sequence[SendingChannel], presence: Presence
    ) -> None:
        self._house = house
        self._presence = presence
        self._safe = frozenset(c.name for c in channels if c.resend_is_safe)

    async def run(self) -> None:
        """Looks until cancelled; the first time at once."""
        while True:
            await asyncio.to_thread(self.look)
            await asyncio.sleep(LOOK_SECONDS)

    def look(self) -> None:
        """One look. What fails is logged, and tried again with the next."""
        try:
            if self._presence.hold():
                self._inherit()
        except Exception:
            _logger.exception("who lives could not be seen")

    def _inherit(self) -> None:
        events, jobs = self._take_up_work()
        deliveries = self._take_up_deliveries()
        if events:
            _logger.warning("%d events were in work when an application died", events)
            self._house.signals.notify(signals.INBOX)
        if jobs:
            _logger.warning("%d jobs were running when an application died", jobs)
        if deliveries:
            _logger.warning("%d messages were being sent when their sender died", deliveries)
            self._house.signals.notify(signals.OUTBOX, signals.CONSOLE)

    def _take_up_work(self) -> tuple[int, int]:
        """Events and jobs, in one transaction: each look is one writer more."""
        with self._house.database.transaction() as session:
            inbox, jobs = InboxService(session), JobService(session)
            gone = self._presence.gone(session, inbox.holders() | jobs.holders())
            return sum(map(inbox.release, gone)), sum(map(jobs.release, gone))

    def _take_up_deliveries(self) -> int:
        now = self._house.clock()
        with self._house.database.transaction() as session:
            outbox = OutboxService(session)
            gone = self._presence.gone(session, outbox.holders())
            lost = [outbox.recover(one, resend_is_safe=self._safe, now=now) for one in gone]
            lost.append(outbox.expire(resend_is_safe=self._safe, now=now))
        return sum(states.total() for states in lost)
