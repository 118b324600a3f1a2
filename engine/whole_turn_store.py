"""Rasa's SQL tracker store, which keeps whole turns only, and reads and writes them once.

A turn in which an action failed leaves the tracker as it was, so that the message can simply be
worked on again. Rasa's own way back, `rewind`, undoes a whole form instead of one answer in it.

Rasa's store counts what it has stored before each save, and goes through the ORM for every event:
a third of each turn (measured with py-spy). Here a tracker remembers how many of its events came
from the store, and the others are written in one statement. The table stays Rasa's own.
"""

import json
from typing import Any, Dict, Optional

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool

from engine import turn_failures

FORGET = "forget_conversation"
"""The slot by which an action asks that nothing of the conversation is kept here."""

EVENTS = SQLTrackerStore.SQLEvent.__table__

_OF_SENDER = EVENTS.c.sender_id == sa.bindparam("sender")

# By their ids, not as Rasa does by their times: a clock that is set back would hide what is new.
_SESSION_START = (
    sa.select(sa.func.max(EVENTS.c.id))
    .where(_OF_SENDER, EVENTS.c.type_name == SessionStarted.type_name)
    .scalar_subquery()
)

_LAST_SESSION = (
    sa.select(EVENTS.c.data)
    .where(_OF_SENDER, EVENTS.c.id >= sa.func.coalesce(_SESSION_START, 0))
    .order_by(EVENTS.c.id)
)

UNREACHABLE = (sa.exc.OperationalError, sa.exc.InterfaceError)
"""What is raised where the database is away: the turn waits for it."""


class WholeTurnTrackerStore(SQLTrackerStore):
    """Saves a tracker unless something of its turn failed; forgets it where that is wanted."""

    engine: sa.engine.Engine

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

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """The tracker of the last session; None where nothing is stored.

        One that cannot be read is a failure of the turn: Rasa would go on as with a new owner.
        """
        try:
            return self._read(sender_id)
        except UNREACHABLE:
            turn_failures.note_away()
            raise
        except Exception:
            turn_failures.note("tracker_store")
            raise

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Saves; a database that refuses is a failure of the turn, too."""
        if turn_failures.under_way():
            return
        try:
            if tracker.get_slot(FORGET):
                self.forget(tracker.sender_id)
            else:
                await self._add(tracker)
        except UNREACHABLE:
            turn_failures.note_away()
            raise
        except Exception:
            # Rasa would go on with a store in memory, and the turn would be forgotten.
            turn_failures.note("tracker_store")
            raise

    def forget(self, sender: str) -> None:
        """Nothing of the conversation is kept."""
        with self.engine.begin() as connection:
            connection.execute(EVENTS.delete().where(_OF_SENDER), {"sender": sender})

    def _read(self, sender: str) -> Optional[DialogueStateTracker]:
        with self.engine.connect() as connection:
            rows = connection.execute(_LAST_SESSION, {"sender": sender}).scalars().all()
        if not rows:
            return None
        events = [json.loads(row) for row in rows]
        tracker = DialogueStateTracker.from_dict(sender, events, self.domain.slots)
        tracker.stored_events = len(tracker.events)
        return tracker

    async def _add(self, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        stored = getattr(tracker, "stored_events", 0)
        rows = [_row(tracker.sender_id, event) for event in list(tracker.events)[stored:]]
        if not rows:
            return
        with self.engine.begin() as connection:
            connection.execute(EVENTS.insert(), rows)
        tracker.stored_events = stored + len(rows)


def _row(sender: str, event: Any) -> Dict[str, Any]:
    data = event.as_dict()
    intent = (data.get("parse_data") or {}).get("intent") or {}
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": intent.get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
