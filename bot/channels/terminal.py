"""The terminal: lines in, lines out, for `donghanh chat`."""

import asyncio
from pathlib import Path
from typing import TextIO

from bot.channels.channel import Accept, PartLeft, UploadRefused, uncounted
from bot.domain.forms.form_file import address_of, form_file_of
from bot.domain.talk.choices import match_choice, own_number
from bot.domain.talk.messages import (
    Attachment,
    ChannelName,
    Choice,
    EventKind,
    InboundEvent,
    choice_token,
)
from bot.house import House
from bot.services.messaging.files import Upload
from bot.services.messaging.outbox import TakenDelivery
from bot.texts.markup import to_plain

FILE_COMMAND = "/tep"
LEAVE_COMMAND = "/thoat"
START_COMMAND = "/start"


class TerminalChannel:
    """One chat. `session` makes the ids of its lines unique; the streams are passed in."""

    name = ChannelName.TERMINAL
    resend_is_safe = True
    sends_here = True

    def __init__(
        self, house: House, *, lines: TextIO, screen: TextIO, chat_key: str, session: str
    ) -> None:
        self._house = house
        self._lines = lines
        self._screen = screen
        self._chat_key = chat_key
        self._session = session
        self._message_id = 0
        self._choices: list[Choice] = []

    def router(self, accept: Accept) -> None:
        """None: a terminal has no web page."""

    async def send(self, delivery: TakenDelivery, part_left: PartLeft = uncounted) -> str:  # noqa: ARG002
        """Prints a message, its choices with numbers, and where its files lie."""
        message = delivery.message
        self._message_id = delivery.message_id
        self._choices = message.choices
        say = self._house.texts.say
        printed = [f"{say('channels.author_bot')}: {to_plain(message.text)}"]
        printed += _listed(message.choices)
        if message.choices:
            printed.append(f"  {say('channels.terminal_choose')}")
        printed += [self._file(file) for file in message.attachments]
        self._print("\n".join(printed))
        return str(delivery.message_id)

    async def typing(self, chat_key: str) -> None:
        """Nothing: a terminal shows no sign."""

    async def run(self, accept: Accept) -> None:
        """Reads until the stream ends or the leave command."""
        number = 0
        while True:
            line = await asyncio.to_thread(self._lines.readline)
            if not line or line.strip() == LEAVE_COMMAND:
                return
            number += 1
            await self._take(line.strip(), f"{self._session}:{number}", accept)

    async def close(self) -> None:
        """Nothing: the streams belong to the caller."""

    async def _take(self, line: str, event_id: str, accept: Accept) -> None:
        if not line:
            return
        event = InboundEvent(
            channel=self.name,
            event_id=event_id,
            chat_key=self._chat_key,
            kind=EventKind.START if line == START_COMMAND else EventKind.TEXT,
            text=line,
            occurred_at=self._house.clock(),
        )
        command, _, path = line.partition(" ")
        if command == FILE_COMMAND and path.strip():
            await self._take_file(event, path.strip(), accept)
            return
        picked = match_choice(line, self._choices)
        if picked is not None:
            token = choice_token(self._message_id, picked)
            event = event.but(kind=EventKind.CHOICE, choice=token)
        await accept(event)

    async def _take_file(self, event: InboundEvent, path: str, accept: Accept) -> None:
        try:
            upload = await asyncio.to_thread(_read, Path(path))
        except OSError:
            self._print(self._house.texts.say("channels.terminal_no_file", path=path))
            return
        try:
            await accept(event.but(kind=EventKind.FILES, text=""), [upload])
        except UploadRefused as refused:
            self._print(str(refused))

    def _file(self, file: Attachment) -> str:
        say, settings = self._house.texts.say, self._house.settings
        if form := form_file_of(file):
            name = say("form.download", name=file.name)
            address = f"{settings.base_url}{address_of(form)}"
            return say("channels.terminal_form", name=name, address=address)
        path = settings.files_dir / file.file_id
        return say("channels.terminal_file", name=file.name, path=path)

    def _print(self, text: str) -> None:
        self._screen.write(f"{text}\n")
        self._screen.flush()


def _read(file: Path) -> Upload:
    found = file.expanduser()
    return Upload(found.name, found.read_bytes())


def _listed(choices: list[Choice]) -> list[str]:
    # A scale carries its own numbers: a second one in front would be typed for a score.
    if any(own_number(choice) is not None for choice in choices):
        return [f"  {to_plain(choice.title)}" for choice in choices]
    return [f"  {n}. {to_plain(choice.title)}" for n, choice in enumerate(choices, start=1)]
