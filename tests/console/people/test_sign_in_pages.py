"""Signing in, the first administrator, one's own password: over HTTP."""

from collections.abc import Callable

import pytest

from bot.console import first_start_link
from bot.house import House
from tests.support.data.seed import PASSWORD
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser

NEW_PASSWORD = "mot cau khac rat dai day"


@pytest.fixture
def sign_in(staffed: House) -> Callable[[str], OfficerBrowser]:
    """Through the page: here the sign-in itself is looked at."""

    def signed_in(username: str) -> OfficerBrowser:
        browser = OfficerBrowser(staffed)
        assert browser.sign_in(username).status_code == 200
        return browser

    return signed_in


def setup_path(house: House) -> str:
    link = first_start_link(house)
    assert link is not None
    return link.removeprefix(f"{house.settings.base_url}/console")


def set_up(browser: OfficerBrowser, path: str, **changes: str) -> int:
    browser.get(path)
    fields = {
        "username": "quan.tri",
        "full_name": "Trần Thị Quản",
        "office": "tdc",
        "password": PASSWORD,
        "password_again": PASSWORD,
    }
    return browser.post(path, fields | changes).status_code


def text(browser: OfficerBrowser) -> str:
    assert browser.page is not None
    return browser.page.text


def test_signing_in_leads_to_the_page_that_was_asked_for(staffed: House) -> None:
    browser = OfficerBrowser(staffed)
    browser.get("/account?x=1")
    browser.post("/sign-in", {"username": "lan", "password": PASSWORD})
    assert browser.page is not None
    assert browser.page.url.path == "/console/account"


def test_of_two_sign_in_tabs_the_second_goes_on_where_the_first_signed_in(staffed: House) -> None:
    browser = OfficerBrowser(staffed)
    forms = []
    for path in ("/account", "/?tab=closed"):
        browser.get(path)
        forms.append(browser.hidden("/sign-in") | {"username": "lan", "password": PASSWORD})
    led = [
        browser.client.post("/console/sign-in", data=form, follow_redirects=True).url
        for form in forms
    ]
    assert [url.path for url in led] == ["/console/account", "/console/"]
    assert led[1].params["tab"] == "closed"
    assert browser.get("/sign-in?next=/console/account").url.path == "/console/account"


def test_a_form_that_is_not_ours_signs_nobody_in(staffed: House) -> None:
    stranger = OfficerBrowser(staffed)
    fields = {"username": "lan", "password": PASSWORD, "csrf": "x", "next": "/console/account"}
    assert stranger.client.post("/console/sign-in", data=fields).status_code == 403


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/other",
        "/console\\x",
        "/console/\n",
    ],
)
def test_signing_in_leads_nowhere_else(staffed: House, onward: str) -> None:
    browser = OfficerBrowser(staffed)
    browser.get("/sign-in")
    answer = browser.post(
        "/sign-in", {"username": "lan", "password": PASSWORD, "next": onward}, follow=False
    )
    assert answer.headers["location"] == "/console/"


def test_unknown_user_and_wrong_password_read_the_same(staffed: House) -> None:
    said = []
    for username in ("tri.tue", "khong.co"):
        browser = OfficerBrowser(staffed)
        answer = browser.sign_in(username, "sai mat khau roi")
        assert answer.status_code == 401
        said.append(answer.text.replace(username, "").split("csrf", 1)[0])
    assert said[0] == said[1]


def test_many_failures_ask_to_wait(staffed: House, clock: MovableClock) -> None:
    browser = OfficerBrowser(staffed)
    for _ in range(5):
        browser.sign_in("lan", "sai mat khau roi")
    assert browser.sign_in("lan").status_code == 429
    assert "15 phút" in text(browser)
    clock.move(minutes=15)
    assert browser.sign_in("lan").status_code == 200


def test_who_is_signed_in_needs_no_form(lan: OfficerBrowser) -> None:
    assert lan.get("/sign-in", follow=False).headers["location"] == "/console/"


def test_signing_out_ends_the_session(lan: OfficerBrowser) -> None:
    cookie = lan.client.cookies["donghanh_console"]
    lan.post("/sign-out")
    lan.client.cookies.set("donghanh_console", cookie, path="/console")
    assert lan.get("/", follow=False).status_code == 303


# — the first administrator —


