"""What is answered before anything is searched for, wherever the classifier puts it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from actions.talking.answer import ActionAnswer
from actions.talking.talk import ActionSmallTalk
from bot.domain.talk.understanding import Outcome
from bot.knowledge.office.department import Department
from bot.search.retriever import Retriever
from tests.support.data.seed import Seed

MakeTurn = Callable[..., Turn]
Said = Callable[..., Response]

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY_MORNING = datetime(2026, 11, 23, 9, tzinfo=ZONE)
SUNDAY = datetime(2026, 11, 22, 9, tzinfo=ZONE)

PRESSING = "quản lý thị trường đang lập biên bản ở kho em, họ đòi niêm phong"


@pytest.fixture
def searching(desk: Desk, by_words: Retriever) -> Desk:
    return replace(desk, retriever=lambda: by_words)


@pytest.fixture
def said(searching: Desk, make_turn: MakeTurn) -> Said:
    with searching.house.database.transaction() as session:
        conversation = Seed(session, searching.now()).conversation().id

    def say(text: str, desk: Desk = searching, **facts: object) -> Response:
        return ActionAnswer(desk).respond(make_turn(conversation, text, intent="ask", **facts))

    return say


def words(response: Response) -> str:
    return "\n".join(reply.message.text for reply in response.replies)


def buttons(response: Response) -> list[str]:
    return [one.title for reply in response.replies for one in reply.message.choices]


def at(desk: Desk, moment: datetime, **filled: str) -> Desk:
    """The desk at another hour, with what the department filled in."""
    tables = desk.tables()
    department = Department(**{**tables.department.model_dump(), **filled})
    house = replace(desk.house, clock=lambda: moment)
    return replace(desk, house=house, tables=lambda: replace(tables, department=department))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mấy em còn giữ số điện thoại của chị không", "Trợ lý đang giữ"),
        ("mấy em còn giữ số điện thoại của chị không", "trong 90 ngày qua:** 0"),
        ("đừng lưu số của tôi nữa, xóa hết đi", "xóa"),
        ("đừng nhắn tin cho tôi nữa", "không gửi tin quảng cáo"),
        ("đừng nhắn tin cho tôi nữa", "hoặc khi một câu trả lời đã gửi nay thay đổi"),
    ],
)
def test_a_wish_about_one_s_data_is_asked_about_and_nothing_is_done(
    said: Said, text: str, read: str
) -> None:
    response = said(text)
    assert read in words(response)
    assert {reply.understanding.outcome for reply in response.replies} == {Outcome.PRIVACY}
    assert buttons(response)


@pytest.mark.parametrize("text", ["xin lỗi bấm nhầm", "ủa lộn", "sorry nha"])
def test_a_slip_gets_a_kind_word(said: Said, text: str) -> None:
    response = said(text)
    assert [reply.understanding.outcome for reply in response.replies] == [Outcome.CHITCHAT]
    assert "ạ" in words(response)


def test_who_is_inspected_now_reads_his_rights_and_is_called_an_officer(
    said: Said, searching: Desk
) -> None:
    response = said(PRESSING, at(searching, SUNDAY))
    rights, help_ = response.replies
    assert len(re.findall(r"(?m)^(?:-|\d\.) ", rights.message.text)) >= 4
    assert "NĐ 37/2026/NĐ-CP" in rights.message.text
    assert "ngoài giờ làm việc" in help_.message.text
    assert buttons(response)[-1] == "Gặp cán bộ"


def test_the_telephone_is_given_where_it_is_filled_in_and_somebody_sits_there(
    said: Said, searching: Desk
) -> None:
    filled = {"telephone": "0900 000 000"}
    open_ = words(said(PRESSING, at(searching, MONDAY_MORNING, **filled)))
    closed = words(said(PRESSING, at(searching, SUNDAY, **filled)))
    assert "0900 000 000" in open_
    assert "0900 000 000" not in closed


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("nói ngắn lại đi em", "Dạ, gọn lại là:"),
        ("giải thích dễ hiểu hơn được không", "Dạ, nói đơn giản là:"),
        ("nhắc lại giùm", ""),
        ("luật nào quy định vậy", "Dạ, phần"),
        ("mắc quá em ơi", ""),
    ],
)
def test_a_word_on_the_answer_keeps_to_it(said: Said, text: str, begins: str) -> None:
    response = said(text, slots={"last_article": "nhan-hieu-chi-phi"})
    assert words(response).startswith(begins)
    assert response.slots["last_article"] == "nhan-hieu-chi-phi"


def test_a_complaint_is_led_to_people(said: Said, searching: Desk, make_turn: MakeTurn) -> None:
    response = said("tôi muốn khiếu nại thái độ cán bộ của sở")
    assert buttons(response)[-2:] == ["Gửi yêu cầu hỗ trợ", "Gặp cán bộ"]
    assert response.replies[0].understanding.outcome is Outcome.CLARIFY


def test_small_talk_gives_way_too(searching: Desk, make_turn: MakeTurn) -> None:
    with searching.house.database.transaction() as session:
        conversation = Seed(session, searching.now()).conversation().id
    turn = make_turn(conversation, "xin lỗi bấm nhầm nha", intent="thanks")
    (reply,) = ActionSmallTalk(searching).respond(turn).replies
    assert reply.understanding.outcome is Outcome.CHITCHAT
