"""A question passes through the stages in their order; what is answered passes as it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.services.answering.groundwork.findings import Answered, Findings
from bot.services.answering.stages import STAGES, Stage
from tests.support.doubles.counting_retriever import CountingRetriever

Ask = Callable[..., Findings]

SENTENCE = (
    "asked settled named matter_asked compare split search fine support lean guard decide compose"
    " product_duties product_risk fee_sum period_end own_figures fine_first near_lines note"
)
CLEAR = "hồ sơ đăng ký nhãn hiệu gồm những gì"


def name(stage: Stage) -> str:
    return str(getattr(stage, "__name__", stage))


def after(last: str, question: Findings) -> Findings:
    """What was found once a stage is done."""
    for stage in STAGES:
        question = stage(question)
        if name(stage) == last:
            break
    return question


def test_the_order_reads_like_a_sentence() -> None:
    assert " ".join(map(name, STAGES)) == SENTENCE


@pytest.mark.parametrize("stage", STAGES, ids=name)
def test_what_is_answered_passes_through_and_is_not_searched(
    stage: Stage, ask: Ask, search: CountingRetriever
) -> None:
    question = ask(CLEAR, asked_from=0.5)
    article = search.knowledge.articles["kaizen-la-gi"]
    reply = question.wording.short(article, question.question.today)
    done = replace(question, answered=Answered([reply], article.id))
    assert stage(done) == done
    assert search.asked == []


@pytest.mark.parametrize("stage", STAGES, ids=name)
def test_talk_that_asks_nothing_stays_without_a_reply(
    stage: Stage, ask: Ask, search: CountingRetriever
) -> None:
    closed = replace(ask("GLN là gì", asked_from=0.5), answered=Answered())
    assert stage(closed) == closed
    assert search.asked == []


def test_each_stage_leaves_what_the_next_one_needs(ask: Ask) -> None:
    question = ask(CLEAR)
    assert after("named", question) == question
    assert after("split", question).parts == (CLEAR,)
    found = after("search", question).found
    assert [hits[0].article_id for hits in found] == ["nhan-hieu-ho-so-nop-o-dau"]
    assert after("decide", question).decision is not None
    assert after("decide", question).answered is None
    answered = after("compose", question).answered
    assert answered is not None
    assert answered.article == "nhan-hieu-ho-so-nop-o-dau"
