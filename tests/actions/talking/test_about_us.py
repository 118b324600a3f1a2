"""Asked how the department is reached, the assistant tells what was filled in, and calls nobody."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from actions.filing.hand_over import ActionHandOver
from actions.filing.request_fields import prefill
from actions.shape.desk import Desk
from actions.shape.house_action import HouseAction
from actions.shape.turn import Turn
from actions.talking.answer import ActionAnswer
from actions.talking.talk import ActionSmallTalk
from actions.wishes import ActionConfirmWish
from bot.domain.talk.understanding import Outcome
from bot.knowledge.office.department import Department
from bot.search.retriever import Retriever
from bot.storage.models import Request
from tests.support.data.seed import Seed

MakeTurn = Callable[..., Turn]

EVERY_WAY = (ActionAnswer, ActionSmallTalk, ActionHandOver, ActionConfirmWish)
"""Wherever the classifier puts such a question."""


@pytest.fixture
def ask(desk: Desk, make_turn: MakeTurn) -> Callable[..., str]:
    with desk.house.database.transaction() as session:
        conversation = Seed(session, desk.now()).conversation().id

    def ask(text: str, way: type[HouseAction] = ActionAnswer, desk: Desk = desk) -> str:
        (reply,) = way(desk).respond(make_turn(conversation, text, intent="ask")).replies
        assert reply.understanding.outcome is Outcome.ANSWER
        assert [one.title for one in reply.message.choices][-1] == "Gặp cán bộ"
        return reply.message.text

    return ask


def filled(desk: Desk, **values: str) -> Desk:
    tables = desk.tables()
    department = Department(**{**tables.department.model_dump(), **values})
    return replace(desk, tables=lambda: replace(tables, department=department))


@pytest.mark.parametrize("way", EVERY_WAY)
def test_wherever_it_comes_by_nobody_is_called(
    ask: Callable[..., str], desk: Desk, way: type[HouseAction]
) -> None:
    assert "chưa có số điện thoại đã kiểm tra" in ask("cho xin số điện thoại của sở", way)
    with desk.house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Request)) == 0


def test_within_a_form_a_person_is_called_and_the_form_is_not_lost_without_a_word(
    desk: Desk, make_turn: MakeTurn, by_words: Retriever
) -> None:
    with desk.house.database.transaction() as session:
        conversation = Seed(session, desk.now()).conversation().id
    slots = {"__loop__": "request_form", "request_question": "nhờ coi nhãn mật ong"}
    turn = make_turn(conversation, "cho xin số điện thoại cán bộ", intent="handover", slots=slots)
    (reply,) = ActionHandOver(replace(desk, retriever=lambda: by_words)).respond(turn).replies
    assert reply.understanding.outcome is Outcome.HANDOVER
    with desk.house.database.reading() as session:
        (question,) = session.scalars(select(Request.question)).all()
    assert "nhờ coi nhãn mật ong" in question


@pytest.mark.parametrize(
    ("before", "need"),
    [("thu 7 so co lam viec ko", None), ("ma vach phi bao nhieu", "ma vach phi bao nhieu")],
)
def test_a_request_begun_below_such_an_answer_is_not_about_it(
    desk: Desk, make_turn: MakeTurn, before: str, need: str | None
) -> None:
    with desk.house.database.transaction() as session:
        conversation = Seed(session, desk.now()).conversation().id
    pressed = "/request_help"
    events = [{"event": "user", "text": text} for text in (before, pressed)]
    turn = make_turn(
        conversation, pressed, events=events, slots={"last_article": "so-khcn-sau-sap-nhap"}
    )
    assert turn.pressed
    assert prefill(desk, turn).get("request_question") == need


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("cho tôi số hotline", {"telephone": "0272 382 1234"}),
        ("email của sở là gì", {"email": "hoi@so.example.vn"}),
        ("so khcn nam duong nao", {"address": "12 Đường Thử Nghiệm"}),
        ("trang web của sở", {"site": "https://so.example.vn"}),
        ("giám đốc sở là ai", {"leader": "Giám đốc Nguyễn Văn Thử"}),
    ],
)
def test_what_the_department_filled_in_is_told(
    ask: Callable[..., str], desk: Desk, text: str, values: dict[str, str]
) -> None:
    (value,) = values.values()
    assert value not in ask(text)
    assert value in ask(text, desk=filled(desk, **values))


def test_the_hours_are_those_of_the_calendar(ask: Callable[..., str]) -> None:
    said = ask("mấy giờ sở làm việc")
    assert "07:30–11:30, 13:30–17:00" in said
    # The library takes 24/11 for a holiday, and so does the calendar until somebody decides.
    assert "giờ mở cửa tiếp theo là **07:30 thứ Tư, 25/11/2026**" in said


def test_a_button_of_the_menu_typed_by_hand_opens_its_article(
    desk: Desk, make_turn: MakeTurn, by_words: Retriever
) -> None:
    with desk.house.database.transaction() as session:
        conversation = Seed(session, desk.now()).conversation().id
    searching = replace(desk, retriever=lambda: by_words)
    for question in desk.tables().menu.questions:
        turn = make_turn(conversation, question.button.upper(), intent="ask")
        (reply,) = ActionAnswer(searching).respond(turn).replies
        assert reply.understanding.article == question.article
