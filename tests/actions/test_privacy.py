"""An owner confirms the erasing at the instant at which an officer takes his case."""

from collections.abc import Callable
from datetime import datetime

import pytest

from actions.privacy import ActionPrivacyErase
from actions.shape.desk import Desk
from actions.shape.turn import Turn
from actions.talking.talk import ActionCancel
from bot.domain.talk.payload import read_payload
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import Conversation, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed

MakeTurn = Callable[..., Turn]


@pytest.fixture
def request_(desk: Desk, now: datetime) -> Request:
    with desk.house.database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(2)
        return seed.request(talk=True, question="của riêng tôi")


def test_the_wish_is_kept_and_told_where_an_officer_holds(
    desk: Desk, make_turn: MakeTurn, request_: Request, now: datetime
) -> None:
    with desk.house.database.transaction() as session:
        cases(session).claim(request_.id, Seed(session, now, seed=8).officer(), now=now)
    confirmed = make_turn(request_.conversation_id, "/privacy_erase", entities={"confirmed": "yes"})
    for _ in range(2):
        reply = ActionPrivacyErase(desk).respond(confirmed).replies[0]
        assert request_.code in reply.message.text
    with desk.house.database.transaction() as session:
        kept = session.get_one(Request, request_.id)
        assert kept.question == "của riêng tôi"
        assert kept.conversation.erase_asked_at == now


def test_in_the_queue_it_is_done_at_once_and_leaves_no_wish(
    desk: Desk, make_turn: MakeTurn, request_: Request, now: datetime
) -> None:
    with desk.house.database.transaction() as session:
        session.get_one(Conversation, request_.conversation_id).erase_asked_at = now
    confirmed = make_turn(request_.conversation_id, "/privacy_erase", entities={"confirmed": "yes"})
    response = ActionPrivacyErase(desk).respond(confirmed)
    assert response.slots == {"forget_conversation": True}
    with desk.house.database.transaction() as session:
        erased = session.get_one(Request, request_.id)
        assert (erased.state, erased.question) == ("closed", "(đã xóa theo yêu cầu)")
        assert erased.conversation.erase_asked_at is None
        lines = [line.kind for line in RequestHistory(session).lines(erased)]
        assert lines[-2:] == ["withdrawn", "erased"]


def test_who_will_not_be_erased_after_all_still_waits_for_a_person(
    desk: Desk, make_turn: MakeTurn, request_: Request
) -> None:
    asked = ActionPrivacyErase(desk).respond(make_turn(request_.conversation_id, "/privacy_erase"))
    intent, entities = read_payload(asked.replies[0].message.choices[1].payload)
    assert intent == "cancel"
    ActionCancel(desk).respond(make_turn(request_.conversation_id, "/cancel", entities=entities))
    with desk.house.database.transaction() as session:
        assert session.get_one(Request, request_.id).conversation.handler == "queue"
