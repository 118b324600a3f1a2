"""Telegram: our own polling loop and sender over python-telegram-bot's `Bot`."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from bot.channels.channel import Accept, PartLeft, uncounted
from bot.channels.pace import Pace
from bot.channels.telegram.duty import Duty
from bot.channels.telegram.forms import TelegramForms
from bot.channels.telegram.inbox import TelegramInbox
from bot.channels.telegram.polling import POLL_SECONDS, TelegramPolling
from bot.channels.telegram.sending import TelegramSending
from bot.domain.talk.messages import ChannelName
from bot.house import House
from bot.logs import quiet_libraries
from bot.services.messaging.outbox import TakenDelivery

# The library gives durations as `timedelta` once it is asked to, and warns until then.
os.environ.setdefault("PTB_TIMEDELTA", "1")

MESSAGES_A_SECOND = 25.0
"""Telegram allows about 30 a second overall and 1 a second a chat."""


class TelegramChannel:
    """A bot of the Telegram Bot API. `read_timeout`: seconds waited for an answer."""

    name = ChannelName.TELEGRAM
    resend_is_safe = False

    def __init__(
        self,
        house: House,
        *,
        read_timeout: float = 15.0,
        poll_seconds: int = POLL_SECONDS,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        quiet_libraries()
        token = house.settings.telegram_token.get_secret_value()
        bot_id = token.partition(":")[0]
        self._bot = _bot(token, house.settings.telegram_base_url.rstrip("/"), read_timeout)
        self._duty = Duty(house, f"telegram:{bot_id}")
        self._polling = TelegramPolling(
            house,
            self._bot,
            TelegramInbox(house, self._bot, bot_id),
            bot_id,
            poll_seconds=poll_seconds,
            sleep=sleep,
        )
        pace = Pace(overall=MESSAGES_A_SECOND, per_chat=1.0, sleep=sleep)
        self._sending = TelegramSending(
            self._bot, house.settings.files_dir, TelegramForms(house), pace, sleep
        )

    def router(self, accept: Accept) -> None:
        """None: it is polled."""

    async def send(self, delivery: TakenDelivery, part_left: PartLeft = uncounted) -> str:
        """Sends a message in as many parts as Telegram needs; returns the id of the first."""
        return await self._sending.send(delivery, part_left)

    async def typing(self, chat_key: str) -> None:
        """Shows "typing" for about five seconds."""
        with suppress(TelegramError):
            await self._bot.send_chat_action(chat_key, "typing")

    async def run(self, accept: Accept) -> None:
        """Polls until cancelled, while no other application does.

        Raises:
            AuthFailed: Telegram refuses the token.
        """
        await self._duty.do(partial(self._polling.run, accept))

    async def close(self) -> None:
        """Closes all connections."""
        for request in self._bot._request:  # noqa: SLF001  (`shutdown` does nothing before `initialize`)
            await request.shutdown()

    @property
    def sends_here(self) -> bool:
        """Whether this application is the one that reads and sends for the bot."""
        return self._duty.is_ours

    @property
    def conflicts(self) -> int:
        """How often in a row another reader stood in the way."""
        return self._polling.conflicts


def _bot(token: str, base_url: str, read_timeout: float) -> Bot:
    return Bot(
        token,
        base_url=f"{base_url}/bot",
        base_file_url=f"{base_url}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=64,
            connect_timeout=5,
            read_timeout=read_timeout,
            write_timeout=15,
            pool_timeout=5,
            media_write_timeout=60,
        ),
        # A pool of its own: a torn long poll must not starve the sender, nor the sender it.
        get_updates_request=HTTPXRequest(
            connection_pool_size=4, connect_timeout=5, read_timeout=5, pool_timeout=5
        ),
    )
