"""Words that look like small talk are a question only where that is sure."""

from collections.abc import Callable

import pytest

from bot.services.answering.groundwork.findings import Answered, Findings
from bot.services.answering.groundwork.question import A_BARE_TERM
from bot.services.answering.small_talk import asked
from tests.support.doubles.counting_retriever import CountingRetriever

Ask = Callable[..., Findings]


def test_a_plain_question_passes_by_unsearched(ask: Ask, search: CountingRetriever) -> None:
    question = ask("cảm ơn em nhiều nha")
    assert asked(question) is question
    assert search.asked == []


def test_a_thanks_with_a_question_beside_it_asks(ask: Ask, search: CountingRetriever) -> None:
    text = "cảm ơn em, cho hỏi đăng ký nhãn hiệu hết bao nhiêu tiền"
    heard = asked(ask(text, asked_from=0.5))
    assert heard.answered is None
    assert heard.whole is not None
    assert heard.whole[0].article_id == "nhan-hieu-chi-phi"
    assert search.asked == [text]


def test_how_sure_the_search_must_be_is_the_question_s(ask: Ask) -> None:
    text = "cảm ơn em, cho hỏi đăng ký nhãn hiệu hết bao nhiêu tiền"
    assert asked(ask(text, asked_from=0.999)).answered == Answered()


@pytest.mark.parametrize("text", ["cảm ơn em nhiều nha", "chào em", "🙂", ""])
def test_talk_and_nothing_else_asks_nothing(ask: Ask, text: str) -> None:
    assert asked(ask(text, asked_from=0.5)).answered == Answered()


@pytest.mark.parametrize("asked_from", [0.5, A_BARE_TERM])
def test_a_bare_term_asks_without_a_search(
    ask: Ask, search: CountingRetriever, asked_from: float
) -> None:
    question = ask("mã vạch", asked_from=asked_from)
    assert asked(question) is question
    assert search.asked == []


def test_where_only_a_term_asks_nothing_else_is_searched(
    ask: Ask, search: CountingRetriever
) -> None:
    question = ask("đăng ký nhãn hiệu hết bao nhiêu tiền", asked_from=A_BARE_TERM)
    assert asked(question).answered == Answered()
    assert search.asked == []


def test_what_leans_on_the_answer_before_is_searched_behind_it(ask: Ask) -> None:
    alone = asked(ask("thế mất bao lâu?", asked_from=0.5))
    behind = asked(ask("thế mất bao lâu?", asked_from=0.5, last_article="iso9001-la-gi"))
    assert alone.answered == Answered()
    assert behind.whole is not None
    assert behind.whole[0].article_id == "iso9001-thoi-gian"
