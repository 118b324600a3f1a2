"""What officers write: notes on a case, replies that an office keeps, or that wait to leave."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.domain.requests.held_reply import HeldState
from bot.storage.base import Base
from bot.storage.models.officer import Officer


class CaseNote(Base):
    """Internal: it is no message, and no channel ever reads it. Goes with the owner's data."""

    __tablename__ = "case_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    text: Mapped[str] = mapped_column(Text)
    cause: Mapped[str] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime]

    officer: Mapped[Officer] = relationship()
    mentions: Mapped[list["NoteMention"]] = relationship(cascade="all, delete-orphan")


class NoteMention(Base):
    """A person whom a note names. `seen_at`: since when she has read it."""

    __tablename__ = "note_mentions"

    note_id: Mapped[int] = mapped_column(ForeignKey("case_notes.id"), primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"), primary_key=True, index=True)
    seen_at: Mapped[datetime | None]

    officer: Mapped[Officer] = relationship()


class CannedReply(Base):
    """`officer`: who wrote it last. `edition` rises with each change; `cause`: of its making."""

    __tablename__ = "canned_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    office: Mapped[str] = mapped_column(String(lengths.OFFICE_ID), index=True)
    title: Mapped[str] = mapped_column(String(lengths.CANNED_TITLE))
    text: Mapped[str] = mapped_column(Text)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    edition: Mapped[int] = mapped_column(default=1)
    cause: Mapped[str] = mapped_column(String(80), unique=True)
    written_at: Mapped[datetime]

    officer: Mapped[Officer] = relationship()


class HeldReply(Base):
    """A reply in the house: sent by its officer, and not yet a message of the transcript.

    `state` is a `domain.requests.held_reply.HeldState`, `step` a `ReplyStep`. `shown`: the newest
    message that her page showed. Sent or over, it keeps neither words nor files, only its cause.
    """

    __tablename__ = "held_replies"
    __table_args__ = (Index("ix_held_replies_state_due_at", "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("requests.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    text: Mapped[str] = mapped_column(Text)
    attachments: Mapped[list[Any]] = mapped_column(default=list)
    step: Mapped[str] = mapped_column(String(20))
    shown: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default=HeldState.HELD)
    cause: Mapped[str] = mapped_column(String(80), unique=True)
    pressed_at: Mapped[datetime]
    due_at: Mapped[datetime]

    officer: Mapped[Officer] = relationship()


class SavedView(Base):
    """Filters of the list of requests under a name. `query`: of the list's address.

    `folded`: the name without accents, by which two of a person are the same. `office`: whose
    people see it, too; empty where it is one's own.
    """

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("officer_id", "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    office: Mapped[str] = mapped_column(String(lengths.OFFICE_ID), default="", index=True)
    name: Mapped[str] = mapped_column(String(lengths.VIEW_NAME))
    folded: Mapped[str] = mapped_column(String(lengths.VIEW_NAME))
    query: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]

    officer: Mapped[Officer] = relationship()
