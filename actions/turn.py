"""One turn as an action sees it: who wrote what, and what was understood."""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker

from bot.domain.messages import Attachment


@dataclass(frozen=True)
class Turn:
    """A reading of Rasa's tracker. `cause` names the inbound message: side effects hang on it."""

    conversation_id: str
    cause: str
    text: str
    intent: str
    confidence: float
    ranking: dict[str, float]
    entities: dict[str, Any]
    slots: dict[str, Any]
    events: list[dict[str, Any]]
    given_files: list[dict[str, Any]] = field(default_factory=list)

    @property
    def pressed(self) -> bool:
        """Whether it was a button: `/intent{…}`."""
        return self.text.startswith("/")

    @property
    def active_form(self) -> str:
        """The form in progress, or empty."""
        return str(self.slots.get("__loop__") or "")

    def entity(self, name: str) -> str:
        """A button's value, or empty."""
        return str(self.entities.get(name) or "")

    def slot(self, name: str) -> str:
        """A slot's text, or empty."""
        return str(self.slots.get(name) or "")

    @property
    def files(self) -> list[Attachment]:
        """The files of this turn."""
        return [Attachment.model_validate(file) for file in self.given_files]

    def actions_since_message(self) -> list[str]:
        """The actions run since the owner's message, first to last."""
        names: list[str] = []
        for event in reversed(self.events):
            if event["event"] == "user":
                break
            if event["event"] == "action" and event.get("name"):
                names.append(event["name"])
        return names[::-1]

    def bot_texts(self) -> list[str]:
        """What the bot said in this conversation so far, first to last."""
        sent = ((event.get("data") or {}).get("custom") or {} for event in self.events)
        return [text for one in sent if (text := str((one.get("message") or {}).get("text") or ""))]

    def last_user_text_before(self) -> str:
        """The owner's message before this one, or empty."""
        seen = 0
        for event in reversed(self.events):
            if event["event"] == "user":
                seen += 1
                if seen == 2:  # noqa: PLR2004  (the second from the end)
                    return str(event.get("text") or "")
        return ""


def read_turn(tracker: Tracker) -> Turn:
    """The turn of a tracker."""
    latest = tracker.latest_message
    metadata = latest.get("metadata") or {}
    slots = dict(tracker.slots)
    slots["__loop__"] = (tracker.active_loop or {}).get("name")
    return Turn(
        conversation_id=tracker.sender_id,
        cause=str(metadata.get("message_id") or latest.get("message_id") or ""),
        text=str(metadata.get("text") or latest.get("text") or ""),
        intent=str((latest.get("intent") or {}).get("name") or ""),
        confidence=float((latest.get("intent") or {}).get("confidence") or 0.0),
        ranking={
            str(ranked["name"]): float(ranked["confidence"])
            for ranked in latest.get("intent_ranking") or []
        },
        entities={
            str(entity["entity"]): entity.get("value") for entity in latest.get("entities") or []
        },
        slots=slots,
        events=list(tracker.events),
        # Rasa makes one entity of each item of a list.
        given_files=[
            entity["value"]
            for entity in latest.get("entities") or []
            if entity["entity"] == "files" and isinstance(entity.get("value"), dict)
        ],
    )
