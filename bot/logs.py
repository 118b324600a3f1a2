"""Logs without secrets and without personal numbers."""

import logging
import re

from bot.domain.text.masking import mask_numbers
from bot.settings import Settings

TOKENS = re.compile(r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{20,}|(?<=token=)[\w-]+|(?<=Bearer )[\w-]+")
"""Tokens of Telegram bots, of addresses and of headers."""

TALKATIVE = (
    "rasa_sdk",
    "httpx",
    "httpcore",
    "telegram",
    "sanic.access",
    "uvicorn.access",
)
"""Loggers that write whole addresses, which hold tokens, or a line for every request."""


class Redacting(logging.Formatter):
    """Masks tokens and personal numbers in everything that is written, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The line as it may be kept."""
        return redact(super().format(record))


def redact(text: str) -> str:
    """The text with tokens and personal numbers masked."""
    return mask_numbers(TOKENS.sub("[token]", text))


def configure_logging(settings: Settings) -> None:
    """One handler on standard error; libraries that log addresses with tokens are quiet."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    quiet_libraries()


def quiet_libraries() -> None:
    """Silences the loggers that print addresses."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
