"""What a finished event holds of its sender's words is forgotten after a month.

The words stand in the conversation; of the event only its id is needed from then on, so that it is
known when a channel brings it again.
"""

from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.talk.messages import wordless
from bot.domain.talk.way import UNWORKED
from bot.storage.models import InboxEvent

KEPT = timedelta(days=30)
"""Longer than any channel lets a message be edited, or brings one again."""

PIECE = 500
"""Events a transaction: nobody waits long for it."""


class EventBodies:
    """Forgets them piece by piece, in the order in which they came."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def forget(self, behind: int, *, now: datetime) -> int | None:
        """Forgets a piece of those behind a row's id; the row it came to, None where none is left.

        One that is still unworked is waited for, with all behind it: the next night comes back.
        """
        old = self._session.scalars(
            select(InboxEvent)
            .where(InboxEvent.id > behind, InboxEvent.received_at <= now - KEPT)
            .order_by(InboxEvent.id)
            .limit(PIECE)
            .with_for_update()
        ).all()
        reached = None
        for row in takewhile(lambda row: row.state not in UNWORKED, old):
            row.payload = wordless(row.payload, "")
            reached = row.id
        return reached
