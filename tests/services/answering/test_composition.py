"""What was found and decided becomes replies, and what the next turn leans on."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.talk.reply import Reply
from bot.domain.talk.understanding import Outcome
from bot.search.decision import Decision, DecisionKind
from bot.search.hit import Hit
from bot.services.answering.composition import compose
from bot.services.answering.groundwork.findings import Answered, Findings

Ask = Callable[..., Findings]

IDS = ("ma-vach-phi", "ma-vach-dang-ky", "5s-la-gi", "kaizen-la-gi")
HITS = [Hit(id_, 4.0 - n, 0.4 / (n + 1)) for n, id_ in enumerate(IDS)]


def composed(question: Findings, kind: DecisionKind, *offered: str) -> Answered:
    decided = replace(question, found=(HITS,), decision=Decision(kind, offered))
    answered = compose(decided).answered
    assert answered is not None
    return answered


def titles(reply: Reply) -> list[str]:
    return [choice.title for choice in reply.message.choices]


def test_an_answer_is_served_and_the_rest_is_left_for_later(ask: Ask) -> None:
    answered = composed(ask("…"), DecisionKind.ANSWER, IDS[0])
    assert answered.article == IDS[0]
    assert answered.alternatives == list(IDS[1:])
    understood = answered.replies[0].understanding
    assert (understood.outcome, understood.article) == (Outcome.ANSWER, IDS[0])
    assert understood.confidence == HITS[0].confidence
    assert understood.alternatives == list(IDS[1:])


def test_a_likely_answer_says_so_and_shows_what_else_it_may_be(ask: Ask) -> None:
    question = ask("…")
    answered = composed(question, DecisionKind.LIKELY, "ma-vach-dang-ky", "ma-vach-phi")
    (reply,) = answered.replies
    known = question.knowledge.articles
    assert reply.message.text.startswith("Có lẽ anh/chị hỏi về **")
    assert known["ma-vach-dang-ky"].answer.split("\n")[0] in reply.message.text
    assert known["ma-vach-phi"].button in titles(reply)
    assert "Gặp cán bộ" in titles(reply)
    assert reply.understanding.article == answered.article == "ma-vach-dang-ky"
    assert answered.alternatives == ["ma-vach-phi", "5s-la-gi", "kaizen-la-gi"]


def test_between_two_the_way_out_is_none_of_these(ask: Ask) -> None:
    question = ask("…")
    answered = composed(question, DecisionKind.CLARIFY, *IDS[:2])
    buttons = [question.knowledge.articles[id_].button for id_ in IDS[:2]]
    assert titles(answered.replies[0]) == [*buttons, "Không phải các ý này"]
    assert answered.replies[0].understanding.outcome is Outcome.CLARIFY
    assert answered.article is None
    assert answered.subject == IDS[0]
    assert answered.alternatives == list(IDS[2:])


def test_unsure_offers_the_nearest_and_an_officer(ask: Ask) -> None:
    text = "hàng gửi đi nước ngoài thì sao"
    answered = composed(ask(text), DecisionKind.UNSURE, *IDS[:3])
    assert titles(answered.replies[0])[-1] == "Gặp cán bộ"
    understood = answered.replies[0].understanding
    assert understood.outcome is Outcome.HANDOVER
    assert understood.alternatives == list(IDS)
    assert answered.subject == IDS[0]
    assert answered.alternatives == [IDS[3]]


def test_of_a_bare_word_it_is_asked_what_is_meant(ask: Ask) -> None:
    answered = composed(ask("xăng dầu hợp quy"), DecisionKind.UNSURE, *IDS[:3])
    (reply,) = answered.replies
    assert reply.understanding.outcome is Outcome.CLARIFY
    assert "chuyện nào dưới đây" in reply.message.text
    assert titles(reply)[-1] == "Gặp cán bộ"
    assert answered.subject == IDS[0]


def test_far_offers_nothing_and_keeps_the_nearest_for_officers(ask: Ask) -> None:
    answered = composed(ask("…"), DecisionKind.FAR)
    assert titles(answered.replies[0]) == ["Gặp cán bộ"]
    assert answered.replies[0].understanding.alternatives == list(IDS)
    assert (answered.article, answered.subject, answered.alternatives) == (None, None, [])


def test_of_several_questions_each_is_answered_and_the_last_is_leant_on(ask: Ask) -> None:
    other = [Hit("5s-la-gi", 3.0, 0.9)]
    answered = compose(replace(ask("…"), found=(HITS, other))).answered
    assert answered is not None
    assert [r.understanding.article for r in answered.replies] == [IDS[0], "5s-la-gi"]
    assert answered.replies[0].understanding.alternatives == ["5s-la-gi"]
    assert answered.article == "5s-la-gi"


def test_the_same_article_is_given_once(ask: Ask) -> None:
    answered = compose(replace(ask("…"), found=(HITS, HITS))).answered
    assert answered is not None
    assert [r.understanding.article for r in answered.replies] == [IDS[0]]
