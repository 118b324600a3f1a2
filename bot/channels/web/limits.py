"""How much one sender may bring to the web chat. The numbers and their reasons: ADR 11."""

import time

from bot.channels.allowance import Allowance, Seconds
from bot.channels.web.refusal import Refused, whole_seconds
from bot.house import House

MESSAGES_AT_ONCE = 30
MESSAGES_A_MINUTE = 20
"""Of one chat: nobody writes faster for long."""

ADDRESS_MESSAGES_AT_ONCE = 600
ADDRESS_MESSAGES_A_MINUTE = 300
"""Of one network address, behind which a whole hall may sit."""

ADDRESS_CHATS_AT_ONCE = 100
ADDRESS_CHATS_A_MINUTE = 20
"""Of one network address: first messages of visitors who have no conversation yet."""

ADDRESS_UPLOADS_AT_ONCE = 3
ADDRESS_UPLOAD_BYTES_A_MINUTE = 20 * 1024 * 1024
"""Of one network address: so many of the largest messages, then so many bytes."""


class WebLimits:
    """What a sender still may; each refusal says in words how long to wait."""

    def __init__(
        self, house: House, *, largest_upload: int, seconds: Seconds = time.monotonic
    ) -> None:
        self._house = house
        self._chat_messages = Allowance(
            at_once=MESSAGES_AT_ONCE, a_minute=MESSAGES_A_MINUTE, seconds=seconds
        )
        self._messages = Allowance(
            at_once=ADDRESS_MESSAGES_AT_ONCE, a_minute=ADDRESS_MESSAGES_A_MINUTE, seconds=seconds
        )
        self._chats = Allowance(
            at_once=ADDRESS_CHATS_AT_ONCE, a_minute=ADDRESS_CHATS_A_MINUTE, seconds=seconds
        )
        self._upload_bytes = Allowance(
            at_once=ADDRESS_UPLOADS_AT_ONCE * largest_upload,
            a_minute=ADDRESS_UPLOAD_BYTES_A_MINUTE,
            seconds=seconds,
        )

    def let_knock(self, address: str) -> None:
        """Counts a message of an address, before its body is read.

        Raises:
            Refused: too many.
        """
        self._pass("network_too_fast", self._messages.take(address))

    def let_upload(self, address: str, size: int) -> None:
        """Counts the bytes of an upload, before they are read.

        Raises:
            Refused: too many.
        """
        self._pass("uploads_too_fast", self._upload_bytes.take(address, size))

    def let_write(self, chat_key: str, address: str, is_new_chat: bool) -> None:  # noqa: FBT001
        """Counts a message that is about to be stored.

        Raises:
            Refused: too many of this chat, or too many new chats of this address.
        """
        if is_new_chat:
            self._pass("network_too_fast", self._chats.take(address))
        self._pass("too_fast", self._chat_messages.take(chat_key))

    def _pass(self, sentence: str, wait: float) -> None:
        if wait:
            words = self._house.texts.say(f"channels.{sentence}", seconds=whole_seconds(wait))
            raise Refused(429, words, wait=wait)
