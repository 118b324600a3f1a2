"""Takes updates of Telegram into the house: translated, files fetched, stored."""

import asyncio
import logging
from contextlib import suppress

from telegram import Bot, CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.channels.channel import Accept
from bot.channels.telegram_events import TelegramEvents, TelegramFile, full_name
from bot.channels.upload import MEGABYTE, UploadRefused, keep_upload
from bot.domain.messages import Attachment, ChannelName, EventKind, InboundEvent
from bot.house import House
from bot.logs import redact
from bot.services.conversations import ConversationService
from bot.services.received import ReceivedEvents

DOWNLOAD_TRIES = 3
PRIVATE = "private"

_logger = logging.getLogger(__name__)


class TelegramInbox:
    """One update after another; private chats only."""

    def __init__(self, house: House, bot: Bot, bot_id: str) -> None:
        self._house = house
        self._bot = bot
        self._events = TelegramEvents(bot_id, house.texts, house.clock)
        self._answers: set[asyncio.Task[None]] = set()

    async def take(self, update: Update, accept: Accept) -> None:
        """Stores what the update says. What is not for us is passed over.

        Raises:
            Exception: it could not be stored; the update must come again.
        """
        chat = update.effective_chat
        if chat is None or chat.type != PRIVATE:
            return
        if update.callback_query is not None:
            self._acknowledge(update.callback_query)
            await accept(self._events.pressed(update.callback_query))
        elif update.message is not None:
            await self._take_message(update.message, accept)
        elif update.edited_message is not None:
            await self._take_edit(update.edited_message, accept)
        elif update.my_chat_member is not None:
            await asyncio.to_thread(self._note_reach, update.my_chat_member)

    async def _take_message(self, message: Message, accept: Accept) -> None:
        file = self._events.file(message)
        if file is None:
            await accept(self._events.written(message))
        elif not await asyncio.to_thread(self._is_known, self._events.message_event_id(message)):
            await accept(await self._with_file(message, file))

    async def _take_edit(self, message: Message, accept: Accept) -> None:
        """An edit counts where it changes the words: Telegram sends one for a reaction, too."""
        event = self._events.edited(message)
        if event.text and event.text != await asyncio.to_thread(self._last_words, message):
            await accept(event)

    async def _with_file(self, message: Message, file: TelegramFile) -> InboundEvent:
        try:
            kept = await self._fetch(message, file)
        except UploadRefused as refused:
            return self._events.event(message, EventKind.UNSUPPORTED, str(refused))
        event = self._events.event(message, EventKind.FILES, message.caption or "")
        return event.model_copy(update={"attachments": [kept]})

    async def _fetch(self, message: Message, file: TelegramFile) -> Attachment:
        say = self._house.texts.say
        limit = self._house.settings.max_upload_mb
        if file.size > limit * MEGABYTE:
            raise UploadRefused(say("channels.file_too_large", name=file.name, limit=limit))
        content = await self._download(file)
        if content is None:
            raise UploadRefused(say("channels.file_lost", name=file.name))
        return await asyncio.to_thread(
            keep_upload,
            self._house,
            channel=ChannelName.TELEGRAM,
            chat_key=str(message.chat.id),
            sender=full_name(message.from_user),
            name=file.name,
            content=content,
        )

    async def _download(self, file: TelegramFile) -> bytes | None:
        for _ in range(DOWNLOAD_TRIES):
            try:
                found = await self._bot.get_file(file.file_id)
                return bytes(await found.download_as_bytearray())
            except TelegramError as error:
                _logger.warning("telegram file not fetched: %s", redact(str(error)))
                if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
                    return None
        return None

    def _acknowledge(self, query: CallbackQuery) -> None:
        """Stops the button's waiting sign; whether that works does not matter."""

        async def answer() -> None:
            with suppress(TelegramError):
                await self._bot.answer_callback_query(query.id)

        task = asyncio.create_task(answer())
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    def _is_known(self, event_id: str) -> bool:
        with self._house.database.transaction() as session:
            return ReceivedEvents(session).knows(ChannelName.TELEGRAM, event_id)

    def _last_words(self, message: Message) -> str:
        with self._house.database.transaction() as session:
            return ReceivedEvents(session).last_words(
                ChannelName.TELEGRAM,
                self._events.message_event_id(message),
                edits=self._events.edit_prefix(message),
            )

    def _note_reach(self, change: ChatMemberUpdated) -> None:
        reachable = change.new_chat_member.status not in {"kicked", "left"}
        with self._house.database.transaction() as session:
            conversation = ConversationService(session).find(
                ChannelName.TELEGRAM, str(change.chat.id)
            )
            if conversation is not None:
                conversation.reachable = reachable
