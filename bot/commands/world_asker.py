"""Asks a private assistant what an evaluation set holds."""

import uuid

from bot.commands.asked import asked
from bot.domain.talk.payload import PICK_ARTICLE, read_payload
from bot.domain.talk.understanding import Outcome
from bot.evaluation.asking.turn import Turn
from bot.private_world import PrivateWorld, Said


class WorldAsker:
    """Asks a private assistant; each message or conversation is a new contact's."""

    def __init__(self, world: PrivateWorld) -> None:
        self._world = world

    async def ask(self, text: str) -> Turn:
        """A first message."""
        return (await self.talk([text]))[0]

    async def talk(self, turns: list[str]) -> list[Turn]:
        """A whole conversation."""
        chat_key = uuid.uuid4().hex
        return [as_turn(await self._world.say(chat_key, text)) for text in turns]


def as_turn(said: Said) -> Turn:
    """What came back, seen as `donghanh ask` shows it."""
    if not said.understandings:
        return Turn(outcome=None, ms=said.ms)
    shown, first = asked("", said), said.understandings[0]
    return Turn(
        outcome=first.outcome,
        article=first.article,
        alternatives=shown["alternatives"],
        confidence=first.confidence,
        ms=said.ms,
        last_outcome=said.understandings[-1].outcome,
        offered=_offered(said),
        intent=first.intent,
        words="\n".join(reply.text for reply in said.replies),
        asked_about=_asked_about(said),
    )


def _asked_about(said: Said) -> frozenset[str]:
    """The intents on the buttons where it was asked whether something be done."""
    if said.understandings[0].outcome is not Outcome.CLARIFY:
        return frozenset()
    choices = (choice for reply in said.replies for choice in reply.choices)
    intents = frozenset(read_payload(choice.payload)[0] for choice in choices)
    return frozenset() if PICK_ARTICLE in intents else intents


def _offered(said: Said) -> list[str]:
    """The articles on buttons where none is served: under an answer they are related ones."""
    if said.understandings[0].article is not None:
        return []
    payloads = (read_payload(choice.payload) for reply in said.replies for choice in reply.choices)
    return [named["article"] for intent, named in payloads if intent == PICK_ARTICLE and named]
