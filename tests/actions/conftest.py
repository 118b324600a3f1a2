"""Actions as they are called, without Rasa: desks, the turns they are given, owners in forms."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from actions.shape.desk import Desk
from actions.shape.turn import Turn
from bot.domain.clock import Clock
from bot.house import House
from bot.knowledge.library import Library
from bot.knowledge.tables import read_tables
from bot.search.retriever import Retriever
from bot.settings import ROOT, Settings
from bot.storage.database import Database
from tests.support.stands.form_stand import FormStand, new_owner, open_form_desk

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


@pytest.fixture(scope="session")
def by_words(library: Library) -> Retriever:
    return Retriever(library.current, None)


@pytest.fixture
def form_desk(
    any_database: Database, library: Library, clock: Clock, settings: Settings, by_words: Retriever
) -> Desk:
    """A desk that searches by words, on both databases."""
    house = House(settings=settings, database=any_database, library=library, clock=clock)
    return open_form_desk(house, by_words)


@pytest.fixture
def owners(form_desk: Desk) -> Callable[..., FormStand]:
    """Owners who have never written before."""
    seeds = iter(range(1000, 2000))
    return lambda form="request_form": new_owner(form_desk, form, seed=next(seeds))
