"""A message on its way to Telegram: text in parts, buttons under the last, then files."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from telegram import Bot, InputFile, LinkPreviewOptions, Message
from telegram.error import BadRequest, TelegramError

from bot.channels.channel import NotSent, PartLeft, Rejected
from bot.channels.pace import Pace
from bot.channels.telegram.errors import to_channel_error
from bot.channels.telegram.forms import TelegramForms
from bot.channels.telegram.keyboard import keyboard
from bot.channels.telegram.markup import Part, telegram_parts
from bot.domain.forms.form_file import form_file_of
from bot.domain.talk.messages import Attachment
from bot.services.messaging.outbox import TakenDelivery

PHOTO_BYTES = 10 * 1024 * 1024
"""Telegram's limit for a picture; a larger one goes as a document."""

PART_TRIES = 3
LONGEST_WAIT_SECONDS = 60.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Step = Callable[[], Awaitable[Message | None]]
"""Sends one part; None where there is nothing to send any more, which keeps its place."""


class TelegramSending:
    """Sends one delivery after another; knows the files' folder and the pace."""

    def __init__(
        self,
        bot: Bot,
        files: Path,
        forms: TelegramForms,
        pace: Pace,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._files = files
        self._forms = forms
        self._pace = pace
        self._sleep = sleep

    async def send(self, delivery: TakenDelivery, part_left: PartLeft) -> str:
        """Sends the parts that have not left yet; the id of the first of them.

        Raises:
            ChannelError: how the part went that did not leave.
        """
        steps = self._steps(delivery)
        if not steps:
            raise Rejected("nothing to send")
        first = ""
        for number, step in enumerate(steps[delivery.parts_sent :], delivery.parts_sent + 1):
            sent = await self._take(step, delivery.chat_key, patient=number > 1)
            if sent is None:
                continue
            first = first or str(sent.message_id)
            if number < len(steps):
                await part_left(number, str(sent.message_id))
        if not first and not delivery.parts_sent:
            raise Rejected("nothing to send")
        return first

    async def _take(self, step: Step, chat_key: str, *, patient: bool) -> Message | None:
        """One part. A later part that surely did not leave is tried again here, in its place."""
        tries = PART_TRIES if patient else 1
        while True:
            await self._pace.turn(chat_key)
            tries -= 1
            try:
                return await step()
            except TelegramError as error:
                failure = to_channel_error(error)
            if not isinstance(failure, NotSent):
                raise failure
            if failure.wait is not None:
                self._pace.pause(failure.wait)
            wait = failure.wait if failure.wait is not None else 1.0
            if tries == 0 or wait > LONGEST_WAIT_SECONDS:
                raise failure
            await self._sleep(wait)

    def _steps(self, delivery: TakenDelivery) -> list[Step]:
        chat = delivery.chat_key
        parts = telegram_parts(delivery.message.text)
        attached = delivery.message.attachments
        links = self._forms.links(attached)
        buttons = keyboard(delivery.message_id, delivery.message.choices, links)
        steps: list[Step] = [
            self._text(chat, part, buttons if part is parts[-1] else None) for part in parts
        ]
        steps += [self._form(chat, name) for name in self._forms.names(attached)]
        steps += [self._file(chat, file) for file in attached if not form_file_of(file)]
        return steps

    def _text(self, chat: str, part: Part, buttons: Any) -> Step:
        async def step() -> Message:
            try:
                return await self._bot.send_message(
                    chat,
                    part.html,
                    parse_mode="HTML",
                    reply_markup=buttons,
                    link_preview_options=_NO_PREVIEW,
                )
            except BadRequest as error:
                if "can't parse entities" not in str(error).lower():
                    raise
            return await self._bot.send_message(
                chat, part.plain, reply_markup=buttons, link_preview_options=_NO_PREVIEW
            )

        return step

    def _form(self, chat: str, file_name: str) -> Step:
        async def step() -> Message | None:
            made = await asyncio.to_thread(self._forms.file, file_name)
            if made is None:
                return None
            sent = InputFile(made.content, filename=file_name)
            return await self._bot.send_document(
                chat, sent, caption=made.form.name, disable_content_type_detection=True
            )

        return step

    def _file(self, chat: str, file: Attachment) -> Step:
        async def step() -> Message:
            try:
                content = await asyncio.to_thread((self._files / file.file_id).read_bytes)
            except OSError as error:
                raise Rejected(f"the file {file.file_id} cannot be read") from error
            sent = InputFile(content, filename=file.name)
            if file.is_image and len(content) <= PHOTO_BYTES and file.media_type != "image/gif":
                return await self._bot.send_photo(chat, sent)
            return await self._bot.send_document(chat, sent, disable_content_type_detection=True)

        return step
