"""The shape of all our actions: read the turn, answer with replies and slots."""

import asyncio
import copy
from dataclasses import dataclass, field
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.shape.desk import Desk
from actions.shape.turn import ENGLISH, LANGUAGE, Turn, read_turn
from bot.domain.talk.reply import Reply


@dataclass(frozen=True)
class Response:
    """What an action answers: replies in order, slots to set, other events of Rasa."""

    replies: list[Reply] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)


class HouseAction(Action):  # type: ignore[misc]  # rasa_sdk has no types
    """An action with a desk. `respond` may run twice for one message: it must be idempotent."""

    action_name: ClassVar[str]

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def name(self) -> str:
        """Rasa's name of the action."""
        return self.action_name

    def respond(self, turn: Turn) -> Response:
        """Answers a turn."""
        raise NotImplementedError

    def in_language_of(self, turn: Turn) -> "HouseAction":
        """The action at a desk that speaks the language of the turn."""
        if not turn.in_english:
            return self
        speaking = copy.copy(self)
        speaking.desk = self.desk.in_english
        return speaking

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Runs `respond` beside the event loop and hands its replies to Rasa."""
        turn = read_turn(tracker)
        response = await asyncio.to_thread(self.in_language_of(turn).respond, turn)
        for reply in response.replies:
            marked = reply.understanding.model_copy(update={"intent": turn.intent})
            dispatcher.utter_message(
                json_message={
                    "message": reply.message.model_dump(mode="json"),
                    "understanding": marked.model_dump(mode="json"),
                }
            )
        return [
            *response.events,
            *(SlotSet(name, value) for name, value in response.slots.items()),
            *_language_events(turn),
        ]


def _language_events(turn: Turn) -> list[dict[str, Any]]:
    """The slot of the language where the turn goes on in another one than the talk before."""
    language = ENGLISH if turn.in_english else None
    return [] if turn.slots.get(LANGUAGE) == language else [SlotSet(LANGUAGE, language)]
