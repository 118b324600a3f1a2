"""Takes updates of Telegram into the house: read, translated, files fetched, stored."""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.channel import Accept, UploadRefused
from bot.channels.telegram.events import TelegramEvents
from bot.channels.telegram.files import TelegramFile, TelegramFiles
from bot.channels.telegram.wire import (
    ChangedMembership,
    PressedButton,
    ReadUpdate,
    Unreadable,
    WrittenMessage,
    chat_key_of,
    read_update,
)
from bot.domain.input.cleaning import clean_words
from bot.domain.talk.messages import TEXT_LIMIT, ChannelName, EventKind
from bot.house import House
from bot.services.inbound.set_aside import Reason, SetAsideService, Untaken
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.received import Heard, ReceivedEvents

AWAY = (OperationalError, InterfaceError, NoConnectionFree, OSError)
"""The database or the disk cannot be reached: nothing is wrong with the update."""

_logger = logging.getLogger(__name__)


class TelegramInbox:
    """One update after another; private chats only."""

    def __init__(self, house: House, bot: Bot, bot_id: str) -> None:
        self._house = house
        self._bot = bot
        self._events = TelegramEvents(bot_id, house.texts, house.clock)
        self._files = TelegramFiles(house, bot)
        self._answers: set[asyncio.Task[None]] = set()

    async def take(self, raw: Any, accept: Accept) -> None:
        """Stores what an update says; skips what is not for us.

        What cannot be read or stored is set aside at once: it would fail the same way again.

        Raises:
            OperationalError, InterfaceError, TimeoutError, OSError: the database or the disk is
                away; the update must come again.
        """
        try:
            await self._take(read_update(raw), accept)
        except AWAY:
            raise
        except Unreadable as error:
            await self._set_aside(raw, Reason.UNREADABLE, error)
        except Exception as error:
            _logger.exception("a telegram update could not be stored")
            await self._set_aside(raw, Reason.UNSTORABLE, error)

    async def _take(self, update: ReadUpdate, accept: Accept) -> None:
        if not update.is_private:
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

    async def _take_message(self, message: WrittenMessage, accept: Accept) -> None:
        if message.is_notice:
            return
        file = self._events.file(message)
        if file is None:
            await accept(self._events.written(message))
        elif not await asyncio.to_thread(self._is_known, self._events.message_event_id(message)):
            await self._take_file(message, file, accept)

    async def _take_edit(self, message: WrittenMessage, accept: Accept) -> None:
        """An edit counts where it changes the words of a message that we know.

        Telegram sends one for a reaction, too, and every few seconds for a place that moves.
        """
        heard = await asyncio.to_thread(self._heard, message)
        if heard is not None and clean_words(message.words, TEXT_LIMIT) != heard.words:
            await accept(self._events.edited(message, heard))

    async def _take_file(self, message: WrittenMessage, file: TelegramFile, accept: Accept) -> None:
        try:
            upload = await self._files.fetch(file)
            await accept(self._events.event(message, EventKind.FILES), [upload])
        except UploadRefused as refused:
            await accept(self._events.refused(message, file, refused))

    async def _set_aside(self, raw: Any, reason: Reason, error: Exception) -> None:
        _logger.warning("a telegram update is set aside as %s", reason)
        try:
            await asyncio.to_thread(self._put_aside, raw, reason, error)
        except AWAY:
            raise
        except Exception:
            # Whatever it is, the others must not wait for it.
            _logger.exception("a telegram update could not even be set aside")

    def _put_aside(self, raw: Any, reason: Reason, error: Exception) -> None:
        untaken = Untaken(
            channel=ChannelName.TELEGRAM,
            chat_key=chat_key_of(raw),
            raw=raw,
            reason=reason,
            detail=str(error),
        )
        with self._house.database.transaction() as session:
            SetAsideService(session).put(untaken, now=self._house.clock())

    def _acknowledge(self, button: PressedButton) -> None:
        """Stops the button's waiting sign; whether that works does not matter."""

        async def answer() -> None:
            with suppress(TelegramError):
                await self._bot.answer_callback_query(button.id)

        task = asyncio.create_task(answer())
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    def _is_known(self, event_id: str) -> bool:
        with self._house.database.transaction() as session:
            return ReceivedEvents(session).knows(ChannelName.TELEGRAM, event_id)

    def _heard(self, message: WrittenMessage) -> Heard | None:
        with self._house.database.transaction() as session:
            return ReceivedEvents(session).heard(
                ChannelName.TELEGRAM,
                self._events.message_event_id(message),
                edits=self._events.edit_prefix(message),
            )

    def _note_reach(self, change: ChangedMembership) -> None:
        reachable = change.new_chat_member.status not in {"kicked", "left"}
        with self._house.database.transaction() as session:
            conversation = ConversationService(session).find(
                ChannelName.TELEGRAM, str(change.chat.id)
            )
            if conversation is not None:
                conversation.reachable = reachable
