"""How far a channel has been read that is asked for its news."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.domain.clock import CLOCK_SLACK
from bot.storage.models import PollOffset


class PollOffsets:
    """One offset a channel: it moves on only after what was read is stored."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, channel: str, *, now: datetime, life: timedelta) -> int | None:
        """Where to go on; None where nothing is known, or what is known is older than `life`."""
        row = self._session.get(PollOffset, channel)
        if row is None:
            return None
        # Nobody knows how old an offset from the future is: all that is unconfirmed comes
        # again, and what is stored already is known by its id.
        return row.offset if -CLOCK_SLACK <= now - row.updated_at <= life else None

    def advance(self, channel: str, offset: int, *, now: datetime) -> None:
        """Everything before the offset is stored."""
        self._session.merge(PollOffset(channel=channel, offset=offset, updated_at=now))
