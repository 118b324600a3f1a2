"""What an error of Telegram means for a message: python-telegram-bot's classes to our tree."""

from datetime import timedelta

import httpx
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.channel import (
    AuthFailed,
    ChannelError,
    MaybeSent,
    NotSent,
    Rejected,
    Unreachable,
)
from bot.logs import redact

PATIENCE_SECONDS = 30.0
"""Waited after a 429 that does not say how long."""

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_GONE = ("chat not found", "user not found", "peer_id_invalid")


def to_channel_error(error: TelegramError) -> ChannelError:
    """The end of a send. `BadRequest` is a kind of `NetworkError`, so it is looked at first."""
    text = redact(str(error))
    if isinstance(error, BadRequest):
        gone = any(words in text.lower() for words in _GONE)
        return Unreachable(text) if gone else Rejected(text)
    if isinstance(error, RetryAfter):
        return NotSent(text, wait=wait_of(error))
    if isinstance(error, Forbidden):
        return Unreachable(text)
    if isinstance(error, InvalidToken):
        return AuthFailed("the token is refused")
    return _of_the_network(error, text) if isinstance(error, NetworkError) else Rejected(text)


def wait_of(error: RetryAfter) -> float:
    """The seconds that Telegram asks to wait: a number or a duration, as the library is set."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _of_the_network(error: NetworkError, text: str) -> ChannelError:
    lowered = text.lower()
    if isinstance(error.__cause__, _NEVER_LEFT):
        return NotSent(text)
    if "too many requests" in lowered:
        return NotSent(text, wait=PATIENCE_SECONDS)
    if "too large" in lowered:
        return Rejected(text)
    return MaybeSent(text)
