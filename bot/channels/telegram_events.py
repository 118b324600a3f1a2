"""What an update of Telegram says, as an `InboundEvent`. Nothing here is stored or sent."""

import hashlib
from dataclasses import dataclass

from telegram import CallbackQuery, Message, User

from bot.domain.clock import Clock
from bot.domain.messages import ChannelName, EventKind, InboundEvent
from bot.texts import Texts

_UNSUPPORTED = {
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "sticker": "sticker",
    "location": "location",
    "venue": "location",
}
"""A field of a Telegram message, and the sentence that answers it."""


@dataclass(frozen=True)
class TelegramFile:
    """A file that waits at Telegram."""

    file_id: str
    name: str
    size: int


class TelegramEvents:
    """Translates; `bot_id` keeps the ids of one bot apart from those of another."""

    def __init__(self, bot_id: str, texts: Texts, clock: Clock) -> None:
        self._bot_id = bot_id
        self._texts = texts
        self._clock = clock

    def pressed(self, query: CallbackQuery) -> InboundEvent:
        """A button."""
        return InboundEvent(
            channel=ChannelName.TELEGRAM,
            event_id=f"{self._bot_id}:c:{query.id}",
            chat_key=str(query.from_user.id),
            kind=EventKind.CHOICE,
            choice=query.data or "",
            sender_name=query.from_user.full_name,
            occurred_at=self._clock(),
        )

    def written(self, message: Message) -> InboundEvent:
        """A message without a file: words, a shared number, or what cannot be read."""
        kind, text = self._words(message)
        return self.event(message, kind, text)

    def edited(self, message: Message) -> InboundEvent:
        """The new words of a message that was changed after it was sent."""
        text = message.text or message.caption or ""
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        stamp = int(message.edit_date.timestamp()) if message.edit_date else 0
        event = self.event(message, EventKind.TEXT, text)
        edit_id = f"{self.edit_prefix(message)}{stamp}:{digest}"
        return event.model_copy(update={"event_id": edit_id})

    def event(self, message: Message, kind: EventKind, text: str) -> InboundEvent:
        """An event of a message, without attachments."""
        return InboundEvent(
            channel=ChannelName.TELEGRAM,
            event_id=self.message_event_id(message),
            chat_key=str(message.chat.id),
            kind=kind,
            text=text,
            sender_name=full_name(message.from_user),
            occurred_at=message.date,
        )

    def message_event_id(self, message: Message) -> str:
        """The id under which a message is stored once."""
        return f"{self._bot_id}:m:{message.chat.id}:{message.message_id}"

    def edit_prefix(self, message: Message) -> str:
        """How the ids of a message's edits begin."""
        return f"{self._bot_id}:e:{message.chat.id}:{message.message_id}:"

    def file(self, message: Message) -> TelegramFile | None:
        """The picture or document of a message, or None."""
        if message.photo:
            largest = message.photo[-1]
            name = self._texts.say("channels.photo_name", number=message.message_id)
            return TelegramFile(largest.file_id, name, largest.file_size or 0)
        # An animation comes with a document as well: it is no document to us.
        if message.document is None or message.animation is not None:
            return None
        name = message.document.file_name or self._texts.say(
            "channels.document_name", number=message.message_id
        )
        return TelegramFile(message.document.file_id, name, message.document.file_size or 0)

    def _words(self, message: Message) -> tuple[EventKind, str]:
        if message.text is not None:
            word = message.text.split(maxsplit=1)[0] if message.text.strip() else ""
            is_start = word.split("@")[0] == "/start"
            return (EventKind.START if is_start else EventKind.TEXT), message.text
        if message.contact is not None:
            return self._contact(message)
        for field, sentence in _UNSUPPORTED.items():
            if getattr(message, field):
                return EventKind.UNSUPPORTED, self._texts.say(f"channels.unsupported_{sentence}")
        return EventKind.UNSUPPORTED, self._texts.say("channels.unsupported_other")

    def _contact(self, message: Message) -> tuple[EventKind, str]:
        contact, sender = message.contact, message.from_user
        if contact is None or sender is None or contact.user_id != sender.id:
            return EventKind.UNSUPPORTED, self._texts.say("channels.unsupported_contact")
        number = contact.phone_number
        return EventKind.TEXT, number if number.startswith(("+", "0")) else f"+{number}"


def full_name(user: User | None) -> str:
    """A person's name as Telegram shows it."""
    return user.full_name if user else ""
