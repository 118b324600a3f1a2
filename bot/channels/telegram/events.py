"""What an update of Telegram says, as an `InboundEvent`. Nothing here is stored or sent."""

import hashlib

from bot.channels.channel import UploadRefused
from bot.channels.telegram.files import TelegramFile
from bot.channels.telegram.wire import Person, PressedButton, WrittenMessage
from bot.domain.clock import Clock
from bot.domain.input.cleaning import clean_line
from bot.domain.input.file_name import safe_name
from bot.domain.talk.messages import ChannelName, EventKind, InboundEvent
from bot.services.messaging.received import Heard
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
    "contact": "contact",
}
"""A content of a message, and the sentences that name and answer it; "other" for the rest."""


class TelegramEvents:
    """Translates; `bot_id` keeps the ids of one bot apart from those of another."""

    def __init__(self, bot_id: str, texts: Texts, clock: Clock) -> None:
        self._bot_id = bot_id
        self._texts = texts
        self._clock = clock

    def pressed(self, button: PressedButton) -> InboundEvent:
        """A button."""
        return InboundEvent(
            channel=ChannelName.TELEGRAM,
            event_id=f"{self._bot_id}:c:{button.id}",
            chat_key=str(button.sender.id),
            kind=EventKind.CHOICE,
            choice=button.data or "",
            sender_name=full_name(button.sender),
            occurred_at=self._clock(),
        )

    def written(self, message: WrittenMessage) -> InboundEvent:
        """A message without a file: words, a shared number, or what cannot be taken."""
        if message.text is not None:
            word = message.text.split(maxsplit=1)[0] if message.text.strip() else ""
            is_start = word.split("@")[0] == "/start"
            return self.event(message, EventKind.START if is_start else EventKind.TEXT)
        number = _own_number(message)
        if number:
            return self.event(message, EventKind.TEXT).but(text=number)
        kind = _UNSUPPORTED.get(message.content, "other")
        return self._untaken(
            message,
            note=self._texts.say(f"channels.sent_{kind}"),
            refusal=self._texts.say(f"channels.unsupported_{kind}"),
        )

    def refused(
        self, message: WrittenMessage, file: TelegramFile, refused: UploadRefused
    ) -> InboundEvent:
        """A file that was not taken; the words beside it stay the owner's."""
        size = "large_file" if refused.reason == "too_large" else "refused_file"
        note = self._texts.say(f"channels.sent_{size}", name=file.name)
        return self._untaken(message, note=note, refusal=str(refused))

    def edited(self, message: WrittenMessage, heard: Heard) -> InboundEvent:
        """A message whose words were changed after it was sent."""
        digest = hashlib.sha256(message.words.encode()).hexdigest()[:12]
        stamp = int(message.edit_date.timestamp()) if message.edit_date else 0
        return self.event(message, EventKind.EDIT).but(
            event_id=f"{self.edit_prefix(message)}{stamp}:{digest}",
            album="",
            before=heard.words,
            newest=heard.is_newest,
            edits=heard.event_id,
            note=self._texts.say("channels.sent_edit", words=heard.words),
        )

    def event(self, message: WrittenMessage, kind: EventKind) -> InboundEvent:
        """An event of a message, with its words and without attachments."""
        return InboundEvent(
            channel=ChannelName.TELEGRAM,
            event_id=self.message_event_id(message),
            chat_key=str(message.chat.id),
            kind=kind,
            text=message.words,
            album=message.media_group_id or "",
            sender_name=full_name(message.sender),
            occurred_at=message.date or self._clock(),
        )

    def message_event_id(self, message: WrittenMessage) -> str:
        """The id under which a message is stored once."""
        return f"{self._bot_id}:m:{message.chat.id}:{message.message_id}"

    def edit_prefix(self, message: WrittenMessage) -> str:
        """How the ids of a message's edits begin."""
        return f"{self._bot_id}:e:{message.chat.id}:{message.message_id}:"

    def file(self, message: WrittenMessage) -> TelegramFile | None:
        """The picture or document of a message, under a name that can be shown; or None."""
        if message.photo:
            largest = message.photo[-1]
            name = self._texts.say("channels.photo_name", number=message.message_id)
            return TelegramFile(largest.file_id, name, largest.file_size or 0)
        # An animation comes with a document as well: it is no document to us.
        if message.document is None or message.content == "animation":
            return None
        name = message.document.file_name or self._texts.say(
            "channels.document_name", number=message.message_id
        )
        return TelegramFile(
            message.document.file_id, safe_name(name), message.document.file_size or 0
        )

    def _untaken(self, message: WrittenMessage, *, note: str, refusal: str) -> InboundEvent:
        """What the owner sent stands in the transcript; what is answered is not his own."""
        return self.event(message, EventKind.UNSUPPORTED).but(note=note, refusal=refusal)


def full_name(person: Person | None) -> str:
    """A person's name as Telegram shows it, in one line."""
    return clean_line(person.full_name) if person else ""


def _own_number(message: WrittenMessage) -> str:
    contact, sender = message.contact, message.sender
    if contact is None or sender is None or contact.user_id != sender.id:
        return ""
    number = contact.phone_number
    return number if number.startswith(("+", "0")) else f"+{number}"
