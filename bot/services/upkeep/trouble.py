"""What went wrong, for the administrator: messages without an answer, jobs that did not end.

Without any word of an owner's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.domain.jobs import JobState
from bot.domain.office.mail_state import MailState
from bot.domain.talk.way import InboxState
from bot.domain.trouble import Trouble, trouble_of
from bot.storage.models import InboxEvent, Job, OutgoingMail

KEPT = timedelta(days=7)
"""How long one is shown: what an administrator has not looked into by then is old."""

MOST_SHOWN = 200


@dataclass(frozen=True)
class DeadEvent:
    """An event that was set aside. `detail`: which part failed, as programmers name it."""

    id: int
    channel: str
    at: datetime
    trouble: Trouble
    detail: str


@dataclass(frozen=True)
class FailedJob:
    """A job whose tries are used up. `detail`: what it failed of, as programmers name it."""

    kind: str
    key: str
    at: datetime
    detail: str


class TroubleService:
    """Reads what was set aside, and what was given up."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self._session = session
        self._now = now

    def count(self) -> int:
        """How many messages and jobs of the last days were given up, and mails may be lost."""
        of_each = (
            select(func.count()).select_from(InboxEvent).where(self._recent()),
            select(func.count()).select_from(Job).where(self._given_up()),
            select(func.count())
            .select_from(OutgoingMail)
            .where(
                OutgoingMail.state == MailState.UNKNOWN, OutgoingMail.ended_at > self._now - KEPT
            ),
        )
        return sum(self._session.scalar(counted) or 0 for counted in of_each)

    def recent(self) -> list[DeadEvent]:
        """The newest of the messages, newest first."""
        rows = self._session.scalars(
            select(InboxEvent)
            .where(self._recent())
            .order_by(InboxEvent.id.desc())
            .limit(MOST_SHOWN)
        )
        return [
            DeadEvent(row.id, row.channel, row.done_at or row.received_at, *trouble_of(row.error))
            for row in rows
        ]

    def failed_jobs(self) -> list[FailedJob]:
        """The newest of the jobs, newest first."""
        rows = self._session.scalars(
            select(Job).where(self._given_up()).order_by(Job.ended_at.desc()).limit(MOST_SHOWN)
        )
        return [FailedJob(row.kind, row.key, row.ended_at or row.due_at, row.error) for row in rows]

    def _given_up(self) -> ColumnElement[bool]:
        return (Job.state == JobState.FAILED) & (Job.ended_at > self._now - KEPT)

    def _recent(self) -> ColumnElement[bool]:
        return (InboxEvent.state == InboxState.DEAD) & (InboxEvent.done_at > self._now - KEPT)
