"""What an owner is told of where his request stands."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from actions.requests import ActionRequestStatus
from actions.shape.desk import Desk
from actions.shape.turn import Turn
from bot.domain.requests.closing import Closing, Ending
from bot.domain.talk.messages import ChannelName
from bot.house import House
from bot.services.entering.entered_cases import EnteredCases, Entry
from bot.services.requests.requests import RequestDraft
from bot.storage.models import Officer, Request
from bot.texts.filters import moment
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

DUE = timedelta(hours=4)
"""Every promise of these tests runs out so long after the filing."""

LATE = timedelta(hours=9)

Step = Callable[[Seed, Officer, Request], None]


def claimed(seed: Seed, officer: Officer, request: Request) -> None:
    cases(seed.session).claim(request.id, officer, now=seed.now)


def answered(seed: Seed, officer: Officer, request: Request) -> None:
    claimed(seed, officer, request)
    _say(seed, officer, request, asks_back=False)


def answered_late(seed: Seed, officer: Officer, request: Request) -> None:
    seed.now += LATE
    answered(seed, officer, request)


def asked_back(seed: Seed, officer: Officer, request: Request) -> None:
    claimed(seed, officer, request)
    _say(seed, officer, request, asks_back=True)


def transferred(seed: Seed, officer: Officer, request: Request) -> None:
    answered(seed, officer, request)
    cases(seed.session).transfer(
        request.id, officer, "shtt", "của SHTT", cause="form:t", now=seed.now
    )


def transferred_and_claimed(seed: Seed, officer: Officer, request: Request) -> None:
    transferred(seed, officer, request)
    claimed(seed, seed.officer(office="shtt"), request)


def released(seed: Seed, officer: Officer, request: Request) -> None:
    answered(seed, officer, request)
    cases(seed.session).release(request.id, officer, now=seed.now)


def closed(seed: Seed, officer: Officer, request: Request) -> None:
    answered(seed, officer, request)
    cases(seed.session).close(request.id, officer, cause="form:close", now=seed.now)


def nothing(_seed: Seed, _officer: Officer, _request: Request) -> None:
    """It was only filed."""


def _say(seed: Seed, officer: Officer, request: Request, *, asks_back: bool) -> None:
    cases(seed.session).reply(
        request.id,
        officer,
        "Dạ, sở xin trả lời",
        cause=f"form:{request.id}",
        now=seed.now,
        asks_back=asks_back,
    )


def told(desk: Desk, now: datetime, step: Step, *, text: str = "", later: timedelta) -> str:
    """What the owner is told, so long after the filing; `text`: asked from another chat."""
    with desk.house.database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(3)
        request = seed.request(due=DUE)
        step(seed, seed.officer(), request)
        conversation_id = seed.conversation().id if text else request.conversation_id
        asked = text.format(code=request.code)
    house = desk.house
    moved = House(house.settings, house.database, house.library, clock=lambda: now + later)
    action = ActionRequestStatus(Desk(moved, desk.tables, desk.retriever))
    reply = action.respond(turn(conversation_id, asked)).replies[0]
    return reply.message.text


def turn(conversation_id: str, text: str) -> Turn:
    return Turn(conversation_id, "in:1", text, "request_status", 0.9, {}, {}, {}, [])


@pytest.mark.parametrize(("later", "broken"), [(DUE / 2, False), (LATE, True)])
@pytest.mark.parametrize("step", [nothing, claimed, transferred, transferred_and_claimed, released])
def test_what_nobody_has_answered_is_overdue_after_the_promise(
    desk: Desk, now: datetime, step: Step, later: timedelta, *, broken: bool
) -> None:
    assert ("quá hẹn" in told(desk, now, step, later=later)) == broken


@pytest.mark.parametrize("step", [answered, asked_back, closed])
def test_what_was_answered_in_time_is_never_overdue(desk: Desk, now: datetime, step: Step) -> None:
    assert "quá hẹn" not in told(desk, now, step, later=LATE)


def test_an_answer_after_the_promise_says_so_and_owes_nothing(desk: Desk, now: datetime) -> None:
    said = told(desk, now, answered_late, later=2 * LATE)
    assert "đã trả lời" in said
    assert "trễ hẹn" in said
    assert "quá hẹn" not in said


def test_after_a_transfer_the_new_office_is_waited_for_under_the_old_promise(
    desk: Desk, now: datetime
) -> None:
    said = told(desk, now, transferred, later=DUE / 2)
    assert desk.knowledge.offices["shtt"].title in said
    assert moment(now + DUE) in said
    assert "đã trả lời" not in said


@pytest.mark.parametrize(
    ("text", "where"), [("", "ở trên"), ("mã {code} tới đâu rồi", "nơi anh/chị đã gửi")]
)
def test_an_owner_whose_turn_it_is_is_told_so_and_where_the_question_stands(
    desk: Desk, now: datetime, text: str, where: str
) -> None:
    said = told(desk, now, asked_back, text=text, later=LATE)
    assert "chờ anh/chị trả lời" in said
    assert where in said


def test_a_promise_that_was_broken_comes_with_a_button_for_an_officer(
    desk: Desk, now: datetime
) -> None:
    with desk.house.database.transaction() as session:
        request = Seed(session, now).request(due=-DUE)
    action = ActionRequestStatus(desk)
    message = action.respond(turn(request.conversation_id, "")).replies[0].message
    assert [choice.payload for choice in message.choices] == ["/handover"]


def test_a_request_of_a_topic_and_an_office_that_are_gone_is_still_told(
    desk: Desk, now: datetime
) -> None:
    with desk.house.database.transaction() as session:
        request = Seed(session, now).request(office="phong-cu", topic="mang-cu")
    said = ActionRequestStatus(desk).respond(turn(request.conversation_id, "")).replies[0]
    assert request.code in said.message.text


@pytest.mark.parametrize(
    ("closing", "said"),
    [
        (Closing(Ending.ANSWERED), "Đã trả lời và đóng"),
        (Closing(Ending.PASSED_ON, authority="so_cong_thuong"), "do Sở Công Thương giải quyết"),
        (Closing(Ending.NOT_OURS), "không thuộc phần việc của Sở"),
        (Closing(Ending.SPAM), "Đã đóng ngày"),
    ],
)
def test_an_owner_is_told_what_came_of_a_closed_request(
    desk: Desk, now: datetime, closing: Closing, said: str
) -> None:
    def step(seed: Seed, officer: Officer, request: Request) -> None:
        claimed(seed, officer, request)
        cases(seed.session).close(
            request.id, officer, cause="form:close", now=seed.now, closing=closing
        )

    answer = told(desk, now, step, later=DUE)

    assert said in answer
    assert "xong" not in answer


def test_a_head_and_the_owner_read_the_same_of_a_case_put_back(desk: Desk, now: datetime) -> None:
    with desk.house.database.transaction() as session:
        seed = Seed(session, now)
        request, officer = seed.request(due=-DUE), seed.officer()
        answered(seed, officer, request)
        cases(session).release(request.id, officer, now=now)
    said = ActionRequestStatus(desk).respond(turn(request.conversation_id, "")).replies[0]
    assert "quá hẹn" in said.message.text
    assert request.answered_at is None


def test_an_office_that_the_department_has_no_more_is_not_told_by_its_id(
    desk: Desk, make_turn: Callable[..., Turn], now: datetime
) -> None:
    with desk.house.database.transaction() as session:
        request = Seed(session, now).request(office="phong_cu")
    turn = make_turn(request.conversation_id, f"hồ sơ {request.code} tới đâu rồi")
    text = ActionRequestStatus(desk).respond(turn).replies[0].message.text
    assert "phong_cu" not in text
    assert "Bộ phận tiếp nhận" in text


def test_a_code_from_the_telephone_tells_where_it_stands_and_nothing_of_what_was_said(
    desk: Desk, now: datetime
) -> None:
    with desk.house.database.transaction() as session:
        seed = Seed(session, now)
        filed = RequestDraft(
            "quy_chuan", "tdc", "Chuyện riêng của Hoa", now + DUE, reach="0909000111"
        )
        entry = Entry(ChannelName.PHONE, "Chị Hoa", filed)
        request = EnteredCases(session).enter(entry, seed.officer(), cause="form:1", now=now)
        other = seed.conversation()
        code = request.code
    said = Turn(other.id, "in:1", code, "request_status", 1.0, {}, {}, {}, [])
    (reply,) = ActionRequestStatus(desk).respond(said).replies
    assert code in reply.message.text
    assert moment(now + DUE) in reply.message.text
    for word in ("Hoa", "0909", "riêng"):
        assert word not in reply.message.text
