"""Whatever our knowledge base names, typed alone in any spelling, leads to its article."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.talk.payload import read_payload
from bot.domain.text.plain import plain
from bot.knowledge.library import Knowledge, Library
from bot.search.retriever import Retriever
from bot.services.answering.answers import AnswerService
from bot.services.answering.groundwork.question import Question
from bot.texts import default_texts

FEWEST = 0.99


def names(knowledge: Knowledge) -> set[tuple[str, str]]:
    """Each title, subject, button, term and synonym, and the article that it names."""
    called = {
        (name, article.id)
        for article in knowledge.articles.values()
        for name in (article.title, article.subject, article.button)
    }
    terms = {
        (word, term.article)
        for term in knowledge.glossary.terms
        if term.article is not None
        for word in term.words
    }
    return called | terms


@pytest.mark.parametrize("spelled", [str, plain, str.upper], ids=["as written", "bare", "capitals"])
def test_it_is_served_or_stands_on_a_button(
    library: Library, spelled: Callable[[str], str]
) -> None:
    answers = AnswerService(Retriever(library.current, None), default_texts())
    lost = []
    wanted = names(library.current)
    for name, article in wanted:
        found = answers.answer(Question(spelled(name), date(2026, 11, 24)))
        offered = {
            read_payload(choice.payload)[1].get("article")
            for reply in found.replies
            for choice in reply.message.choices
        }
        if article not in {found.article, *offered}:
            lost.append((name, article))
    assert len(lost) <= (1 - FEWEST) * len(wanted), lost
    assert len(wanted) > 900
