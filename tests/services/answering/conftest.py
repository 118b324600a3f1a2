"""A small knowledge base with a glossary, and questions over it before their first stage."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.knowledge.library import Knowledge, read_knowledge
from bot.services.answering.groundwork.answer_replies import AnswerReplies
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.groundwork.question import Question
from bot.texts import default_texts
from tests.support.data.small_knowledge import copy_small_knowledge
from tests.support.data.words import GLOSSARY
from tests.support.doubles.counting_retriever import CountingRetriever


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    folder = copy_small_knowledge(tmp_path_factory.mktemp("glossed") / "knowledge_base")
    (folder / "glossary.yml").write_text(GLOSSARY, encoding="utf-8")
    return read_knowledge(folder)


@pytest.fixture
def search(knowledge: Knowledge) -> CountingRetriever:
    return CountingRetriever(knowledge)


@pytest.fixture
def ask(search: CountingRetriever) -> Callable[..., Findings]:
    """A question as it stands before the first stage."""
    wording = AnswerReplies(search.knowledge, default_texts())

    def begin(text: str, **facts: Any) -> Findings:
        return Findings(Question(text, date(2026, 11, 24), **facts), search, wording)

    return begin
