"""Internal notes on the page of a case, and whom they call."""

from collections.abc import Callable

import pytest

from bot.domain.input.lengths import NOTE
from bot.house import House
from bot.services.messaging.transcript import TranscriptService
from bot.storage.models import Request
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


def write(browser: OfficerBrowser, request_id: int, text: str) -> str:
    browser.get(f"/requests/{request_id}")
    return browser.post(f"/requests/{request_id}/notes", {"note": text}).text


def test_a_note_calls_whom_it_names_until_she_has_read_it(sign_in: SignIn, request_id: int) -> None:
    page = write(sign_in("lan"), request_id, "@minh: <b>gọi</b> lại giúp chị")
    assert "&lt;b&gt;gọi&lt;/b&gt;" in page
    assert "@minh chưa đọc" in page
    assert "viết ghi chú nội bộ" in page

    minh = sign_in("minh")
    assert 'id="calling"' in minh.get("/").text
    assert minh.page is not None
    assert "Nhắc tới anh/chị" in minh.page.text
    assert 'id="calling"' not in sign_in("tri.tue").get("/").text
    minh.get(f"/requests/{request_id}")
    assert "@minh đã đọc" in minh.post(f"/requests/{request_id}/notes/seen").text
    assert 'id="calling"' not in minh.get("/").text


def test_the_owner_never_reads_a_note(sign_in: SignIn, staffed: House, request_id: int) -> None:
    write(sign_in("lan"), request_id, "Chỉ nội bộ biết")
    with staffed.database.reading() as session:
        request = session.get_one(Request, request_id)
        said = TranscriptService(session).history(request.conversation_id)
    assert all("Chỉ nội bộ biết" not in row.text for row in said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Ghi chú phải có chữ"),
        ("x" * (NOTE + 1), "Ghi chú phải có chữ"),
        ("@tri.tue xem", "Không có đồng nghiệp nào tên @tri.tue"),
    ],
)
def test_a_note_that_is_refused_says_why_and_stays_in_its_box(
    lan: OfficerBrowser, request_id: int, text: str, said: str
) -> None:
    page = write(lan, request_id, text)
    assert said in page
    assert f">{text}</textarea>" in page


def test_a_note_on_a_case_of_another_office_is_not_written(
    sign_in: SignIn, lan: OfficerBrowser, request_id: int
) -> None:
    lan.get(f"/requests/{request_id}")
    fields = lan.hidden(f"/requests/{request_id}/notes") | {"note": "chen vào"}
    other = sign_in("tri.tue")
    fields["csrf"] = other.hidden("/sign-out")["csrf"]
    address = f"/console/requests/{request_id}/notes"
    assert other.client.post(address, data=fields).status_code == 404
