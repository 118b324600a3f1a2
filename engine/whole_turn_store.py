"""Rasa's SQL tracker store, which keeps whole turns only.

A turn in which an action failed leaves the tracker as it was, so that the message can simply be
worked on again. Rasa's own way back, `rewind`, undoes a whole form instead of one answer in it.
"""

from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from engine import turn_failures

FORGET = "forget_conversation"
"""The slot by which an action asks that nothing of the conversation is kept here."""


class WholeTurnTrackerStore(SQLTrackerStore):
    """Saves a tracker unless something of its turn failed; forgets it where that is wanted."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if self.engine.dialect.name != "sqlite":
            return
        # Rasa opens the file anew for each access, and the last to close it writes the log back:
        # a tenth of a turn. A pool keeps it open.
        self.engine = sa.create_engine(
            self.engine.url, poolclass=QueuePool, connect_args={"check_same_thread": False}
        )
        self.sessionmaker = sessionmaker(bind=self.engine)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Saves; a database that refuses is a failure of the turn, too."""
        if turn_failures.any_failed():
            return
        try:
            if tracker.get_slot(FORGET):
                self._forget(tracker.sender_id)
            else:
                await super().save(tracker)
        except Exception:
            # Rasa would go on with a store in memory, and the turn would be forgotten.
            turn_failures.note("tracker_store")
            raise

    def _forget(self, sender: str) -> None:
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender).delete()
            session.commit()
