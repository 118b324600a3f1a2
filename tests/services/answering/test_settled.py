"""What two officers decided about a wording is served without a search."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.talk.understanding import Outcome
from bot.knowledge.settled import SettledQuestion, SettledQuestions
from bot.services.answering.groundwork.findings import Findings
from bot.services.answering.settled import settled
from tests.support.doubles.counting_retriever import CountingRetriever

Ask = Callable[..., Findings]

SHELF = "bịch bánh muốn lên kệ siêu thị thì còn thiếu món gì"


def with_settled(question: Findings, article: str | None) -> tuple[Findings, CountingRetriever]:
    known = SettledQuestions([SettledQuestion(SHELF, article)])
    search = CountingRetriever(replace(question.knowledge, settled=known))
    return replace(question, retriever=search), search


def test_the_article_that_was_decided_on_is_served(ask: Ask) -> None:
    question, search = with_settled(ask(SHELF), "ma-vach-dang-ky")
    answered = settled(question).answered
    assert answered is not None
    assert answered.article == "ma-vach-dang-ky"
    understood = answered.replies[0].understanding
    assert (understood.article, understood.confidence) == ("ma-vach-dang-ky", 1.0)
    assert search.asked == []


def test_what_was_settled_as_not_ours_is_called_far(ask: Ask) -> None:
    question, _ = with_settled(ask(SHELF), None)
    answered = settled(question).answered
    assert answered is not None
    assert answered.article is None
    understood = answered.replies[0].understanding
    assert (understood.outcome, understood.confidence) == (Outcome.OUT_OF_SCOPE, 1.0)


def test_another_question_passes_on(ask: Ask) -> None:
    question, _ = with_settled(ask("kaizen là gì vậy em"), "ma-vach-dang-ky")
    assert settled(question) is question
