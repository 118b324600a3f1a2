"""Questions to the real articles, searched by words."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.knowledge.library import Library
from bot.search.retriever import Retriever
from bot.services.answering.answers import AnswerService
from bot.services.answering.groundwork.findings import Answered
from bot.services.answering.groundwork.question import Question
from bot.texts import Texts


@pytest.fixture(scope="session")
def real(library: Library) -> Callable[[str], Answered]:
    service = AnswerService(Retriever(library.current, None), Texts())
    return lambda text: service.answer(Question(text, date(2026, 11, 29)))