def test_the_link_makes_the_administrator_and_signs_in(house: House) -> None:
    browser, path = OfficerBrowser(house), setup_path(house)
    assert set_up(browser, path) == 200
    assert "Trần Thị Quản" in text(browser)
    assert browser.get("/people").status_code == 200
    assert first_start_link(house) is None
    assert OfficerBrowser(house).get(path).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "ngan", "password_again": "ngan"}, "ít nhất 12"),
        ({"password_again": NEW_PASSWORD}, "không giống nhau"),
        ({"username": "Quản Trị"}, "Tên đăng nhập gồm"),
        ({"full_name": " "}, "họ và tên"),
        ({"office": "so_cong_thuong"}, "Đơn vị này"),
    ],
)
def test_a_mistake_keeps_what_was_typed_and_the_link(
    house: House, changes: dict[str, str], said: str
) -> None:
    browser, path = OfficerBrowser(house), setup_path(house)
    assert set_up(browser, path, **changes) == 422
    assert said in text(browser)
    assert PASSWORD not in text(browser)
    assert set_up(browser, path) == 200


@pytest.mark.parametrize("days", [0, 7])
def test_a_dead_link_says_what_to_do(house: House, clock: MovableClock, days: int) -> None:
    path = setup_path(house) if days else "/setup/guessed"
    clock.move(days=days)
    browser = OfficerBrowser(house)
    assert browser.get(path).status_code == 404
    assert "không còn dùng được" in text(browser)


def test_each_start_kills_the_link_of_the_one_before(house: House) -> None:
    first, second = setup_path(house), setup_path(house)
    browser = OfficerBrowser(house)
    assert browser.get(first).status_code == 404
    assert browser.get(second).status_code == 200


def test_the_link_follows_the_address_given(house: House) -> None:
    link = first_start_link(house, "http://127.0.0.1:9999/")
    assert link is not None
    assert link.startswith("http://127.0.0.1:9999/console/setup/")


# — one's own password —


def change(browser: OfficerBrowser, **changes: str) -> int:
    browser.get("/account")
    fields = {"current": PASSWORD, "password": NEW_PASSWORD, "password_again": NEW_PASSWORD}
    return browser.post("/account", fields | changes).status_code


def test_a_new_password_signs_other_browsers_out(lan: OfficerBrowser, staffed: House) -> None:
    other = OfficerBrowser(staffed)
    other.sign_in("lan")
    assert change(lan) == 200
    assert "Đã đổi mật khẩu" in text(lan)
    assert other.get("/", follow=False).status_code == 303
    assert OfficerBrowser(staffed).sign_in("lan").status_code == 401
    assert OfficerBrowser(staffed).sign_in("lan", NEW_PASSWORD).status_code == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"current": "khong phai mat khau"}, "hiện tại không đúng"),
        ({"password": "lan la mot cai ten"}, "tên đăng nhập"),
        ({"password_again": PASSWORD}, "không giống nhau"),
    ],
)
def test_a_password_is_changed_by_its_owner_only(
    lan: OfficerBrowser, changes: dict[str, str], said: str
) -> None:
    assert change(lan, **changes) == 422
    assert said in text(lan)


# — guesses of others —


def guess(house: House, username: str, address: str, times: int) -> None:
    stranger = OfficerBrowser(house, address=address)
    for _ in range(times):
        stranger.sign_in(username, "sai mat khau roi")


def test_five_wrong_passwords_from_anywhere_lock_nobody_out(staffed: House) -> None:
    for username in ("lan", "quan.tri"):
        guess(staffed, username, "203.0.113.5", 6)
        assert OfficerBrowser(staffed, address="192.0.2.77").sign_in(username).status_code == 200


def test_a_browser_that_signed_in_before_is_not_locked_by_a_neighbour(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    lan.post("/sign-out")
    clock.move(days=100)
    guess(staffed, "lan", "192.0.2.10", 6)
    assert OfficerBrowser(staffed).sign_in("lan").status_code == 429
    assert lan.sign_in("lan").status_code == 200


def test_the_cookie_of_a_known_browser_is_out_of_reach_and_opens_nothing(
    lan: OfficerBrowser, staffed: House
) -> None:
    cookie = lan.client.cookies["donghanh_device"]
    thief = OfficerBrowser(staffed)
    thief.client.cookies.set("donghanh_device", cookie, path="/console")
    assert thief.get("/", follow=False).status_code == 303
    thief.get("/sign-in")
    sent = thief.post("/sign-in", {"username": "lan", "password": PASSWORD}, follow=False)
    given = next(
        one for one in sent.headers.get_list("set-cookie") if one.startswith("donghanh_device=")
    )
    assert "HttpOnly" in given
    assert "SameSite=lax" in given
    assert "Path=/console" in given
    assert "Max-Age=15552000" in given


def test_who_signed_in_changes_her_password_however_much_others_guess(
    lan: OfficerBrowser, staffed: House
) -> None:
    guess(staffed, "lan", "192.0.2.10", 6)
    assert change(lan) == 200


def test_guesses_of_whoever_found_a_browser_open_have_an_end(lan: OfficerBrowser) -> None:
    said = []
    for _ in range(11):
        change(lan, current="khong phai mat khau")
        said.append("15 phút" in text(lan))
    assert said == [False] * 10 + [True]
