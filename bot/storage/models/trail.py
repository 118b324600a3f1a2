"""The trail: what the department's people did. Rows are added and never changed."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.storage.base import Base
from bot.storage.models.officer import Officer


class TrailLine(Base):
    """One deed (`domain.office.trail.Deed`) at an instant.

    Triggers of the database refuse every change, and the removal of what is less than a year old
    (docs/adr/0032).
    """

    __tablename__ = "trail_lines"
    __table_args__ = (
        Index("ix_trail_lines_officer_id_id", "officer_id", "id"),
        Index("ix_trail_lines_kind_id", "kind", "id"),
        Index("ix_trail_lines_subject_id", "subject", "id"),
        Index("ix_trail_lines_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    act: Mapped[str] = mapped_column(String(60))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id"))
    address: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(80))
    detail: Mapped[str] = mapped_column(String(80))

    officer: Mapped[Officer | None] = relationship()
