"""What Rasa's trackers tell of a message worked on before, and how a broken one begins anew."""

import logging
from typing import Any, AsyncContextManager, Dict, List, Optional

from rasa.core.agent import Agent
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    Restarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from engine.whole_turn_store import UNREACHABLE, WholeTurnTrackerStore

logger = logging.getLogger(__name__)

KEPT_SLOTS = ("last_article", "request_collected_files")
"""What a dialogue that begins anew keeps: what was spoken of, and files that wait for a request."""


class Trackers:
    """The trackers of a running agent."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    def alone(self, sender: str) -> AsyncContextManager[Any]:
        """Waits until no other turn of the sender is under way, in any Rasa server.

        A lock of its own beside Rasa's: that one is taken inside, and cannot be taken twice.
        """
        lock: AsyncContextManager[Any] = self._agent.lock_store.lock(f"turn:{sender}")
        return lock

    async def waits_in_form(self, sender: str) -> bool:
        """Whether a form waits for the sender's answer."""
        tracker = await self._store().retrieve(sender)
        return tracker is not None and tracker.active_loop_name is not None

    async def recorded(self, sender: str, message_id: str) -> Optional[List[Dict[str, Any]]]:
        """The replies of a message that was worked on; None where it never was.

        What is recorded is whole: `engine/whole_turn_store.py`.
        """
        tracker = await self._store().retrieve(sender)
        after = _events_after(list(tracker.events), message_id) if tracker else None
        if after is None:
            return None
        return [
            event.data["custom"]
            for event in after
            if isinstance(event, BotUttered) and event.data.get("custom")
        ]

    async def reset(self, sender: str) -> None:
        """Begins the dialogue anew: no form, no slot of a form, waiting for the owner.

        One that cannot even be read is forgotten.

        Raises:
            Exception: the store's own; it did not happen.
        """
        store = self._store()
        try:
            tracker = await store.retrieve(sender)
        except UNREACHABLE:
            raise
        except Exception:
            logger.exception("a dialogue cannot be read, it is forgotten")
            store.forget(sender)
            return
        if tracker is None:
            return
        tracker.update_with_events(_beginning(tracker), self._agent.domain)
        await store.save(tracker)

    def _store(self) -> WholeTurnTrackerStore:
        # Rasa wraps it into one that swallows errors.
        store = self._agent.tracker_store
        ours: WholeTurnTrackerStore = getattr(store, "_tracker_store", store)
        return ours


def _beginning(tracker: DialogueStateTracker) -> List[Event]:
    kept = [SlotSet(name, tracker.get_slot(name)) for name in KEPT_SLOTS]
    return [Restarted(), ActionExecuted(ACTION_LISTEN_NAME), *kept]


def _events_after(events: List[Event], message_id: str) -> Optional[List[Event]]:
    """The events between that message and the next; None where it never came."""
    after: List[Event] = []
    for event in reversed(events):
        if not isinstance(event, UserUttered):
            after.append(event)
        elif (event.metadata or {}).get("message_id") == message_id:
            return after[::-1]
        else:
            after = []
    return None
