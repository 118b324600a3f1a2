"""Work that is due at an instant (docs/adr/0019-jobs-on-the-database.md)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.jobs import JobState
from bot.storage.base import Base


class Job(Base):
    """A job, once for each kind and key.

    `state`: waiting, running, done, failed. `taken_by`, `lease_until`: the application that runs
    it, and until when it may be silent. `tries`: how often it was begun.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        Index("ix_jobs_state_due_at", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(100))
    given: Mapped[dict[str, Any]]
    due_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default=JobState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    taken_by: Mapped[str] = mapped_column(String(60), default="")
    lease_until: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(Text, default="")
    ended_at: Mapped[datetime | None]
