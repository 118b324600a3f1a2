"""A run of a self-assessment, its answers, and the questions it was begun with."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.storage.base import Base, JsonColumn
from bot.storage.models.officer import Officer


class AssessmentDefinition(Base):
    """An assessment as it stood when somebody began it. `id`: the digest of `content`, its JSON."""

    __tablename__ = "assessment_definitions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    assessment: Mapped[str] = mapped_column(String(lengths.OFFICE_ID))
    version: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
    kept_at: Mapped[datetime]


class Attempt(Base):
    """One run of an assessment by a conversation. `state`: open, paused, finished, abandoned.

    `definition_id`: the questions it was begun with, which it goes on with whatever becomes of the
    file; empty for runs that are older than this table. `question`: the one that waits. `code`
    takes the run up from another conversation. `consent_version`: of the sentence that stood before
    the first question. `percent`, `level`: of a finished run, as they were told. `started_by` is
    the message that started it: starting is idempotent by it. `enterprise_id`: whose it is, where
    its owner sent it with a request, answered a survey, or sat at the counter; `officer_id`: who
    typed it there; `campaign_id`: the survey that it answers. `opinion`: what the department
    says to the result, on its paper; `opinion_by`: the officer who wrote it.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        Index("ix_attempts_conversation_id_state", "conversation_id", "state"),
        Index("ix_attempts_code", "code", unique=True),
        Index("ix_attempts_of_enterprise", "enterprise_id", "campaign_id", "finished_at"),
        # All that the counts of the department need, so that they read no rows.
        Index("ix_attempts_counted", "assessment", "finished_at", "started_at", "percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    assessment: Mapped[str] = mapped_column(String(lengths.OFFICE_ID))
    version: Mapped[str] = mapped_column(String(20))
    definition_id: Mapped[str | None] = mapped_column(ForeignKey("assessment_definitions.id"))
    state: Mapped[str] = mapped_column(String(20), default="open")
    question: Mapped[str] = mapped_column(String(lengths.OFFICE_ID), default="")
    code: Mapped[str | None] = mapped_column(String(12))
    consent_version: Mapped[str] = mapped_column(String(20), default="")
    started_by: Mapped[str] = mapped_column(String(80), unique=True)
    last_cause: Mapped[str] = mapped_column(String(80), default="")
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    percent: Mapped[int | None]
    level: Mapped[str] = mapped_column(String(60), default="")
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    opinion: Mapped[str] = mapped_column(Text, default="", server_default="")
    opinion_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    opinion_at: Mapped[datetime | None]

    opinion_officer: Mapped[Officer | None] = relationship(foreign_keys=[opinion_by])
    scores: Mapped[list["AttemptScore"]] = relationship(cascade="all, delete-orphan")
    decisions: Mapped[list["ProposalDecision"]] = relationship(cascade="all, delete-orphan")
    answers: Mapped[list["AttemptAnswer"]] = relationship(
        order_by="AttemptAnswer.id", cascade="all, delete-orphan"
    )


class AttemptScore(Base):
    """What a dimension of a finished run came to, in percent: what the department counts."""

    __tablename__ = "attempt_scores"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    dimension: Mapped[str] = mapped_column(String(lengths.OFFICE_ID), primary_key=True)
    percent: Mapped[int]


class AttemptAnswer(Base):
    """The answer given to one question, as a list of tokens; answering again replaces it."""

    __tablename__ = "attempt_answers"
    __table_args__ = (UniqueConstraint("attempt_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    question: Mapped[str] = mapped_column(String(lengths.OFFICE_ID))
    answer: Mapped[list[Any]] = mapped_column(JsonColumn)
    cause: Mapped[str] = mapped_column(String(80))
    answered_at: Mapped[datetime]


class ProposalDecision(Base):
    """A value of an answer that an officer took over into a profile, or left.

    `value`: as it stands in a form. It goes with the run: an erased answer proposed nothing.
    """

    __tablename__ = "proposal_decisions"
    __table_args__ = (UniqueConstraint("attempt_id", "field", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    field: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(String(lengths.PROFILE_LINE))
    taken: Mapped[bool]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    at: Mapped[datetime]
