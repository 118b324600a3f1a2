"""Whose turn it is, as the list and the page of a case show it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.house import House
from bot.services.privacy.erasures import ErasureService
from bot.services.staff.officers import OfficerService
from bot.storage.models import Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


@pytest.fixture
def handed_on(staffed: House) -> Request:
    """A case that one office answered in time, and handed on to another after the promise."""
    now = staffed.clock()
    with staffed.database.transaction() as session:
        seed = Seed(session, now - timedelta(hours=20), seed=77)
        request = seed.request(due=timedelta(hours=1))
        lan = OfficerService(session).by_username("lan")
        assert lan is not None
        service = cases(session)
        service.claim(request.id, lan, now=seed.now)
        service.reply(request.id, lan, "Chào chị", cause="form:1", now=seed.now)
        service.transfer(request.id, lan, "shtt", "của SHTT", cause="form:t", now=now)
    return request


def row(page: str, request: Request) -> str:
    address = rf"/console/requests/{request.id}(?:#newest)?"
    opening = rf'<li class="row[^"]*">\s*<a href="{address}">'
    found = re.search(rf"{opening}.*?</li>", page, re.DOTALL)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("username", ["tri.tue", "lanh.dao"])
def test_a_case_handed_on_is_first_and_waits_for_its_new_office(
    sign_in: SignIn, handed_on: Request, username: str
) -> None:
    browser = sign_in(username)
    shown = row(browser.get("/").text, handed_on)
    assert "row-late" in shown
    assert "Chờ Bộ phận SHTT, Sở KH&amp;CN trả lời tiếp" in shown
    assert "trước đó đã trả lời đúng hẹn" in shown
    assert "Quá hạn 2 giờ làm việc" in browser.get(f"/requests/{handed_on.id}").text


def test_a_case_answered_by_its_new_office_waits_for_nobody(
    sign_in: SignIn, handed_on: Request
) -> None:
    browser = sign_in("tri.tue")
    path = f"/requests/{handed_on.id}"
    browser.get(path)
    browser.post(f"{path}/claim")
    assert "trả lời tiếp" in browser.page.text  # type: ignore[union-attr]
    browser.post(f"{path}/reply", {"text": "Dạ chào chị", "step": "reply"})
    shown = row(browser.get("/").text, handed_on)
    assert "row-late" not in shown
    assert "Đã trả lời lần đầu đúng hẹn" in shown


def test_a_wish_to_be_erased_is_seen_on_the_list_and_on_the_page(
    sign_in: SignIn, staffed: House, request_id: int
) -> None:
    lan = sign_in("lan")
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    assert "Đề nghị xóa dữ liệu" not in lan.get("/").text
    with staffed.database.transaction() as session:
        request = session.get_one(Request, request_id)
        ErasureService(session).ask(request.conversation_id, now=staffed.clock())
    assert "Đề nghị xóa dữ liệu" in row(lan.get("/").text, request)
    page = lan.get(f"/requests/{request_id}").text
    notice = page.split('id="erase-asked"')[1].split("</p>")[0]
    assert "10:00 thứ Ba, 24/11/2026" in notice
    assert "hệ thống tự xóa" in notice
    assert "Doanh nghiệp đề nghị xóa dữ liệu" in page.split('id="case-history"')[1]
    lan.post(f"/requests/{request_id}/close", {"ending": "answered"})
    assert 'id="erase-asked"' not in lan.get(f"/requests/{request_id}").text


def test_a_wish_that_is_taken_back_is_shown_no_longer_but_as_a_line_of_history(
    sign_in: SignIn, staffed: House, request_id: int
) -> None:
    with staffed.database.transaction() as session:
        request = session.get_one(Request, request_id)
        ErasureService(session).ask(request.conversation_id, now=staffed.clock())
        ErasureService(session).take_back(request.conversation_id, now=staffed.clock())
    lan = sign_in("lan")
    assert "Đề nghị xóa dữ liệu" not in row(lan.get("/").text, request)
    page = lan.get(f"/requests/{request_id}").text
    assert 'id="erase-asked"' not in page
    assert "Doanh nghiệp rút lại đề nghị xóa dữ liệu" in page.split('id="case-history"')[1]
