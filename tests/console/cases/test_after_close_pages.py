"""What came after the close, as the office sees it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.domain.requests.request import RequestState
from bot.domain.talk.conversation import Handler
from bot.domain.talk.messages import ChannelName
from bot.house import House
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.after_close import AfterCloseService
from bot.storage.models import Message, Request
from tests.support.data.events import inbound, reception
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]
CLOSE = {"ending": "answered", "last_words": "Chúc anh may mắn"}
MARK = "Có tin mới sau khi đóng"
UNREAD = "Doanh nghiệp vừa gửi thêm, trang trước chưa hiện"


def owner_sends(house: House, request_id: int, text: str) -> str:
    """The owner of a case writes; the cause of the turn."""
    with house.database.transaction() as session:
        conversation = session.get_one(Request, request_id).conversation
        event = inbound(
            text,
            now=house.clock(),
            chat_key=conversation.chat_key,
            channel=ChannelName(conversation.channel),
        )
        reception(session).accept(event, now=house.clock())
        heard = session.scalars(select(Message.cause).order_by(Message.id.desc())).first()
    assert heard is not None
    return heard.replace("heard:", "in:")


def comes_late(house: House, request_id: int, text: str) -> None:
    """The owner writes something that belongs to the closed case."""
    cause = owner_sends(house, request_id, text)
    with house.database.transaction() as session:
        request = session.get_one(Request, request_id)
        AfterCloseService(session).bring(request, cause, [], now=house.clock())


@pytest.fixture
def late(lan: OfficerBrowser, staffed: House, request_id: int) -> int:
    """A case that Lan closed, and to which words came afterwards."""
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    lan.post(f"/requests/{request_id}/close", {"ending": "answered", "last_words": "Xong rồi ạ"})
    comes_late(staffed, request_id, "em gửi lại ạ")
    return request_id


def test_the_list_marks_it_and_the_page_says_when_and_what(
    lan: OfficerBrowser, sign_in: SignIn, late: int
) -> None:
    page = lan.get("/").text
    assert MARK in page
    assert MARK not in sign_in("tri.tue").get("/").text
    case = lan.get(f"/requests/{late}").text
    assert "Doanh nghiệp gửi thêm sau khi đóng" in case
    assert "em gửi lại ạ" in case
    assert "10:00 thứ Ba, 24/11/2026, sau khi yêu cầu đã đóng" in case


def test_the_tab_of_what_is_open_counts_it(lan: OfficerBrowser, late: int) -> None:
    def open_ones() -> int:
        return int(lan.get("/").text.split('Đang mở <span class="count">')[1].split("<")[0])

    before = open_ones()
    lan.get(f"/requests/{late}")
    answer = lan.post(f"/requests/{late}/seen")
    assert "đã xem" in answer.text
    assert MARK not in lan.get("/").text
    assert open_ones() == before - 1


def test_opened_again_its_owner_is_told_and_the_officer_answers(
    lan: OfficerBrowser, staffed: House, late: int
) -> None:
    lan.get(f"/requests/{late}")
    page = lan.post(f"/requests/{late}/reopen").text
    assert "Anh/chị đã mở lại yêu cầu này" in page
    lan.post(f"/requests/{late}/reply", {"text": "Đã nhận mẫu", "step": "reply"})
    with staffed.database.transaction() as session:
        request = session.get_one(Request, late)
        texts = session.scalars(
            select(Message.text)
            .where(Message.conversation_id == request.conversation_id)
            .order_by(Message.id)
        ).all()
        assert request.conversation.handler == Handler.OFFICER
    assert "đã mở lại yêu cầu" in texts[-2]
    assert texts[-1] == "Đã nhận mẫu"


def test_a_colleague_reads_whose_case_it_was_and_comes_second_where_he_is_late(
    lan: OfficerBrowser, sign_in: SignIn, late: int
) -> None:
    minh = sign_in("minh")
    page = minh.get(f"/requests/{late}").text
    assert "Nguyễn Thị Lan</strong> đã giải quyết" in page
    lan.get(f"/requests/{late}")
    lan.post(f"/requests/{late}/reopen")
    answer = minh.post(f"/requests/{late}/reopen")
    assert answer.status_code == 409
    assert "đã do cán bộ Nguyễn Thị Lan nhận" in answer.text


def test_after_an_erasure_it_cannot_be_opened_again(
    lan: OfficerBrowser, staffed: House, late: int
) -> None:
    with staffed.database.transaction() as session:
        conversation = session.get_one(Request, late).conversation_id
        PrivacyService(session, staffed.settings.files_dir).erase(
            conversation, words="(đã xóa)", now=staffed.clock()
        )
    page = lan.get(f"/requests/{late}").text
    assert "Mở lại" not in page
    assert MARK not in lan.get("/").text
    answer = lan.client.post(f"/console/requests/{late}/reopen", data=lan.hidden("/sign-out"))
    assert answer.status_code == 409


def test_what_comes_while_she_presses_close_is_shown_to_her_first(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    owner_sends(staffed, request_id, "khoan đã, em quên gửi mẫu nhãn, em gửi lại đây ạ")

    refused = lan.post(f"/requests/{request_id}/close", CLOSE)

    assert refused.status_code == 409
    assert UNREAD in refused.text
    assert "em quên gửi mẫu nhãn" in refused.text
    assert ">Chúc anh may mắn</textarea>" in refused.text
    with staffed.database.transaction() as session:
        request = session.get_one(Request, request_id)
        assert request.state == RequestState.CLAIMED
        assert request.conversation.handler == Handler.OFFICER
        assert request.first_reply_at is None
    # Now her page shows it.
    lan.post(f"/requests/{request_id}/close", CLOSE)
    with staffed.database.transaction() as session:
        assert session.get_one(Request, request_id).state == RequestState.CLOSED


def test_a_close_that_says_not_what_was_shown_closes_nothing_unread(
    lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    owner_sends(staffed, request_id, "em còn vướng chỗ nhãn phụ")
    lan.get(f"/requests/{request_id}")
    for shown in ("", "x", "-1", "99999999999"):
        page = lan.page
        answer = lan.post(f"/requests/{request_id}/close", {"ending": "answered", "shown": shown})
        assert answer.status_code == 409
        lan.page = page
    assert lan.post(f"/requests/{request_id}/close", {"ending": "answered"}).status_code == 200


def test_seen_holds_for_what_the_page_showed_and_not_for_what_came_since(
    lan: OfficerBrowser, staffed: House, late: int
) -> None:
    lan.get(f"/requests/{late}")
    comes_late(staffed, late, "giấy chứng nhận bị thu hồi, em cần gấp")

    refused = lan.post(f"/requests/{late}/seen")

    assert refused.status_code == 409
    assert UNREAD in refused.text
    assert "giấy chứng nhận bị thu hồi" in refused.text
    assert MARK in lan.get("/").text
    lan.get(f"/requests/{late}")
    lan.post(f"/requests/{late}/seen")
    assert MARK not in lan.get("/").text
