"""A survey campaign, whom it asks, and the figures that enterprises are compared by."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.storage.base import Base
from bot.storage.models.assessment import Attempt
from bot.storage.models.contact import Enterprise
from bot.storage.models.officer import Officer


class Campaign(Base):
    """A questionnaire put to many enterprises in a time. `state`: a `domain.surveys.campaign` one.

    `definition_id`: the questions as they stood when it was opened: all answer the same.
    `words`: of the invitation. `target`: whom it is for (`domain.surveys.target.Target`).
    `secret`: signs the links of its invitations.
    """

    __tablename__ = "campaigns"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(lengths.PROFILE_LINE))
    questionnaire: Mapped[str] = mapped_column(String(lengths.OFFICE_ID))
    definition_id: Mapped[str | None] = mapped_column(ForeignKey("assessment_definitions.id"))
    words: Mapped[str] = mapped_column(Text, default="")
    target: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    secret: Mapped[str] = mapped_column(String(64))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    remind_at: Mapped[datetime | None]
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    created_at: Mapped[datetime]

    officer: Mapped[Officer] = relationship()


class Invitation(Base):
    """One enterprise asked in a campaign: once, by whatever ways.

    `state`: waiting, sent, answered, refused, out (nobody there agreed to be asked).
    `way`: chat, link or paper; `conversation_id`: where the chat's invitation went. `attempt_id`:
    the run with its answers, however it was given.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("campaign_id", "enterprise_id"),
        Index("ix_invitations_counted", "campaign_id", "state", "way", "attempt_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"), index=True)
    profile_contact_id: Mapped[int | None] = mapped_column(ForeignKey("profile_contacts.id"))
    way: Mapped[str] = mapped_column(String(10), default="")
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    sent_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id"), unique=True)

    campaign: Mapped[Campaign] = relationship()
    enterprise: Mapped[Enterprise] = relationship()
    attempt: Mapped[Attempt | None] = relationship()


class PeerResult(Base):
    """What an enterprise's first run came to, as it counts in the comparison with others.

    Counted once, in a full block of its sector and size (docs/adr/0028): `enterprise_id` goes with
    an erasure, the figure stays.
    """

    __tablename__ = "peer_results"
    __table_args__ = (
        UniqueConstraint("assessment", "enterprise_id"),
        Index("ix_peer_results_group", "assessment", "sector", "size_class"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment: Mapped[str] = mapped_column(String(lengths.OFFICE_ID))
    sector: Mapped[str] = mapped_column(String(2))
    size_class: Mapped[str] = mapped_column(String(10))
    block: Mapped[int]
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"), index=True)
    percent: Mapped[int]
    counted_at: Mapped[datetime]
