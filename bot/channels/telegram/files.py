"""Files that wait at Telegram: fetched in good time or refused in words."""

import asyncio
import logging
from dataclasses import dataclass

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.channels.channel import UploadRefused
from bot.house import House
from bot.logs import redact
from bot.services.messaging.files import Upload

DOWNLOAD_TRIES = 3

DOWNLOAD_SECONDS = 120.0
"""For all tries of one file: what trickles in for longer is asked for again."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TelegramFile:
    """A file that waits at Telegram. `name` may be shown; `size` in bytes, 0 where not told."""

    file_id: str
    name: str
    size: int


class TelegramFiles:
    """Fetches files into the house."""

    def __init__(self, house: House, bot: Bot, *, seconds: float = DOWNLOAD_SECONDS) -> None:
        self._house = house
        self._bot = bot
        self._seconds = seconds

    async def fetch(self, file: TelegramFile) -> Upload:
        """A file's content.

        Raises:
            UploadRefused: larger than we take, or not to be had.
        """
        say = self._house.texts.say
        settings = self._house.settings
        if file.size > settings.max_upload_bytes:
            sentence = say("channels.file_too_large", name=file.name, limit=settings.max_upload_mb)
            raise UploadRefused("too_large", sentence)
        content = await self._download(file)
        if content is None:
            raise UploadRefused("lost", say("channels.file_lost", name=file.name))
        return Upload(file.name, content)

    async def _download(self, file: TelegramFile) -> bytes | None:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._in_some_tries(file)
        except TimeoutError:
            _logger.warning("telegram file not fetched: longer than %s seconds", self._seconds)
            return None

    async def _in_some_tries(self, file: TelegramFile) -> bytes | None:
        for _ in range(DOWNLOAD_TRIES):
            try:
                found = await self._bot.get_file(file.file_id)
                return bytes(await found.download_as_bytearray())
            except TelegramError as error:
                _logger.warning("telegram file not fetched: %s", redact(str(error)))
                if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
                    return None
        return None
