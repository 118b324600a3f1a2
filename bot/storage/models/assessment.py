"""A run of a self-assessment and its answers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.storage.base import Base


class Attempt(Base):
    """One run of an assessment by a conversation. `state`: open, paused, finished, abandoned.

    `version` is the assessment's version: an attempt is scored by the questions it was asked.
    `started_by` is the message that started it: starting is idempotent by it.
    """

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_conversation_id_state", "conversation_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    assessment: Mapped[str] = mapped_column(String(lengths.OFFICE_ID))
    version: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="open")
    position: Mapped[int] = mapped_column(default=0)
    started_by: Mapped[str] = mapped_column(String(80), unique=True)
    last_cause: Mapped[str] = mapped_column(String(80), default="")
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    answers: Mapped[list["AttemptAnswer"]] = relationship(
        order_by="AttemptAnswer.id", cascade="all, delete-orphan"
    )


class AttemptAnswer(Base):
    """The score given to one question; answering again replaces it."""

    __tablename__ = "attempt_answers"
    __table_args__ = (UniqueConstraint("attempt_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    question: Mapped[str] = mapped_column(String(lengths.OFFICE_ID))
    score: Mapped[int]
    cause: Mapped[str] = mapped_column(String(80))
    answered_at: Mapped[datetime]
