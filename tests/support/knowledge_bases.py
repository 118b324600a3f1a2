"""A small knowledge base, and searches over it."""

from pathlib import Path

import pytest

from bot.knowledge.library import Knowledge, read_knowledge
from bot.search.retriever import Retriever
from tests.support.data.embedding import LetterEmbedder
from tests.support.data.small_knowledge import copy_small_knowledge


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_small_knowledge(tmp_path / "knowledge_base")


@pytest.fixture(scope="session")
def small_knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return read_knowledge(copy_small_knowledge(tmp_path_factory.mktemp("small") / "knowledge_base"))


@pytest.fixture(scope="session")
def by_words(small_knowledge: Knowledge) -> Retriever:
    return Retriever(small_knowledge, None)


@pytest.fixture(scope="session")
def by_letters(small_knowledge: Knowledge) -> Retriever:
    return Retriever(small_knowledge, LetterEmbedder())
