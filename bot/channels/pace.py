"""How fast a channel may send: so many a second overall, so many a second a chat."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

REMEMBERED_CHATS = 5000


class Pace:
    """Hands out moments to send in; whoever comes too early sleeps until its own.

    `seconds` and `sleep` are the time it lives in.
    """

    def __init__(
        self,
        *,
        overall: float,
        per_chat: float,
        seconds: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1 / overall
        self._chat_gap = 1 / per_chat
        self._seconds = seconds
        self._sleep = sleep
        self._next = 0.0
        self._next_in_chat: OrderedDict[str, float] = OrderedDict()

    async def turn(self, chat_key: str) -> None:
        """Returns when a message to this chat may leave."""
        now = self._seconds()
        moment = max(now, self._next, self._next_in_chat.pop(chat_key, 0.0))
        # A chat that must wait for itself does not hold up the others.
        self._next = max(now, self._next) + self._gap
        self._next_in_chat[chat_key] = moment + self._chat_gap
        while len(self._next_in_chat) > REMEMBERED_CHATS:
            self._next_in_chat.popitem(last=False)
        if moment > now:
            await self._sleep(moment - now)

    def pause(self, seconds: float) -> None:
        """Nothing leaves for so long: the platform asked for patience."""
        self._next = max(self._next, self._seconds() + seconds)
