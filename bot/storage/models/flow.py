"""What came in, what could not be taken, what must go out (design: rules of the flow)."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.domain.talk.way import DeliveryState, InboxState
from bot.storage.base import Base
from bot.storage.models.conversation import Conversation, Message


class InboxEvent(Base):
    """An inbound event, stored before it is acknowledged; unique on channel and event id.

    `state`: new, taken, done, dead. One lane a conversation: the lowest id that is not done or
    dead is worked on, and only while no other of the conversation is taken.
    `handed_over` is set, and committed, before the event is given to Rasa for the first time.
    `album`: shared by files sent together, which are one turn; empty elsewhere.
    """

    __tablename__ = "inbox_events"
    __table_args__ = (
        UniqueConstraint("channel", "event_id"),
        Index("ix_inbox_events_state_id", "state", "id"),
        Index("ix_inbox_events_conversation_id_state", "conversation_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    event_id: Mapped[str] = mapped_column(String(lengths.EVENT_ID))
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    payload: Mapped[dict[str, Any]]
    album: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(10), default=InboxState.NEW)
    attempts: Mapped[int] = mapped_column(default=0)
    handed_over: Mapped[bool] = mapped_column(default=False)
    available_at: Mapped[datetime]
    taken_by: Mapped[str] = mapped_column(String(60), default="")
    lease_until: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    conversation: Mapped[Conversation] = relationship()


class Delivery(Base):
    """An outgoing message on its way to a channel.

    `state`: queued, sending, sent, unknown, failed. `unknown`: it may have arrived and is not sent
    again by itself (docs/adr/0014-when-a-message-is-sent-again.md).
    `parts_sent`: how many of its parts surely left; the next try begins behind them. `doubts`: how
    often it has been sent again without knowing whether it had arrived. `paused_at`: when the pause
    was set that ends at `available_at`. `lease_until`: until when its sender may be silent.
    """

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_state_id", "state", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10), default=DeliveryState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)
    parts_sent: Mapped[int] = mapped_column(default=0)
    paused_at: Mapped[datetime]
    available_at: Mapped[datetime]
    taken_by: Mapped[str] = mapped_column(String(60), default="")
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    channel_message_id: Mapped[str] = mapped_column(String(100), default="")
    error: Mapped[str] = mapped_column(Text, default="")

    message: Mapped[Message] = relationship()


class PollOffset(Base):
    """How far a polled channel has been read; advanced after the events are committed."""

    __tablename__ = "poll_offsets"

    channel: Mapped[str] = mapped_column(String(20), primary_key=True)
    offset: Mapped[int] = mapped_column(BigInteger)
    updated_at: Mapped[datetime]


class StoredFile(Base):
    """A file of an owner or an officer; the bytes lie under the data folder, named by `id`."""

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    name: Mapped[str] = mapped_column(String(lengths.FILE_NAME))
    media_type: Mapped[str] = mapped_column(String(lengths.MEDIA_TYPE))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class SetAsideUpdate(Base):
    """One update as it came (`raw`), once a `digest`. `reason`: a `services.set_aside.Reason`.

    `chat_key` is known where the update names its chat: what is set aside goes with the owner.
    """

    __tablename__ = "set_aside_updates"
    __table_args__ = (UniqueConstraint("channel", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat_key: Mapped[str] = mapped_column(String(200), default="")
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text, default="")
    raw: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
