"""A form of the assistant without Rasa: its real actions in the order in which Rasa runs them."""

import itertools
from dataclasses import dataclass, field, replace
from typing import Any

from ruamel.yaml import YAML

from actions.registry import all_actions
from actions.shape.desk import Desk
from actions.shape.house_action import HouseAction, Response
from actions.shape.turn import ENGLISH, LANGUAGE, Turn
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.payload import read_payload
from bot.domain.talk.reply import Reply
from bot.house import House
from bot.knowledge.tables import read_tables
from bot.search.retriever import Retriever
from bot.services.requests.requests import RequestService
from bot.settings import ROOT
from bot.storage.models import Request
from tests.support.data.seed import Seed

SUBMITS = {
    "request_form": "action_submit_request",
    "correction_form": "action_submit_correction",
    "assessment_form": "action_end_assessment",
}
CLASSIFIED = 0.6
"""Confidence of an intent that a test names."""


def open_form_desk(house: House, retriever: Retriever) -> Desk:
    """A desk over a house, its tables read once."""
    tables = read_tables(ROOT / "knowledge_base")
    return Desk(house=house, tables=lambda: tables, retriever=lambda: retriever)


@dataclass
class FormStand:
    """One owner in one form. `last`: what the assistant said last; empty `wants`: it is over."""

    desk: Desk
    conversation_id: str
    form: str = "request_form"
    slots: dict[str, Any] = field(default_factory=dict)
    wants: str = ""
    said: list[OutgoingMessage] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._actions: dict[str, HouseAction] = {
            action.name(): action for action in all_actions(self.desk)
        }
        domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
        self._fields: list[str] = domain["forms"][self.form]["required_slots"]
        self._number = itertools.count(1)

    @property
    def last(self) -> OutgoingMessage:
        return self.said[-1]

    @property
    def buttons(self) -> list[str]:
        return [choice.title for choice in self.last.choices]

    def begins(self, text: str = "", intent: str = "request_help") -> "FormStand":
        """The message that starts the form."""
        self.slots = {"requested_slot": None}
        return self.says(text or f"/{intent}", intent)

    def hears(self, text: str, action: str, intent: str = "out_of_scope") -> "FormStand":
        """Writes outside of the form; what the action goes on to is the form, or nothing."""
        turn = self._turn(text, intent, form="")
        response = self._run(action, turn)
        self.wants = ""
        if any(event.get("name") == self.form for event in response.events):
            self.slots["requested_slot"] = None
            self._goes_through(replace(turn, slots={**self.slots, "__loop__": self.form}))
        return self

    def says(self, text: str, intent: str = "inform") -> "FormStand":
        """Writes, or with `/intent{…}` presses; `intent`: what Rasa understands."""
        self._goes_through(self._turn(text, intent, form=self.form))
        return self

    def _turn(self, text: str, intent: str, *, form: str) -> Turn:
        pressed, entities = read_payload(text)
        self.events = [*self.events, {"event": "user", "text": text}]
        return Turn(
            conversation_id=self.conversation_id,
            cause=f"in:{self.conversation_id}:{next(self._number)}",
            text=text,
            intent=pressed or intent,
            confidence=1.0 if pressed else CLASSIFIED,
            ranking={},
            entities=entities,
            slots={**self.slots, "__loop__": form or None},
            events=self.events,
        )

    def _goes_through(self, turn: Turn) -> None:
        validated = self._run(f"validate_{self.form}", turn)
        is_left = validated.slots.get("requested_slot", "") is None
        waiting = (name for name in self._fields if self.slots.get(name) is None)
        self.wants = "" if is_left else next(waiting, "")
        self.slots["requested_slot"] = self.wants or None
        after = Turn(**{**vars(turn), "slots": {**self.slots, "__loop__": self.form}})
        ask = f"action_ask_{self.form}_{self.wants}" if self.wants else SUBMITS[self.form]
        self._run(ask, after)

    def presses(self, title: str) -> "FormStand":
        """Presses the button of this title under the last message."""
        return self.says(self._choice(title).payload)

    def _choice(self, title: str) -> Choice:
        return next(choice for choice in self.last.choices if choice.title == title)

    def _run(self, name: str, turn: Turn) -> Response:
        response = self._actions[name].in_language_of(turn).respond(turn)
        self.events = [*self.events, *map(_said, response.replies)]
        self.slots.update(response.slots)
        self.slots[LANGUAGE] = ENGLISH if turn.in_english else None
        self.said.extend(reply.message for reply in response.replies)
        return response


def _said(reply: Reply) -> dict[str, Any]:
    return {"event": "bot", "data": {"custom": reply.model_dump(mode="json")}}


def new_owner(desk: Desk, form: str = "request_form", *, seed: int = 7) -> FormStand:
    """Somebody who writes for the first time."""
    with desk.house.database.transaction() as session:
        conversation = Seed(session, desk.now(), seed=seed).conversation()
        return FormStand(desk, conversation.id, form)


def filed_by(stand: FormStand) -> Request:
    """The newest request of an owner, with its enterprise and its contact."""
    with stand.desk.house.database.transaction() as session:
        request = RequestService(session).of_conversation(stand.conversation_id)[0]
        session.refresh(request, ["enterprise", "contact"])
        return request
