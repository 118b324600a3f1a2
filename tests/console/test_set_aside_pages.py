"""Administrators see what could not be read, and nobody else does."""

from collections.abc import Callable

import pytest

from bot.house import House
from bot.services.inbound.set_aside import Reason, SetAsideService, Untaken
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]


@pytest.fixture
def admin(sign_in: SignIn) -> OfficerBrowser:
    return sign_in("quan.tri")


def set_aside(house: House, *words: str) -> list[int]:
    """One of each of the words; their rows."""
    with house.database.transaction() as session:
        service = SetAsideService(session)
        for said in words:
            untaken = Untaken("telegram", "5", {"text": said}, Reason.UNREADABLE, "no chat")
            service.put(untaken, now=house.clock())
        return [row.id for row in service.newest()][::-1]


def test_what_was_set_aside_is_shown_as_it_came_newest_first(
    admin: OfficerBrowser, staffed: House
) -> None:
    set_aside(staffed, "cũ <b>đậm</b>", "mới hơn")

    page = admin.get("/set-aside").text

    assert page.index("mới hơn") < page.index("cũ &lt;b&gt;đậm&lt;/b&gt;")
    assert "Telegram" in page
    assert "Nội dung không đúng dạng" in page
    assert page.count("Chưa xem") == 2


def test_the_navigation_counts_what_nobody_has_seen(admin: OfficerBrowser, staffed: House) -> None:
    assert 'id="unread"' not in admin.get("/").text
    first, _ = set_aside(staffed, "một", "hai")
    assert '<span class="badge" id="unread">2</span>' in admin.get("/").text

    admin.get("/set-aside")
    assert "Đã đánh dấu" in admin.post(f"/set-aside/{first}/seen").text

    assert '<span class="badge" id="unread">1</span>' in admin.get("/people").text


def test_all_that_the_page_showed_are_seen_and_not_what_came_since(
    admin: OfficerBrowser, staffed: House
) -> None:
    set_aside(staffed, "một", "hai")
    admin.get("/set-aside")
    set_aside(staffed, "ba")

    admin.post("/set-aside/seen")

    assert '<span class="badge" id="unread">1</span>' in admin.get("/").text


def test_nothing_set_aside_is_said_so(admin: OfficerBrowser) -> None:
    page = admin.get("/set-aside").text

    assert "Chưa có tin nào không đọc được." in page
    assert "/set-aside/seen" not in page


@pytest.mark.parametrize("newest", ["", "x", "²", "9" * 30])
def test_a_broken_form_marks_nothing_that_was_not_shown(
    admin: OfficerBrowser, staffed: House, newest: str
) -> None:
    set_aside(staffed, "một")
    admin.get("/set-aside")

    answer = admin.post("/set-aside/seen", {"newest": newest})

    assert answer.status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x"])
def test_a_row_that_cannot_be_is_not_found(
    admin: OfficerBrowser, staffed: House, number: str
) -> None:
    set_aside(staffed, "một")
    admin.get("/set-aside")
    token = admin.hidden("/set-aside/seen")["csrf"]

    answer = admin.client.post(f"/console/set-aside/{number}/seen", data={"csrf": token})

    assert answer.status_code == 404


@pytest.mark.parametrize("username", ["lan", "lanh.dao"])
def test_nobody_else_sees_them(sign_in: SignIn, staffed: House, username: str) -> None:
    set_aside(staffed, "một")
    browser = sign_in(username)

    assert "Tin không đọc được" not in browser.get("/").text
    assert browser.get("/set-aside").status_code == 403
