"""Messages that could not be answered, for the administrator; without any word of the owner's."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.domain.talk.way import InboxState
from bot.domain.trouble import Trouble, trouble_of
from bot.storage.models import InboxEvent

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


class TroubleService:
    """Reads what was set aside."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self._session = session
        self._now = now

    def count(self) -> int:
        """How many messages of the last days were left without an answer."""
        counted = select(func.count()).select_from(InboxEvent).where(self._recent())
        return self._session.scalar(counted) or 0

    def recent(self) -> list[DeadEvent]:
        """The newest of them, newest first."""
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

    def _recent(self) -> ColumnElement[bool]:
        return (InboxEvent.state == InboxState.DEAD) & (InboxEvent.done_at > self._now - KEPT)
