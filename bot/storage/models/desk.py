"""What officers write for themselves: notes on a case, replies that an office keeps."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
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
