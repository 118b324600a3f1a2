"""Every intent in every state of every form, pressed and typed: the turn ends well."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.settings import ROOT, Settings
from tests.support import states
from tests.support.stands.dialogue_desk import INTENTS, STATES, DialogueDesk
from tests.support.stands.stage import open_stage
from vietnamese.augment import mistype

pytestmark = pytest.mark.engine

MOST_ACTIONS = 6
"""An interruption is the form, what answers it, and the form again; Rasa's breaker trips at 10."""


REACHED = states.read()
"""Where a button of an intent leads out of a state, as `docs/states.md` says."""


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
def desk() -> Iterator[DialogueDesk]:
    with open_stage(Settings(_env_file=None)) as stage:
        desk = DialogueDesk(stage)
        yield desk
        desk.close()


@pytest.mark.parametrize(("form", "slot"), STATES)
def test_whatever_is_said_in_a_form_it_asks_on_or_ends(
    desk: DialogueDesk, form: str, slot: str
) -> None:
    for intent in INTENTS:
        for text in ways(intent, STATES.index((form, slot))):
            ended = desk.says(desk.stands_at(form, slot), text)
            told = (form, slot, intent, text, ended)
            assert ended.words, told
            assert all(ended.words), told
            assert len(ended.actions) <= MOST_ACTIONS, told
            assert ended.actions[-1] == "action_listen", told
            if text.startswith("/"):
                assert states.after((form, slot), ended.form) == REACHED[intent, (form, slot)], told


@pytest.mark.parametrize("intent", INTENTS)
def test_whatever_is_said_first_is_answered(desk: DialogueDesk, intent: str) -> None:
    for text in (f"/{intent}", *typed(intent)):
        ended = desk.says(desk.conversation(), text)
        assert ended.words, (intent, text, ended)
        assert len(ended.actions) <= MOST_ACTIONS, (intent, text, ended)


@pytest.mark.parametrize("again", ["sửa liên hệ", "/privacy_correct"])
def test_the_wish_of_a_form_said_again_asks_its_question_again(
    desk: DialogueDesk, again: str
) -> None:
    sender = desk.conversation()
    first = desk.says(sender, "/privacy_correct")
    for _ in range(3):
        said = desk.says(sender, again)
        assert said.words == first.words
        assert said.form == "correction_form"
