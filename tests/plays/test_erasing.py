"""Plays: an owner wants his data erased while an officer works on his case."""

import pytest
from sqlalchemy import select

from bot.domain.requests.request import RequestState
from bot.domain.talk.messages import ChannelName
from bot.flow.caretaker import Caretaker
from bot.house import House
from bot.services.messaging.conversations import ConversationService
from bot.services.requests.requests import RequestService
from bot.storage.models import Delivery, Message, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine

SECRET = "xưởng mắm Bà Tám số 0900000456"


def request_of(house: House, owner: Contact) -> Request:
    with house.database.transaction() as session:
        conversation = ConversationService(session).find(ChannelName.TERMINAL, owner.chat_key)
        assert conversation is not None
        return RequestService(session).of_conversation(conversation.id)[0]


def request_for_an_officer(house: House, owner: Contact) -> Request:
    owner.plays(("cho tôi gặp cán bộ", "handover"))
    owner.says(SECRET)
    return request_of(house, owner)


def keeps_the_secret(house: House, request: Request) -> bool:
    with house.database.transaction() as session:
        mine = select(Message.text).where(Message.conversation_id == request.conversation_id)
        return any(SECRET in text for text in session.scalars(mine))


def close(house: House, request: Request, username: str, *, arrives: bool = True) -> None:
    """The officer closes the case, and what was said arrives."""
    with house.database.transaction() as session:
        holder = session.get_one(Request, request.id).officer
        assert holder is not None
        assert holder.username == username
        cases(session).close(
            request.id,
            holder,
            last_words="Chúc chị may mắn",
            cause=f"form:{request.id}",
            now=house.clock(),
        )
        for delivery in session.scalars(select(Delivery)):
            delivery.state = "sent" if arrives else "queued"


def test_the_wish_is_heard_while_an_officer_holds_and_carried_out_after_the_close(
    owner: Contact,
) -> None:
    house = owner.stage.world.house
    request = request_for_an_officer(house, owner)
    with house.database.transaction() as session:
        lan = Seed(session, house.clock(), seed=43).officer("lan-xoa", office=request.office)
        cases(session).claim(request.id, lan, now=house.clock())

    assert "chắc chắn muốn xóa" in owner.says("xóa hết dữ liệu của tôi").replies[-1].text
    assert request.code in owner.says("Xóa hẳn").replies[-1].text
    caretaker = Caretaker(house)
    caretaker.look()
    assert keeps_the_secret(house, request)

    close(house, request, "lan-xoa")
    caretaker.look()
    said = owner.says("bot đang giữ thông tin gì của tôi").replies
    assert "Đã xóa thông tin cá nhân" in said[0].text
    after = request_of(house, owner)
    assert (after.state, after.question) == (RequestState.CLOSED, "(đã xóa theo yêu cầu)")
    assert not keeps_the_secret(house, request)


@pytest.mark.parametrize("way", ["Không xóa", "thôi em đổi ý, không xóa nữa ạ", "/huy"])
@pytest.mark.parametrize("held", [True, False])
def test_the_wish_is_taken_back_and_nothing_is_erased(
    owner: Contact, way: str, *, held: bool
) -> None:
    house = owner.stage.world.house
    request = request_for_an_officer(house, owner)
    with house.database.transaction() as session:
        lan = Seed(session, house.clock(), seed=request.id).officer(office=request.office)
        cases(session).claim(request.id, lan, now=house.clock())
    owner.says("xóa hết dữ liệu của tôi")
    owner.says("Xóa hẳn")
    if not held:
        # The wish stands on: the officer's last words are still on their way out.
        close(house, request, lan.username, arrives=False)

    assert "đã bỏ đề nghị xóa" in owner.says(way).replies[-1].text

    if held:
        close(house, request, lan.username)
    Caretaker(house).look()
    assert "Đã xóa" not in owner.says("bot đang giữ thông tin gì của tôi").replies[0].text
    assert keeps_the_secret(house, request)
