"""What we read of an update of Telegram, and nothing else: the rest may be of any shape.

python-telegram-bot reads all of an update or nothing, so one part that it does not know would
cost the words beside it (docs/adr/0010-update-by-update.md).
"""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from telegram import Update
from telegram.constants import MessageAttachmentType

from bot.domain.input import cleaning

PRIVATE = "private"

CONTENTS = (*MessageAttachmentType, "checklist", "giveaway", "giveaway_winners")
"""What a person can send beside words, by its field: the library's list, and what it leaves out.

A message with neither words nor one of these is a notice of Telegram's own, such as a pin.
"""


class Unreadable(Exception):
    """An update that we cannot make out."""


def _moment(seconds: Any) -> datetime | None:
    """An instant; None for what is none that a calendar has, as 0 for a message that is gone."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC) if int(seconds) > 0 else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _name(given: Any) -> str:
    """A name may be missing, null or no text at all: nobody is left unanswered for that."""
    return given if isinstance(given, str) else ""


Moment = Annotated[datetime | None, BeforeValidator(_moment)]
Name = Annotated[str, BeforeValidator(_name)]


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)


class Person(_Read):
    """Who writes."""

    id: int
    first_name: Name = ""
    last_name: Name = ""

    @property
    def full_name(self) -> str:
        """The name as Telegram shows it; may be empty."""
        return " ".join(
            part for name in (self.first_name, self.last_name) if (part := name.strip())
        )


class Chat(_Read):
    """Where it was written; `type` is "private" where nobody else reads along."""

    id: int
    type: str


class FileFields(_Read):
    """A picture in one of its sizes, or a document."""

    file_id: str
    file_name: str | None = None
    file_size: int | None = None


class ContactFields(_Read):
    """A telephone number, the sender's own or somebody else's."""

    phone_number: str
    user_id: int | None = None


class WrittenMessage(_Read):
    """A message. `content`: the field of `CONTENTS` that it holds, or empty."""

    message_id: int
    chat: Chat
    sender: Person | None = Field(default=None, alias="from")
    date: Moment = None
    edit_date: Moment = None
    text: str | None = None
    caption: str | None = None
    media_group_id: str | None = None
    photo: tuple[FileFields, ...] | None = None
    document: FileFields | None = None
    contact: ContactFields | None = None
    content: str = ""

    @model_validator(mode="before")
    @classmethod
    def _name_its_content(cls, fields: Any) -> Any:
        if not isinstance(fields, dict):
            return fields
        return fields | {"content": next((name for name in CONTENTS if fields.get(name)), "")}

    @property
    def words(self) -> str:
        """What is written, in the message or under its picture."""
        return self.text or self.caption or ""

    @property
    def is_notice(self) -> bool:
        """Whether Telegram itself says something, and no person does."""
        return self.text is None and not self.caption and not self.content


class PressedMessage(_Read):
    """The message under which a button was pressed."""

    chat: Chat


class PressedButton(_Read):
    """A press. Without `message`, or without `data`, it is one of a button of long ago."""

    id: str
    sender: Person = Field(alias="from")
    message: PressedMessage | None = None
    data: str | None = None


class Membership(_Read):
    """Whether the chat is still open to us."""

    status: str


class ChangedMembership(_Read):
    """A person blocked the bot, or took it back."""

    chat: Chat
    new_chat_member: Membership


class ReadUpdate(_Read):
    """One of its fields is there; none where the update is of a kind that we do not ask for."""

    message: WrittenMessage | None = None
    edited_message: WrittenMessage | None = None
    callback_query: PressedButton | None = None
    my_chat_member: ChangedMembership | None = None

    @property
    def is_private(self) -> bool:
        """Whether it comes from a person alone. A press without its message can only be that."""
        if self.callback_query is not None:
            under = self.callback_query.message
            return under is None or under.chat.type == PRIVATE
        held = self.message or self.edited_message or self.my_chat_member
        return held is not None and held.chat.type == PRIVATE


def read_update(raw: Any) -> ReadUpdate:
    """An update as far as it concerns us.

    Raises:
        Unreadable: something that we need is missing or of a wrong kind.
    """
    try:
        update = ReadUpdate.model_validate(storable(raw))
        if update.is_private and update.message is not None and update.message.is_notice:
            # We need nothing of it, but what even the library cannot make out is for people to see.
            Update.de_json(raw, None)
    except Exception as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    return update


def storable(value: Any) -> Any:
    """A JSON value without what no database stores: NUL, and halves of surrogate pairs."""
    match value:
        case str():
            return cleaning.storable(value)
        case list():
            return [storable(one) for one in value]
        case dict():
            return {key: storable(one) for key, one in value.items()}
    return value


def chat_key_of(raw: Any) -> str:
    """The chat that an update names, readable or not; empty where it names none."""
    for part in raw.values() if isinstance(raw, dict) else ():
        for field in ("chat", "from"):
            named = part.get(field) if isinstance(part, dict) else None
            if isinstance(named, dict) and isinstance(key := named.get("id"), int | str):
                return str(storable(key)) if isinstance(key, str) else str(key)
    return ""
