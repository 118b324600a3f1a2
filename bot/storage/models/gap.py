"""Gaps, gathered and grouped; what officers conclude; the cases that keep them closed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.domain.input import lengths
from bot.storage.base import Base
from bot.storage.models.officer import Officer


class GapGroup(Base):
    """Gaps that ask the same thing. `state` is a `domain.gap.GroupState`."""

    __tablename__ = "gap_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(20), default="open", index=True)
    created_at: Mapped[datetime]
    newest_at: Mapped[datetime]

    gaps: Mapped[list["Gap"]] = relationship(order_by="Gap.id", back_populates="group")
    conclusions: Mapped[list["GapConclusion"]] = relationship(
        order_by="GapConclusion.id", back_populates="group"
    )


class Gap(Base):
    """One question that was not answered well, in the owner's words, masked.

    `cause` is the message that it came of, or the answer that got a thumb down: one gap each.
    `reason` is a `domain.gap.GapReason`. `served`: the article given, or empty; `nearest`: ids,
    best first. `waiting`: asked back, and the owner may still pick one.
    """

    __tablename__ = "gaps"

    id: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(String(80), unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("gap_groups.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(20))
    served: Mapped[str] = mapped_column(String(80), default="")
    nearest: Mapped[list[Any]] = mapped_column(default=list)
    waiting: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    group: Mapped[GapGroup] = relationship(back_populates="gaps")


class GapConclusion(Base):
    """What one person proposes for a group and another approves or returns.

    `kind` and `state` as in `domain.gap`. `texts`: the wordings that it settles. `article`: the id
    linked or written; `draft`: the fields of a written one. `taken_in_at`: since when the files
    hold it, so that it no longer lies over them; of one that is no longer served, that they still
    do. `replaces`: the version that this one takes the place of once it is approved, and `why`.
    """

    __tablename__ = "gap_conclusions"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("gap_groups.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default="proposed", index=True)
    texts: Mapped[list[Any]] = mapped_column(default=list)
    article: Mapped[str] = mapped_column(String(lengths.ARTICLE_ID), default="")
    draft: Mapped[dict[str, Any] | None]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("officers.id"))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    decided_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(Text, default="")
    taken_in_at: Mapped[datetime | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("gap_conclusions.id"))
    why: Mapped[str] = mapped_column(Text, default="")
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str] = mapped_column(Text, default="")

    group: Mapped[GapGroup] = relationship(back_populates="conclusions")
    replaces: Mapped["GapConclusion | None"] = relationship(remote_side="GapConclusion.id")
    proposer: Mapped[Officer] = relationship(foreign_keys=[proposed_by])
    decider: Mapped[Officer | None] = relationship(foreign_keys=[decided_by])
    withdrawer: Mapped[Officer | None] = relationship(foreign_keys=[withdrawn_by])


class RegressionCase(Base):
    """A settled wording and what must come of it: `article`, or empty for not our matter.

    `found`: what the search gave first instead when it was last tried; empty while it holds.
    """

    __tablename__ = "regression_cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    conclusion_id: Mapped[int] = mapped_column(ForeignKey("gap_conclusions.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    article: Mapped[str] = mapped_column(String(lengths.ARTICLE_ID), default="")
    failing: Mapped[bool] = mapped_column(default=False)
    found: Mapped[str] = mapped_column(String(80), default="")
    tried_at: Mapped[datetime]
