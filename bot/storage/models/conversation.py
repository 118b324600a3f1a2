"""A conversation and its messages: one contact on one channel."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.storage.base import Base
from bot.storage.models.contact import Contact

HEARD = "messages.author = 'owner' AND messages.request_id IS NOT NULL"
"""Words of owners that belong to a request: said in full, as a partial index asks for."""

_HEARD = text("author = 'owner' AND request_id IS NOT NULL")


class Conversation(Base):
    """`handler` is a `domain.talk.conversation.Handler`.

    `id` is unguessable and is Rasa's sender id.
    `request_id` is the request under which the queue or an officer holds the conversation.
    `erase_asked_at`: when the owner confirmed that his data be erased, while an officer held it;
    None again once they are, or once he took it back.
    """

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "chat_key"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat_key: Mapped[str] = mapped_column(String(lengths.CHAT_KEY))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    handler: Mapped[str] = mapped_column(String(20), default="bot")
    request_id: Mapped[int | None] = mapped_column(index=True)
    reachable: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    last_inbound_at: Mapped[datetime | None]
    erase_asked_at: Mapped[datetime | None] = mapped_column(index=True)

    contact: Mapped[Contact] = relationship()


class Message(Base):
    """One message of the transcript. `author`: owner, bot, officer or system.

    An outgoing message is written in the transaction of what caused it and is unique by
    cause and ordinal, so that a cause worked on twice says nothing twice.
    `understanding` is a `domain.understanding.Understanding` on the bot's replies.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("cause", "ordinal"),
        Index("ix_messages_conversation_id_id", "conversation_id", "id"),
        # Who spoke last in a request, and how often since then, without a look at the words.
        Index("ix_messages_request_id_author_id", "request_id", "author", "id"),
        Index(
            "ix_messages_heard",
            "id",
            "request_id",
            sqlite_where=_HEARD,
            postgresql_where=_HEARD,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    author: Mapped[str] = mapped_column(String(20))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("requests.id"))
    text: Mapped[str] = mapped_column(Text)
    choices: Mapped[list[Any]] = mapped_column(default=list)
    attachments: Mapped[list[Any]] = mapped_column(default=list)
    understanding: Mapped[dict[str, Any] | None]
    cause: Mapped[str] = mapped_column(String(80))
    ordinal: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
