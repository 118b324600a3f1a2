"""One question is decided over; several that were each found for sure are not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.search.decision import DecisionKind
from bot.search.hit import Hit
from bot.services.answering.decision import decide
from bot.services.answering.groundwork.findings import Findings
from tests.support.doubles.counting_retriever import CountingRetriever

Ask = Callable[..., Findings]

CLEAR = (Hit("iso9001-chi-phi", 2.0, 0.4), Hit("ma-vach-phi", 1.0, 0.1))
SURE = (Hit("iso9001-chi-phi", 2.0, 0.95), Hit("ma-vach-phi", 1.0, 0.02))


def kind(question: Findings) -> DecisionKind:
    decision = decide(question).decision
    assert decision is not None
    return decision.kind


def test_the_classifier_s_doubt_counts(ask: Ask) -> None:
    assert kind(replace(ask("chi phí"), found=(SURE,))) is DecisionKind.ANSWER
    assert kind(replace(ask("chi phí", off_topic=0.99), found=(SURE,))) is not DecisionKind.ANSWER


@pytest.mark.parametrize(
    ("text", "last_article", "answers"),
    [
        ("chi phí thì sao", "iso9001-la-gi", True),
        ("chi phí thì sao", "", False),
        ("chi phí thì sao", "nhan-hieu-chi-phi", False),
        ("chi phí của cả bộ chứng nhận thì sao", "iso9001-la-gi", False),
    ],
)
def test_a_short_question_behind_an_answer_of_its_topic_needs_less(
    ask: Ask, text: str, last_article: str, *, answers: bool
) -> None:
    question = replace(ask(text, last_article=last_article), found=(CLEAR,))
    assert (kind(question) is DecisionKind.ANSWER) is answers


def test_beside_its_siblings_an_article_is_likely_and_never_one_that_tells_a_fine(
    ask: Ask,
) -> None:
    apply, fine = "ma-vach-dang-ky", "ma-vach-phi"
    question = ask("mã vạch")
    known = question.knowledge
    near = {
        one: known.articles[one].model_copy(update={"related": [other]})
        for one, other in ((apply, fine), (fine, apply))
    }
    fined = {"title": "Dùng sai mã vạch bị phạt bao nhiêu?", "answer": "Phạt 5 triệu đồng."}
    near[fine] = near[fine].model_copy(update=fined)
    assert near[fine].tells_a_fine
    assert not near[apply].tells_a_fine
    search = CountingRetriever(replace(known, articles={**known.articles, **near}))
    for first, second, decided in (
        (apply, fine, DecisionKind.LIKELY),
        (fine, apply, DecisionKind.CLARIFY),
    ):
        hits = (Hit(first, 2.0, 0.3, 0.97), Hit(second, 1.0, 0.25, 0.97))
        assert kind(replace(question, retriever=search, found=(hits,))) is decided


def test_nothing_found_is_far(ask: Ask) -> None:
    assert kind(replace(ask("???", last_article="5s-la-gi"), found=([],))) is DecisionKind.FAR


def test_several_questions_leave_nothing_to_decide(ask: Ask) -> None:
    both = replace(ask("…"), found=(SURE, CLEAR))
    assert decide(both) is both
