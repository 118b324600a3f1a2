"""Every intent in every state of every form, pressed and typed: the turn ends well."""

import asyncio
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from ruamel.yaml import YAML

from bot.domain.clock import system_clock
from bot.domain.talk.messages import ChannelName
from bot.flow.engine import Engine, EngineMessage
from bot.services.messaging.conversations import ConversationService
from bot.settings import ROOT, Settings
from tests.support.stands.stage import Stage, open_stage
from vietnamese.augment import mistype

pytestmark = pytest.mark.engine

MOST_ACTIONS = 6
"""An interruption is the form, what answers it, and the form again; Rasa's breaker trips at 10."""

DOMAIN = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
INTENTS: list[str] = DOMAIN["intents"]
STATES = [(form, slot) for form, told in DOMAIN["forms"].items() for slot in told["required_slots"]]

GIVEN = {
    "request_topic": "nang_suat",
    "request_question": "nhờ sở xuống hướng dẫn xưởng làm 5S",
    "request_enterprise": {"tax_code": "0100233488", "name": ""},
    "request_reach": "0900000123",
    "request_files": [],
}
"""What was answered before the field that is asked for."""

ENDS = {
    "request_form": {"cancel", "pause", "handover", "privacy_erase", "privacy_withdraw"}
    | {"assessment", "privacy_correct", "affirm"},
    "correction_form": {"cancel", "pause", "handover", "privacy_erase", "privacy_withdraw"}
    | {"assessment", "request_help"},
    "assessment_form": {"cancel", "pause", "handover", "privacy_erase", "privacy_withdraw"}
    | {"request_help", "privacy_correct"},
}
"""Intents that may end a form, and say so; a yes only sends what was confirmed."""


@dataclass(frozen=True)
class Ended:
    """How a turn ended."""

    words: list[str]
    actions: list[str]
    form: str | None


class Desk:
    """Talks to Rasa itself: puts a conversation into a state, and says one thing there."""

    def __init__(self, stage: Stage) -> None:
        self._house = stage.world.house
        self._url = stage.world.engine._base_url
        self._token = stage.world.engine._token
        self._rasa = httpx.Client(base_url=self._url, params={"token": self._token}, timeout=60)

    def close(self) -> None:
        """Gives its connection back."""
        self._rasa.close()

    def conversation(self) -> str:
        """A contact who has never written."""
        with self._house.database.transaction() as session:
            opened = ConversationService(session).open(
                ChannelName.TERMINAL, uuid.uuid4().hex, name="", now=system_clock()
            )
            return opened.id

    def stands_at(self, form: str, slot: str) -> str:
        """A conversation in which a form asks for a slot."""
        sender = self.conversation()
        if form == "assessment_form":
            self.says(sender, "/assessment")
            return sender
        before = list(GIVEN)[: list(GIVEN).index(slot)] if slot in GIVEN else list(GIVEN)
        given = {name: GIVEN[name] for name in before} if form == "request_form" else {}
        events: list[dict[str, Any]] = [
            {"event": "action", "name": "action_session_start"},
            {"event": "session_started"},
            {"event": "action", "name": "action_listen"},
            {"event": "user", "text": "/request_help", "parse_data": _parsed("request_help")},
            {"event": "active_loop", "name": form},
            *({"event": "slot", "name": name, "value": value} for name, value in given.items()),
            {"event": "slot", "name": "requested_slot", "value": slot},
            {"event": "action", "name": form},
            {"event": "action", "name": "action_listen"},
        ]
        self._rasa.post(f"/conversations/{sender}/tracker/events", json=events).raise_for_status()
        return sender

    def says(self, sender: str, text: str) -> Ended:
        """One turn; a failed action, silence or a broken tracker fails the test."""
        replies = asyncio.run(self._turn(sender, text))
        tracker = self._rasa.get(f"/conversations/{sender}/tracker").json()
        events = tracker["events"]
        last = max(n for n, event in enumerate(events) if event["event"] == "user")
        actions = [e["name"] for e in events[last:] if e["event"] == "action"]
        words = [reply.message.text for reply in replies]
        return Ended(words, actions, (tracker["active_loop"] or {}).get("name"))

    async def _turn(self, sender: str, text: str) -> list[Any]:
        engine = Engine(self._url, self._token)
        try:
            message = EngineMessage(uuid.uuid4().hex, text)
            return await engine.turn(sender, message, maybe_seen=False)
        finally:
            await engine.close()


def _parsed(intent: str) -> dict[str, Any]:
    return {"intent": {"name": intent, "confidence": 1.0}, "entities": []}


def examples(intent: str) -> list[str]:
    text = (ROOT / f"nlu_data/nlu/{intent}.yml").read_text(encoding="utf-8")
    return [line.removeprefix("- ") for line in _lines(YAML(typ="safe").load(text))]


def _lines(data: dict[str, Any]) -> list[str]:
    return [line for part in data["nlu"] for line in part["examples"].splitlines()]


def typed(intent: str) -> list[str]:
    """In words that are sure, in words full of slips, and drowned in other words."""
    first = examples(intent)[0].strip('"')
    return [
        first,
        mistype(mistype(first, random.Random(1)), random.Random(2)),
        f"ba tôi nói hôm qua trời mưa mà {first} thì cũng vậy",
    ]


def ways(intent: str, place: int) -> Iterator[str]:
    """As a button, and typed in one way: the way goes round with the state."""
    yield f"/{intent}"
    words = typed(intent)
    yield words[(place + INTENTS.index(intent)) % len(words)]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with open_stage(Settings(_env_file=None)) as stage:
        desk = Desk(stage)
        yield desk
        desk.close()


@pytest.mark.parametrize(("form", "slot"), STATES)
def test_whatever_is_said_in_a_form_it_asks_on_or_ends(desk: Desk, form: str, slot: str) -> None:
    for intent in INTENTS:
        for text in ways(intent, STATES.index((form, slot))):
            ended = desk.says(desk.stands_at(form, slot), text)
            told = (form, slot, intent, text, ended)
            assert ended.words, told
            assert all(ended.words), told
            assert len(ended.actions) <= MOST_ACTIONS, told
            assert ended.actions[-1] == "action_listen", told
            if text.startswith("/") and intent not in ENDS[form]:
                assert ended.form == form, told


@pytest.mark.parametrize("intent", INTENTS)
def test_whatever_is_said_first_is_answered(desk: Desk, intent: str) -> None:
    for text in (f"/{intent}", *typed(intent)):
        ended = desk.says(desk.conversation(), text)
        assert ended.words, (intent, text, ended)
        assert len(ended.actions) <= MOST_ACTIONS, (intent, text, ended)


@pytest.mark.parametrize("again", ["sửa liên hệ", "/privacy_correct"])
def test_the_wish_of_a_form_said_again_asks_its_question_again(desk: Desk, again: str) -> None:
    sender = desk.conversation()
    first = desk.says(sender, "/privacy_correct")
    for _ in range(3):
        said = desk.says(sender, again)
        assert said.words == first.words
        assert said.form == "correction_form"
