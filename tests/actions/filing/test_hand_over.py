"""A person is called: what is promised, and how who leaves the chat is reached."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from actions.filing.hand_over import ActionHandOver
from actions.shape.desk import Desk
from actions.shape.turn import Turn
from actions.talking.for_an_officer import told_for_an_officer
from bot.domain.clock import VIETNAM
from bot.services.requests.requests import RequestService
from bot.storage.models import Request
from bot.texts.filters import moment
from tests.support.data.seed import Seed

MakeTurn = Callable[..., Turn]

AT_WORK = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
AT_NIGHT = datetime(2026, 11, 21, 20, 0, tzinfo=VIETNAM)
"""A Saturday."""


def at(desk: Desk, now: datetime) -> Desk:
    return replace(desk, house=replace(desk.house, clock=lambda: now))


def waiting(desk: Desk) -> str:
    """A conversation of somebody who has just called a person."""
    with desk.house.database.transaction() as session:
        return Seed(session, desk.now()).conversation().id


def filed(desk: Desk, conversation_id: str) -> Request:
    with desk.house.database.transaction() as session:
        (request,) = RequestService(session).of_conversation(conversation_id)
        return request


def called(desk: Desk, make_turn: MakeTurn, conversation_id: str) -> str:
    turn = make_turn(conversation_id, "/handover", intent="handover")
    return ActionHandOver(desk).respond(turn).replies[-1].message.text


@pytest.mark.parametrize(
    ("now", "hour", "asks"),
    [(AT_WORK, "09:30 thứ Hai, 23/11/2026", False), (AT_NIGHT, "08:00 thứ Hai, 23/11/2026", True)],
)
def test_it_tells_the_true_hour_and_asks_for_a_number_where_nobody_sits_there(
    form_desk: Desk, make_turn: MakeTurn, now: datetime, hour: str, *, asks: bool
) -> None:
    desk = at(form_desk, now)
    conversation = waiting(desk)
    said = called(desk, make_turn, conversation)
    assert hour in said
    assert ("số điện thoại hoặc email" in said) == asks
    assert moment(filed(desk, conversation).promised_at) == hour


def test_a_number_told_at_night_stands_with_the_case_and_is_not_asked_for_again(
    form_desk: Desk, make_turn: MakeTurn
) -> None:
    desk = at(form_desk, AT_NIGHT)
    conversation = waiting(desk)
    called(desk, make_turn, conversation)

    turn = make_turn(conversation, "số em 0900 000 123 nha", intent="inform")
    response = told_for_an_officer(desk, turn)

    assert response is not None
    assert "0900000123" in response.replies[0].message.text
    assert filed(desk, conversation).reach == "0900000123"
    with desk.house.database.transaction() as session:
        RequestService(session).leave_queue(conversation, now=AT_NIGHT)
    again = make_turn(conversation, "/handover", intent="handover", cause="in:9")
    said = ActionHandOver(desk).respond(again).replies[-1].message.text
    assert "liên hệ qua **0900000123**" in said


def test_words_without_a_number_are_for_the_officer_and_leave_the_case_as_it_is(
    form_desk: Desk, make_turn: MakeTurn
) -> None:
    desk = at(form_desk, AT_NIGHT)
    conversation = waiting(desk)
    called(desk, make_turn, conversation)
    response = told_for_an_officer(desk, make_turn(conversation, "tên Bảy nha", intent="inform"))
    assert response is not None
    assert filed(desk, conversation).reach == ""
