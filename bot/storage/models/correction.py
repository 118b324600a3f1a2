"""Which articles conversations were given, and what corrects them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.correction import Audience, CorrectionState
from bot.domain.input import lengths
from bot.storage.base import Base
from bot.storage.models.officer import Officer

MARK = 8
"""Letters of `Article.mark`."""

_WAITING = text("state = 'proposed'")


class GivenAnswer(Base):
    """An article that a message told, by the mark of its text then. Written with the message."""

    __tablename__ = "given_answers"
    __table_args__ = (Index("ix_given_answers_article_given_at", "article", "given_at"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True)
    article: Mapped[str] = mapped_column(String(lengths.ARTICLE_ID), primary_key=True)
    mark: Mapped[str] = mapped_column(String(MARK))
    english: Mapped[bool] = mapped_column(default=False)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    given_at: Mapped[datetime] = mapped_column(index=True)


class Correction(Base):
    """What one person writes to those who were given an article, and another approves.

    One an article waits for approval at a time. `state` and `audience` as in `domain.correction`.
    `mark`: what the article told when it was written. `english`: the same in English, or empty.
    `decided_by`: who approved or withdrew it. `told_at`: when the last of those whom it means had
    it in the outbox.
    """

    __tablename__ = "corrections"
    __table_args__ = (
        Index(
            "ix_corrections_waiting",
            "article",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article: Mapped[str] = mapped_column(String(lengths.ARTICLE_ID))
    mark: Mapped[str] = mapped_column(String(MARK))
    audience: Mapped[str] = mapped_column(String(20), default=Audience.OLD_TEXT)
    text: Mapped[str] = mapped_column(Text)
    english: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default=CorrectionState.PROPOSED)
    written_by: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    written_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    decided_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]

    author: Mapped[Officer] = relationship(foreign_keys=[written_by])
    decider: Mapped[Officer | None] = relationship(foreign_keys=[decided_by])


class CorrectionNotice(Base):
    """That a conversation was told of a correction: once, whatever dies meanwhile."""

    __tablename__ = "correction_notices"

    correction_id: Mapped[int] = mapped_column(ForeignKey("corrections.id"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversations.id"), primary_key=True, index=True
    )
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), unique=True)
