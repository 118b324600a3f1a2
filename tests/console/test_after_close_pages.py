"""What came after the close, as the office sees it."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.domain.conversation import Owner
from bot.house import House
from bot.services.after_close import AfterCloseService
from bot.services.privacy import PrivacyService
from bot.storage.models import Message, Request
from tests.support.officer_browser import OfficerBrowser
from tests.support.seed import Seed

SignIn = Callable[[str], OfficerBrowser]
MARK = "Có tin mới sau khi đóng"


@pytest.fixture
def late(lan: OfficerBrowser, staffed: House, request_id: int) -> int:
    """A case that Lan closed, and to which words came afterwards."""
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    lan.post(f"/requests/{request_id}/close", {"last_words": "Xong rồi ạ"})
    with staffed.database.transaction() as session:
        request = session.get_one(Request, request_id)
        Seed(session, staffed.clock(), seed=55).owner_says(request.conversation, "em gửi lại ạ")
        cause = session.scalars(select(Message).order_by(Message.id.desc())).first()
        assert cause is not None
        cause.cause = "heard:9001"
        session.flush()
        AfterCloseService(session).bring(request, "in:9001", [], now=staffed.clock())
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
        assert request.conversation.owner == Owner.OFFICER
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
