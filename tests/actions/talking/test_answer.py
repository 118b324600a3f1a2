"""An answer to what was asked, whatever was pasted beside it."""

from collections.abc import Callable
from dataclasses import replace

from actions.shape.desk import Desk
from actions.shape.turn import Turn
from actions.talking.answer import ActionAnswer
from bot.search.retriever import Retriever
from tests.support.data.seed import Seed

MakeTurn = Callable[..., Turn]


def said(desk: Desk, make_turn: MakeTurn, search: Retriever, text: str) -> tuple[str, list[str]]:
    """The article served, and what was said."""
    with desk.house.database.transaction() as session:
        conversation = Seed(session, desk.now()).conversation().id
    answering = replace(desk, retriever=lambda: search)
    replies = ActionAnswer(answering).respond(make_turn(conversation, text, intent="ask")).replies
    return replies[0].understanding.article or "", [reply.message.text for reply in replies]


def test_numbers_pasted_beside_a_question_do_not_lead_it_astray(
    desk: Desk, make_turn: MakeTurn, by_words: Retriever
) -> None:
    text = (
        "cccd 079123456789, stk 1903 1234 5678 ngân hàng X, sđt 0909123456, "
        "cho em hỏi chi phí đăng ký nhãn hiệu"
    )
    article, replies = said(desk, make_turn, by_words, text)
    assert article == "nhan-hieu-chi-phi"
    assert len(replies) == 2
    assert "đừng gửi số căn cước" in replies[1]


def test_a_tax_code_beside_a_question_is_no_secret(
    desk: Desk, make_turn: MakeTurn, by_words: Retriever
) -> None:
    text = "mst 0101243150, cho hỏi chi phí đăng ký nhãn hiệu"
    article, replies = said(desk, make_turn, by_words, text)
    assert article == "nhan-hieu-chi-phi"
    assert len(replies) == 1
