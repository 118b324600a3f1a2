"""What comes in from a channel and what goes out to one, as data.

A channel only translates: it turns its own wire format into an `InboundEvent` and an
`OutgoingMessage` into its own wire format, within what its platform allows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from bot.domain.input import lengths
from bot.domain.input.cleaning import clean_line, clean_words, storable
from bot.domain.input.row_id import read_row_id

TEXT_LIMIT = 4000
FILES_A_MESSAGE = 5
"""Characters of one message that are kept: Telegram's own limit is 4,096."""

_CHOICE_TOKEN = re.compile(r"b:(\d{1,10}):(\d{1,3})", re.ASCII)


def _words(text: object) -> object:
    return clean_words(text, TEXT_LIMIT) if isinstance(text, str) else text


def _line(text: object) -> object:
    return clean_line(text) if isinstance(text, str) else text


Words = Annotated[str, BeforeValidator(_words)]
"""What a person said, cleaned."""

Line = Annotated[str, BeforeValidator(_line)]
"""A name, cleaned."""


Sayable = Annotated[str, AfterValidator(storable)]
"""What we say: as it was written, and such that it can be written down."""


class ChannelName(StrEnum):
    """Where an owner is met.

    `ANSWER_PAGE` takes answers only, and is told nothing. `PHONE`, `COUNTER`: an officer entered
    what he said (`domain.talk.way.TOLD_BY_HAND`).
    """

    WEB = "web"
    TERMINAL = "terminal"
    TELEGRAM = "telegram"
    ANSWER_PAGE = "answer_page"
    PHONE = "phone"
    COUNTER = "counter"


class Choice(BaseModel):
    """A button. `payload` is what the dialogue engine receives when it is pressed."""

    model_config = ConfigDict(frozen=True)

    title: Sayable
    payload: Sayable


class Attachment(BaseModel):
    """A stored file, by its id in the file store."""

    model_config = ConfigDict(frozen=True)

    file_id: str
    name: str
    media_type: str
    size: int = 0

    @property
    def is_image(self) -> bool:
        """Whether a channel may show it as a picture."""
        return self.media_type in {"image/png", "image/jpeg", "image/webp", "image/gif"}


class OutgoingMessage(BaseModel):
    """One message to an owner: light Markdown (`**bold**`, lists, paragraphs), buttons, files."""

    model_config = ConfigDict(frozen=True)

    text: Sayable
    choices: list[Choice] = Field(default_factory=list)
    attachments: list[Attachment] = Field(default_factory=list)


class EventKind(StrEnum):
    """What an owner did."""

    TEXT = "text"
    CHOICE = "choice"
    FILES = "files"
    START = "start"
    EDIT = "edit"
    UNSUPPORTED = "unsupported"
    ERASURE = "erasure"
    """What the owner confirmed earlier and is done now: the house itself makes this event."""


class InboundEvent(BaseModel):
    """One thing an owner did on a channel, unique by `(channel, event_id)`.

    `choice` is the token of a button (`choice_token`). Words and names come as they were typed, any
    Unicode form, halves of pairs and all, and are cleaned here, once for every channel.
    `album`: what files sent together share. `note`: what the transcript shows before the words,
    since words alone would not tell it. `refusal`: the sentence that answers what cannot be taken.
    An edit has the words `before`, and is `newest` where nothing came after the edited message;
    `edits`: the id of the event by which that message was heard last.
    """

    model_config = ConfigDict(frozen=True)

    channel: ChannelName
    event_id: str = Field(max_length=lengths.EVENT_ID)
    chat_key: str = Field(max_length=lengths.CHAT_KEY)
    kind: EventKind
    text: Words = ""
    choice: Line = ""
    attachments: list[Attachment] = Field(default_factory=list)
    album: str = Field(default="", max_length=200)
    note: Words = ""
    refusal: Words = ""
    before: Words = ""
    newest: bool = False
    edits: str = Field(default="", max_length=lengths.EVENT_ID)
    sender_name: Line = ""
    occurred_at: AwareDatetime

    def but(self, **told: Any) -> Self:
        """The event with other values, checked and cleaned like the first (`model_copy` is not)."""
        return self.model_validate({**dict(self), **told})


def wordless(stored: Mapping[str, Any], text: str) -> dict[str, Any]:
    """An event as it is stored, without its sender's name, words and files.

    `text` stands in place of the words.
    """
    return {**stored, **_WORDLESS, "text": text}


_WORDLESS: dict[str, Any] = {
    "sender_name": "",
    "attachments": [],
    "note": "",
    "refusal": "",
    "before": "",
}


def as_one(events: Sequence[InboundEvent]) -> InboundEvent:
    """An album's events as one: the first of them, with the words, files and refusals of all."""
    first, *others = events
    if not others:
        return first
    files = [file for event in events for file in event.attachments]
    return first.but(
        kind=EventKind.FILES if files else first.kind,
        text=_each_once(event.text for event in events),
        refusal=_each_once(event.refusal for event in events),
        attachments=files,
    )


def choice_token(message_id: int, index: int) -> str:
    """The short name of a button, at most 64 bytes for any channel: `b:<message>:<index>`."""
    return f"b:{message_id}:{index}"


def parse_choice_token(token: str) -> tuple[int, int] | None:
    """The message id and index of a button's token, or None where no message can be meant."""
    match = _CHOICE_TOKEN.fullmatch(token)
    message_id = read_row_id(match[1]) if match else None
    return (message_id, int(match[2])) if match and message_id is not None else None


def _each_once(lines: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, lines)))
