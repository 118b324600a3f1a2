"""Filters are kept from the list, used again, renamed and removed."""

import re
from collections.abc import Callable

import pytest

from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


def keep(browser: OfficerBrowser, query: str, name: str, **fields: str) -> str:
    browser.get(f"/{query}")
    return browser.post("/views", {"name": name} | fields).text


def view_id(page: str) -> str:
    found = re.search(r'action="/console/views/(\d+)"', page)
    assert found is not None
    return found[1]


def test_what_is_filtered_is_kept_used_renamed_and_removed(
    lan: OfficerBrowser, sign_in: SignIn
) -> None:
    page = keep(lan, "?topic=quy_chuan&overdue=1", "Quy chuẩn <trễ>")
    assert "Đã lưu bộ lọc" in page
    assert "Quy chuẩn &lt;trễ&gt;" in lan.get("/").text
    assert "topic=quy_chuan&amp;overdue=1" in lan.page.text if lan.page else False
    assert "Quy chuẩn" not in sign_in("minh").get("/").text.partition('id="views"')[2][:300]
    row = view_id(lan.get("/views").text)
    assert "Đã đổi tên" in lan.post(f"/views/{row}", {"name": "Trễ"}).text
    assert "Đã bỏ bộ lọc" in lan.post(f"/views/{row}/remove").text
    assert 'id="views"' not in lan.get("/").text


def test_a_head_keeps_one_for_an_office_and_an_officer_does_not(
    sign_in: SignIn, lan: OfficerBrowser
) -> None:
    keep(sign_in("lanh.dao"), "?overdue=1", "Quá hạn chung", office="tdc")
    assert "Quá hạn chung" in lan.get("/").text
    assert "Quá hạn chung" not in lan.get("/views").text
    assert "Quá hạn chung" not in sign_in("tri.tue").get("/").text
    lan.get("/?mine=1")
    assert lan.post("/views", {"name": "x", "office": "tdc"}).status_code == 403


def test_another_s_view_is_not_there_to_change(sign_in: SignIn, lan: OfficerBrowser) -> None:
    head = sign_in("lanh.dao")
    keep(head, "?overdue=1", "Chung", office="tdc")
    row = view_id(head.get("/views").text)
    token = lan.hidden("/sign-out")["csrf"]
    for path in (f"/console/views/{row}", f"/console/views/{row}/remove"):
        assert lan.client.post(path, data={"csrf": token, "name": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("?mine=1", "", "Hãy đặt tên"),
        ("?mine=1", "x" * 61, "Hãy đặt tên"),
        ("?mine=1", "đã có", "đã có bộ lọc tên này"),
        ("", "Không lọc gì", "chưa lọc gì"),
        ("?topic=khong_co", "Lạ", "chưa lọc gì"),
    ],
)
def test_what_cannot_be_kept_says_why(
    lan: OfficerBrowser, query: str, name: str, said: str
) -> None:
    keep(lan, "?overdue=1", "Đã có")
    token = lan.hidden("/sign-out")["csrf"]
    fields = {"csrf": token, "name": name, "query": query}
    answer = lan.client.post("/console/views", data=fields)
    assert answer.status_code == 422
    assert said in answer.text
