"""A term of the glossary that is all of a message is explained."""

from collections.abc import Callable

import pytest

from bot.services.answering.bare_term import named
from bot.services.answering.groundwork.findings import Findings
from tests.support.doubles.counting_retriever import CountingRetriever

Ask = Callable[..., Findings]


@pytest.mark.parametrize("text", ["mã vạch", "MA VACH?", "barcode"])
def test_it_gets_its_article_without_a_search(
    ask: Ask, search: CountingRetriever, text: str
) -> None:
    answered = named(ask(text)).answered
    assert answered is not None
    assert answered.article == "ma-so-ma-vach-la-gi"
    assert answered.replies[0].understanding.confidence == 1.0
    assert search.asked == []


def test_behind_an_answer_of_another_topic_it_is_still_a_term(ask: Ask) -> None:
    answered = named(ask("mã vạch", last_article="5s-la-gi")).answered
    assert answered is not None
    assert answered.article == "ma-so-ma-vach-la-gi"


@pytest.mark.parametrize(
    ("text", "last_article"),
    [
        ("mã vạch", "ma-vach-phi"),  # may ask the question before once more
        ("mã vạch phí bao nhiêu", ""),
        ("GLN", ""),  # no article explains it
        ("", ""),
    ],
)
def test_other_words_pass_on(ask: Ask, text: str, last_article: str) -> None:
    question = ask(text, last_article=last_article)
    assert named(question) is question
