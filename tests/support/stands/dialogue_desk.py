"""Rasa itself, spoken to: a conversation put into a state, and one thing said there."""

import asyncio
import uuid
from dataclasses import dataclass
from typing import Any

import httpx
from ruamel.yaml import YAML

from bot.domain.clock import system_clock
from bot.domain.talk.messages import ChannelName
from bot.flow.engine import Engine, EngineMessage
from bot.services.messaging.conversations import ConversationService
from bot.settings import ROOT
from tests.support.stands.stage import Stage

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


@dataclass(frozen=True)
class Ended:
    """How a turn ended."""

    words: list[str]
    actions: list[str]
    form: str | None


class DialogueDesk:
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
            self.says(sender, '/assessment{"assessment":"5s"}')
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
