"""An article becomes a reply: with its basis and its dates, or with the reason why not."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import GivenArticle, Outcome
from bot.knowledge.library import Knowledge
from bot.knowledge.register import DocumentStatus
from bot.services.answering.groundwork.answer_replies import ASKS_BACK, AnswerReplies, Side
from bot.texts import default_texts

TODAY = date(2026, 11, 24)


@pytest.fixture
def wording(knowledge: Knowledge) -> AnswerReplies:
    return AnswerReplies(knowledge, default_texts())


def titles(reply: Reply) -> list[str]:
    return [choice.title for choice in reply.message.choices]


def without_law(knowledge: Knowledge, article: str, status: DocumentStatus) -> AnswerReplies:
    """The wording once every document that an article rests on has this status."""
    cited = {source.document for source in knowledge.articles[article].sources}
    changed = {id_: knowledge.documents[id_].model_copy(update={"status": status}) for id_ in cited}
    later = replace(knowledge, documents={**knowledge.documents, **changed})
    return AnswerReplies(later, default_texts())


def test_a_short_answer_shows_its_basis_and_its_review(
    wording: AnswerReplies, knowledge: Knowledge
) -> None:
    article = knowledge.articles["nhan-hieu-chi-phi"]
    reply = wording.short(article, TODAY, confidence=0.8, alternatives=["5s-la-gi"] * 9)
    assert article.answer.split("\n")[0] in reply.message.text
    answered, _, aside = reply.message.text.partition("\n\n> Căn cứ")
    assert aside.split("\n")[0].endswith(f"Rà soát ngày {article.reviewed_on:%d/%m/%Y}")
    assert all(line.startswith("> ") for line in aside.split("\n")[1:])
    assert answered
    assert reply.understanding.sources == knowledge.sources(article, TODAY)
    assert len(reply.understanding.alternatives) == 5


def test_what_rests_on_a_law_that_is_gone_is_not_served(knowledge: Knowledge) -> None:
    gone = without_law(knowledge, "nhan-hieu-chi-phi", DocumentStatus.EXPIRED)
    article = knowledge.articles["nhan-hieu-chi-phi"]
    for reply in (gone.short(article, TODAY), gone.detail(article, TODAY)):
        assert reply.understanding.outcome is Outcome.HANDOVER
        assert reply.understanding.article is None
        assert titles(reply) == ["Gặp cán bộ"]


def test_a_reply_says_which_articles_it_tells_by_their_marks(
    wording: AnswerReplies, knowledge: Knowledge
) -> None:
    one, other = (knowledge.articles[name] for name in ("nhan-hieu-chi-phi", "5s-la-gi"))
    told = [GivenArticle(article=article.id, mark=article.mark) for article in (one, other)]
    short = wording.short(one, TODAY)

    for reply in (
        short,
        wording.likely(short, []),
        wording.item(1, short, TODAY, is_last=True),
        wording.detail(one, TODAY),
        wording.ground(one, TODAY),
    ):
        assert reply.understanding.given == told[:1]
    beside = wording.beside([Side("A", one), Side("B", other)], "", TODAY)
    assert beside.understanding.given == told
    assert wording.far(nearest=[one.id]).understanding.given == []
    gone = without_law(knowledge, one.id, DocumentStatus.EXPIRED)
    assert gone.short(one, TODAY).understanding.given == []


def test_what_is_unverified_says_so_and_offers_an_officer(knowledge: Knowledge) -> None:
    doubtful = without_law(knowledge, "nhan-hieu-chi-phi", DocumentStatus.UNVERIFIED)
    reply = doubtful.short(knowledge.articles["nhan-hieu-chi-phi"], TODAY)
    assert "**Lưu ý:**" in reply.message.text
    assert "Gặp cán bộ" in titles(reply)


def test_another_authority_is_named_as_such(wording: AnswerReplies, knowledge: Knowledge) -> None:
    reply = wording.short(knowledge.articles["co-quan-thue"], TODAY)
    assert reply.understanding.outcome is Outcome.WRONG_OFFICE


def test_no_more_than_three_are_offered(wording: AnswerReplies) -> None:
    ids = ["5s-la-gi", "kaizen-la-gi", "ma-vach-phi", "iso9001-la-gi"]
    offer = wording.offer("answer.unsure", Outcome.HANDOVER, ids)
    assert len(titles(offer)) == 4
    assert titles(offer)[-1] == "Gặp cán bộ"
    assert offer.understanding.alternatives == ids


def test_who_is_asked_between_articles_may_want_none(wording: AnswerReplies) -> None:
    offer = wording.offer(ASKS_BACK, Outcome.CLARIFY, ["5s-la-gi", "kaizen-la-gi"])
    assert offer.message.choices[-1].payload == "/none_of_these"
