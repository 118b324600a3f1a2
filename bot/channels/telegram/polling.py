"""Reads a Telegram bot's updates: the offset moves on only after they are stored."""

import asyncio
import functools
import logging
import warnings
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.error import (
    Conflict,
    EndPointNotFound,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.channel import Accept, AuthFailed
from bot.channels.telegram.errors import wait_of
from bot.channels.telegram.inbox import TelegramInbox
from bot.channels.telegram.lanes import TelegramLanes
from bot.channels.telegram.received import Received, received
from bot.house import House
from bot.logs import redact
from bot.services.inbound.poll_offsets import PollOffsets

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
POLL_SECONDS = 30
ANSWER_SECONDS = 5
"""For the answer itself, beside the time for which Telegram may hold it back."""

FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
GROWTH = 1.5
ALARMING_CONFLICTS = 5
"""So many in a row mean a second reader or a webhook, not a restart that overlaps."""

LANE_SECONDS = 1.0
"""After so long the next reading begins beside what is still in work, such as a slow file."""

OFFSET_LIFE = timedelta(days=6)
"""After a week of silence Telegram starts its numbers anew; all before are confirmed by then."""

# `Bot.get_updates` parses all updates or none; the raw ones come only by the method's name.
warnings.filterwarnings("ignore", message=r"Please use 'Bot\.getUpdates'")

_logger = logging.getLogger(__name__)


class OddReading(Exception):
    """What Telegram gave is no list of updates, or none of them can be confirmed."""


class TelegramPolling:
    """The loop. `poll_seconds` is how long Telegram holds an empty answer back."""

    def __init__(  # noqa: PLR0913  (the last two are its time)
        self,
        house: House,
        bot: Bot,
        inbox: TelegramInbox,
        bot_id: str,
        *,
        poll_seconds: int = POLL_SECONDS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._house = house
        self._bot = bot
        self._inbox = inbox
        self._key = f"telegram:{bot_id}"[:20]
        self._poll_seconds = poll_seconds
        self._sleep = sleep
        self._wait = FIRST_WAIT
        self.conflicts = 0

    async def run(self, accept: Accept) -> None:
        """Reads until cancelled; what fails is tried again, ever more slowly.

        Raises:
            AuthFailed: Telegram refuses the token.
        """
        lanes = TelegramLanes(functools.partial(self._inbox.take, accept=accept))
        try:
            await self._read(lanes)
        finally:
            await lanes.stop()

    async def _read(self, lanes: TelegramLanes) -> None:
        is_ready = False
        while True:
            try:
                if not is_ready:
                    await self._bot.initialize()
                    await self._bot.delete_webhook(drop_pending_updates=False)
                    is_ready = True
                await self._round(lanes)
                self._wait = FIRST_WAIT
            except (InvalidToken, EndPointNotFound):
                # Once it has known the token, the library takes its refusal for a missing method.
                raise AuthFailed("Telegram refuses the token") from None
            except Exception as error:  # noqa: BLE001  (the loop outlives whatever happens)
                await self._sleep(self._pause_after(error))

    async def _round(self, lanes: TelegramLanes) -> None:
        offset = await asyncio.to_thread(self._offset)
        updates = await self._fetch(offset)
        lanes.begin(updates)
        failure = await lanes.settle(LANE_SECONDS)
        reached = lanes.confirm(updates)
        if reached is not None:
            await asyncio.to_thread(self._advance, reached)
        if failure is not None:
            raise failure
        if updates and reached is None and lanes.is_idle:
            raise OddReading("updates that cannot be confirmed")

    async def _fetch(self, offset: int | None) -> list[Received]:
        asked: dict[str, Any] = {"timeout": self._poll_seconds, "allowed_updates": ALLOWED_UPDATES}
        async with asyncio.timeout(self._poll_seconds + LONGEST_WAIT):
            batch = await self._bot.do_api_request(
                "getUpdates",
                asked if offset is None else asked | {"offset": offset},
                read_timeout=self._poll_seconds + ANSWER_SECONDS,
            )
        self.conflicts = 0
        if not isinstance(batch, list):
            raise OddReading(f"{type(batch).__name__} instead of a list of updates")
        return received(batch, offset)

    def _pause_after(self, error: Exception) -> float:
        if isinstance(error, RetryAfter):
            return wait_of(error) + 0.5
        if isinstance(error, TimedOut | TimeoutError):
            return 0.0
        self._report(error)
        wait = self._wait
        self._wait = min(self._wait * GROWTH, LONGEST_WAIT)
        return wait

    def _report(self, error: Exception) -> None:
        if isinstance(error, Conflict):
            self.conflicts += 1
            if self.conflicts % ALARMING_CONFLICTS == 0:
                _logger.warning(
                    "another reader or a webhook takes this bot's messages (%d refusals in a row)",
                    self.conflicts,
                )
            return
        if isinstance(error, TelegramError | OddReading):
            _logger.warning("telegram cannot be read: %s", redact(str(error)))
            return
        _logger.error("telegram updates could not be stored", exc_info=error)

    def _offset(self) -> int | None:
        with self._house.database.reading() as session:
            return PollOffsets(session).of(self._key, now=self._house.clock(), life=OFFSET_LIFE)

    def _advance(self, offset: int) -> None:
        with self._house.database.transaction() as session:
            PollOffsets(session).advance(self._key, offset, now=self._house.clock())
