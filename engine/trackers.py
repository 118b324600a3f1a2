"""What Rasa's trackers tell of a message that may have been worked on before."""

from typing import Any, AsyncContextManager, Dict, List, Optional

from rasa.core.agent import Agent
from rasa.shared.core.events import BotUttered, Event, UserUttered


class Trackers:
    """The trackers of a running agent."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent

    def alone(self, sender: str) -> AsyncContextManager[Any]:
        """Waits until no other turn of the sender is under way, in any Rasa server.

        A lock of its own beside Rasa's: that one is taken inside, and cannot be taken twice.
        """
        return self._agent.lock_store.lock(f"turn:{sender}")

    async def waits_in_form(self, sender: str) -> bool:
        """Whether a form waits for the sender's answer."""
        tracker = await self._agent.tracker_store.retrieve(sender)
        return tracker is not None and tracker.active_loop_name is not None

    async def recorded(self, sender: str, message_id: str) -> Optional[List[Dict[str, Any]]]:
        """The replies of a message that was worked on; None where it never was.

        What is recorded is whole: `engine/whole_turn_store.py`.
        """
        tracker = await self._agent.tracker_store.retrieve(sender)
        after = _events_after(list(tracker.events), message_id) if tracker else None
        if after is None:
            return None
        return [
            event.data["custom"]
            for event in after
            if isinstance(event, BotUttered) and event.data.get("custom")
        ]


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
