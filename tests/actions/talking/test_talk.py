"""Small talk: answered in kind, and as a question where it surely holds one."""

from collections.abc import Callable

import pytest

from actions.shape.desk import Desk
from actions.shape.turn import Turn
from actions.talking.talk import ActionSmallTalk
from bot.domain.talk.understanding import Outcome
from bot.house import House
from bot.knowledge.library import Knowledge
from bot.knowledge.tables import read_tables
from bot.settings import ROOT
from tests.support.doubles.counting_retriever import CountingRetriever

MakeTurn = Callable[..., Turn]

CLEAR = "đăng ký nhãn hiệu hết bao nhiêu tiền"


@pytest.fixture
def search(small_knowledge: Knowledge) -> CountingRetriever:
    return CountingRetriever(small_knowledge)


@pytest.fixture
def small_talk(house: House, search: CountingRetriever) -> ActionSmallTalk:
    tables = read_tables(ROOT / "knowledge_base")
    return ActionSmallTalk(Desk(house, lambda: tables, lambda: search))


def test_a_thanks_with_a_question_beside_it_is_answered_after_one_search(
    small_talk: ActionSmallTalk, search: CountingRetriever, make_turn: MakeTurn
) -> None:
    text = f"cảm ơn em, cho hỏi {CLEAR}"
    response = small_talk.respond(make_turn("c", text, intent="thanks"))
    assert response.replies[0].understanding.article == "nhan-hieu-chi-phi"
    assert response.slots["last_article"] == "nhan-hieu-chi-phi"
    assert search.asked == [CLEAR]


def test_a_thanks_is_answered_in_kind_and_forgets_nothing(
    small_talk: ActionSmallTalk, make_turn: MakeTurn
) -> None:
    turn = make_turn("c", "cảm ơn em nhiều nha", intent="thanks")
    response = small_talk.respond(turn)
    assert [r.understanding.outcome for r in response.replies] == [Outcome.CHITCHAT]
    assert response.slots == {}


@pytest.mark.parametrize("intent", ["insult", "smalltalk", "menu"])
def test_other_talk_is_not_searched(
    small_talk: ActionSmallTalk, search: CountingRetriever, make_turn: MakeTurn, intent: str
) -> None:
    response = small_talk.respond(make_turn("c", CLEAR, intent=intent))
    assert response.replies[0].understanding.outcome is Outcome.CHITCHAT
    assert search.asked == []


def test_other_talk_behind_an_answer_is_searched_where_it_is_doubted(
    small_talk: ActionSmallTalk, make_turn: MakeTurn
) -> None:
    facts = {"intent": "smalltalk", "slots": {"last_article": "iso9001-la-gi"}}
    sure = small_talk.respond(make_turn("c", "iso thì thời gian?", confidence=0.9, **facts))
    doubted = small_talk.respond(make_turn("c", "iso thì thời gian?", confidence=0.3, **facts))
    assert sure.replies[0].understanding.outcome is Outcome.CHITCHAT
    assert doubted.replies[0].understanding.article == "iso9001-thoi-gian"


def test_a_button_asks_nothing(
    small_talk: ActionSmallTalk, search: CountingRetriever, make_turn: MakeTurn
) -> None:
    response = small_talk.respond(make_turn("c", "/thanks", intent="thanks"))
    assert response.replies[0].understanding.outcome is Outcome.CHITCHAT
    assert search.asked == []
