"""Conversations: found or opened, and moved from one handler to another."""

import uuid
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.domain.input.lengths import PERSON_NAME
from bot.domain.talk.conversation import Handler, Move, next_handler
from bot.domain.talk.messages import ChannelName
from bot.storage.models import Contact, Conversation

# Built once: to build a statement anew takes longer than to run it.
_OF_CHAT = select(Conversation).where(
    Conversation.channel == bindparam("channel"), Conversation.chat_key == bindparam("chat_key")
)
_HELD_OF_CHAT = _OF_CHAT.with_for_update().execution_options(populate_existing=True)
_HELD_BY_ID = (
    select(Conversation)
    .where(Conversation.id == bindparam("id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


class ConversationService:
    """Finds conversations and keeps their one handler."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open(
        self, channel: ChannelName, chat_key: str, *, name: str, now: datetime
    ) -> Conversation:
        """The conversation of a chat, held until the end of the transaction.

        Opened, with its contact, when the chat is new.
        """
        found = self._held(channel, chat_key)
        if found is not None:
            return found
        try:
            with self._session.begin_nested():
                return self._open_new(channel, chat_key, name=name, now=now)
        except IntegrityError:
            # Its first two messages came at once: the other transaction opened it.
            found = self._held(channel, chat_key)
            if found is None:
                raise
            return found

    def _open_new(
        self, channel: ChannelName, chat_key: str, *, name: str, now: datetime
    ) -> Conversation:
        contact = Contact(display_name=name[:PERSON_NAME], created_at=now)
        conversation = Conversation(
            id=uuid.uuid4().hex,
            channel=channel,
            chat_key=chat_key,
            contact=contact,
            handler=Handler.BOT,
            reachable=True,
            created_at=now,
        )
        self._session.add(conversation)
        self._session.flush()
        return conversation

    def find(self, channel: ChannelName, chat_key: str) -> Conversation | None:
        """The conversation of a chat, or None."""
        return self._session.scalar(_OF_CHAT, {"channel": channel, "chat_key": chat_key})

    def _held(self, channel: ChannelName, chat_key: str) -> Conversation | None:
        return self._session.scalar(_HELD_OF_CHAT, {"channel": channel, "chat_key": chat_key})

    def get(self, conversation_id: str) -> Conversation:
        """A conversation by its id.

        Raises:
            KeyError: there is none.
        """
        conversation = self._session.get(Conversation, conversation_id)
        if conversation is None:
            raise KeyError(conversation_id)
        return conversation

    def lock(self, conversation_id: str) -> Conversation:
        """A conversation, read anew and held until the end of the transaction.

        Raises:
            KeyError: there is none.
        """
        conversation = self._session.scalar(_HELD_BY_ID, {"id": conversation_id})
        if conversation is None:
            raise KeyError(conversation_id)
        return conversation

    def move(self, conversation: Conversation, move: Move, *, request_id: int | None) -> None:
        """Applies a move; `request_id` is the request under which it is held from now on.

        Raises:
            IllegalMove: the move is not open in this state.
        """
        conversation.handler = next_handler(Handler(conversation.handler), move)
        conversation.request_id = None if conversation.handler == Handler.BOT else request_id
