"""Actions as they are called, without Rasa: a desk, and the turns that it is given."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from actions.desk import Desk
from actions.turn import Turn
from bot.house import House
from bot.knowledge.retriever import Retriever
from bot.knowledge.tables import read_tables
from bot.settings import ROOT

MakeTurn = Callable[..., Turn]


def _no_search() -> Retriever:
    raise AssertionError("nothing is searched for")


@pytest.fixture
def desk(house: House) -> Desk:
    """A desk that searches nothing."""
    tables = read_tables(ROOT / "knowledge_base")
    return Desk(house, lambda: tables, _no_search)


@pytest.fixture
def make_turn() -> MakeTurn:
    """Makes a turn of a conversation."""

    def make(conversation_id: str, text: str = "", **facts: Any) -> Turn:
        plain = Turn(conversation_id, "in:1", text, "", 0.9, {}, {}, {}, [])
        return replace(plain, **facts)

    return make
