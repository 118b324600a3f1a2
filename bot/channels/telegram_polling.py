"""Reads a Telegram bot's updates: the offset moves on only after they are stored."""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from sqlalchemy.exc import InterfaceError, OperationalError
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.channels.channel import Accept, AuthFailed
from bot.channels.telegram_errors import wait_of
from bot.channels.telegram_inbox import TelegramInbox
from bot.house import House
from bot.logs import redact
from bot.storage.models import PollOffset

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
POLL_SECONDS = 30
FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
GROWTH = 1.5
ALARMING_CONFLICTS = 5
"""So many in a row mean a second reader or a webhook, not a restart that overlaps."""

UPDATE_TRIES = 5
"""An update that we cannot translate must not hold up all that come after it."""

OFFSET_LIFE = timedelta(days=6)
"""After a week of silence Telegram starts its numbers anew; all before are confirmed by then."""

_logger = logging.getLogger(__name__)


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
        self._failures: Counter[int] = Counter()
        self.conflicts = 0

    async def run(self, accept: Accept) -> None:
        """Reads until cancelled; what fails is tried again, ever more slowly.

        Raises:
            AuthFailed: Telegram refuses the token.
        """
        is_ready = False
        while True:
            try:
                if not is_ready:
                    await self._bot.initialize()
                    await self._bot.delete_webhook(drop_pending_updates=False)
                    is_ready = True
                await self._round(accept)
                self._wait = FIRST_WAIT
                self.conflicts = 0
            except InvalidToken:
                raise AuthFailed("Telegram refuses the token") from None
            except Exception as error:  # noqa: BLE001  (the loop outlives whatever happens)
                await self._sleep(self._pause_after(error))

    async def _round(self, accept: Accept) -> None:
        offset = await asyncio.to_thread(self._offset)
        async with asyncio.timeout(self._poll_seconds + LONGEST_WAIT):
            updates = await self._bot.get_updates(
                offset=offset, timeout=self._poll_seconds, allowed_updates=ALLOWED_UPDATES
            )
        if not updates:
            return
        await self._take(updates, accept)
        await asyncio.to_thread(self._advance, max(u.update_id for u in updates) + 1)
        self._failures.clear()

    async def _take(self, updates: Sequence[Update], accept: Accept) -> None:
        """Chats side by side, so that one's large file keeps nobody waiting; one chat in order."""
        lanes: dict[int, list[Update]] = defaultdict(list)
        for update in updates:
            chat = update.effective_chat
            lanes[chat.id if chat else 0].append(update)
        async with asyncio.TaskGroup() as tasks:
            for lane in lanes.values():
                tasks.create_task(self._take_lane(lane, accept))

    async def _take_lane(self, lane: Sequence[Update], accept: Accept) -> None:
        for update in lane:
            try:
                await self._inbox.take(update, accept)
            except (OperationalError, InterfaceError, OSError):
                raise  # the database is away: the update waits for it, however long
            except Exception:
                self._failures[update.update_id] += 1
                if self._failures[update.update_id] < UPDATE_TRIES:
                    raise
                _logger.exception("telegram update %d is passed over", update.update_id)

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
        if isinstance(error, TelegramError):
            _logger.warning("telegram cannot be read: %s", redact(str(error)))
            return
        _logger.error("telegram updates could not be stored", exc_info=error)

    def _offset(self) -> int | None:
        with self._house.database.transaction() as session:
            row = session.get(PollOffset, self._key)
            if row is None or self._house.clock() - row.updated_at > OFFSET_LIFE:
                return None
            return row.offset

    def _advance(self, offset: int) -> None:
        now = self._house.clock()
        with self._house.database.transaction() as session:
            session.merge(PollOffset(channel=self._key, offset=offset, updated_at=now))
