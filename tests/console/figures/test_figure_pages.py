"""The head's page: who opens it, that its numbers lead to their lists, and the table."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.house import House
from bot.storage.models import Request
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


@pytest.fixture
def head(sign_in: SignIn, request_id: int) -> OfficerBrowser:
    return sign_in("lanh.dao")


def test_a_head_and_an_administrator_see_figures_and_an_officer_does_not(sign_in: SignIn) -> None:
    for who, status in (("lanh.dao", 200), ("quan.tri", 200), ("lan", 403)):
        browser = sign_in(who)
        assert ("Số liệu</a>" in browser.get("/").text) == (status == 200)
        assert browser.get("/figures").status_code == status
        assert browser.get("/figures/table").status_code == status


def test_every_number_opens_as_many_requests_as_it_says(head: OfficerBrowser) -> None:
    page = head.get("/figures?from=2026-10-01&to=2026-11-24").text
    numbers = set(re.findall(r'href="/console/(\?tab=all[^"]*)">([\d.]+)</a>', page))
    assert len(numbers) > 12

    for address, number in numbers:
        listed = head.get(f"/{unescape(address)}").text
        assert listed.count('class="row-head"') == int(number), address
        assert "Chỉ những yêu cầu của số liệu" in listed


def test_office_topic_and_days_narrow_and_odd_ones_are_said(head: OfficerBrowser) -> None:
    page = head.get("/figures?office=shtt&topic=quy_chuan&from=2026-11-01&to=2026-11-30").text
    assert "Số liệu từ 01/11/2026 đến 30/11/2026" in page
    assert "Chỉ Bộ phận SHTT" in page
    for odd in ("from=x", "office=khong_co", "from=2026-12-01&to=2026-11-01", "to=" + "9" * 99):
        answer = head.get(f"/figures?{odd}")
        assert answer.status_code == 200
        assert "không đọc được" in answer.text
    assert "không đọc được" not in page
    assert head.get("/figures?from=2000-01-01&to=2999-12-31").status_code == 200


def test_the_table_has_a_row_a_request_and_keeps_formulas_as_words(
    head: OfficerBrowser, staffed: House, request_id: int
) -> None:
    with staffed.database.transaction() as session:
        session.get_one(Request, request_id).enterprise_name = "=HYPERLINK(1)"

    answer = head.get("/figures/table?from=2026-11-01&to=2026-11-24")

    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    heads, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert heads[:3] == ["Mã", "Nhận lúc", "Đơn vị"]
    assert len(rows) == 6
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK(1)"]
    assert cell.data_type == "s"
    assert "yeu-cau-2026-11-01-2026-11-24.xlsx" in answer.headers["content-disposition"]
