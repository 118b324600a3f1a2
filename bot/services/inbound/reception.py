"""The one way in: what an owner sends becomes a message of his and a place in his lane, at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.domain.talk import causes
from bot.domain.talk.messages import EventKind, InboundEvent, parse_choice_token
from bot.services.inbound.inbox import InboxService
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.files import FileService, Upload
from bot.services.messaging.received import ReceivedEvents
from bot.services.messaging.transcript import TranscriptService
from bot.services.requests.after_close import AfterCloseService
from bot.services.requests.requests import RequestService
from bot.storage.models import Conversation, Message, Request

LetIn = Callable[[bool], None]
"""Refuses by raising; told whether the chat is new. Never asked about what is known already."""


def everybody(_is_new_chat: bool) -> None:  # noqa: FBT001  (the shape of `LetIn`)
    """Refuses nobody."""


@dataclass(frozen=True)
class Accepted:
    """What was new: its conversation, and its place in the inbox."""

    conversation_id: str
    event_id: int


class Reception:
    """Takes events in, whatever channel they come by."""

    def __init__(self, session: Session, files: FileService, *, file_limit: int) -> None:
        self._session = session
        self._files = files
        self._file_limit = file_limit

    def accept(
        self,
        event: InboundEvent,
        *,
        now: datetime,
        uploads: Sequence[Upload] = (),
        let_in: LetIn = everybody,
    ) -> Accepted | None:
        """Stores an event with its files; None for a duplicate.

        The words belong to the case that holds the conversation; an edit, which quotes the words
        before, belongs where the message belongs that it edits.

        Raises:
            FileRefused: a file that is not taken; then nothing is.
        """
        conversation = ConversationService(self._session).open(
            event.channel, event.chat_key, name=event.sender_name, now=now
        )
        if ReceivedEvents(self._session).knows(event.channel, event.event_id):
            return None
        let_in(conversation.last_inbound_at is None)
        if uploads:
            event = event.but(
                attachments=self._files.keep_all(
                    uploads, conversation_id=conversation.id, limit=self._file_limit, now=now
                )
            )
        lane = InboxService(self._session)
        row_id = lane.enqueue(event, conversation.id, now=now)
        if row_id is None:
            return None
        if event.album:
            lane.wait_for_sisters(conversation.id, event.album, now=now)
        conversation.last_inbound_at = now
        conversation.reachable = True
        self._hear(event, conversation, row_id, now=now)
        RequestService(self._session).owner_wrote(conversation.id, now=now)
        return Accepted(conversation.id, row_id)

    def _hear(
        self, event: InboundEvent, conversation: Conversation, row_id: int, *, now: datetime
    ) -> None:
        edited = self._edited(event)
        request_id = edited.request_id if edited else conversation.request_id
        TranscriptService(self._session).hear(
            conversation,
            text=self._words(event, conversation),
            attachments=[file.model_dump() for file in event.attachments],
            cause=causes.of_words(row_id),
            now=now,
            request_id=request_id,
        )
        if edited and request_id is not None:
            case = self._session.get_one(Request, request_id)
            AfterCloseService(self._session).came_to(case, now=now)

    def _edited(self, event: InboundEvent) -> Message | None:
        """The message that an edit changes, as it was heard last."""
        if not event.edits:
            return None
        heard = ReceivedEvents(self._session).row_of(event.channel, event.edits)
        return TranscriptService(self._session).said(causes.of_words(heard)) if heard else None

    def _words(self, event: InboundEvent, conversation: Conversation) -> str:
        words = event.text
        if event.kind is EventKind.CHOICE:
            words = self._choice_title(event.choice, conversation) or words
        return "\n".join(filter(None, (event.note, words)))

    def _choice_title(self, token: str, conversation: Conversation) -> str:
        named = parse_choice_token(token)
        if named is None:
            return ""
        message_id, index = named
        message = TranscriptService(self._session).message(conversation.id, message_id)
        if message is None:
            return ""
        return str(message.choices[index]["title"]) if index < len(message.choices) else ""
