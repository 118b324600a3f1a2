"""The second factor over HTTP: set up, asked for, lost, taken away."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pyotp
import pytest

from bot.house import House
from bot.services.staff.trail import Trail, TrailFilter
from tests.support.data.seed import PASSWORD
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

PATH = "/account/second-factor"


def under(house: House, rule: str) -> House:
    """The same house with another rule."""
    return replace(house, settings=house.settings.model_copy(update={"second_factor": rule}))


def text(browser: OfficerBrowser) -> str:
    assert browser.page is not None
    return unescape(browser.page.text)


class Telephone:
    """Has read the key that stands on a page."""

    def __init__(self, house: House, page: str) -> None:
        found = re.search(r'id="key">([A-Z2-7 ]+)<', page)
        assert found is not None
        self._house, self._totp = house, pyotp.TOTP(found[1].replace(" ", ""))

    def code(self) -> str:
        return self._totp.at(self._house.clock())


def begin(browser: OfficerBrowser, password: str = PASSWORD) -> int:
    browser.get(PATH)
    return browser.post(PATH, {"password": password}).status_code


def set_up(browser: OfficerBrowser, clock: MovableClock) -> tuple[Telephone, list[str]]:
    """A telephone that makes codes from now on, and the recovery codes."""
    assert begin(browser) == 200
    telephone = Telephone(browser.house, text(browser))
    assert browser.post(f"{PATH}/confirm", {"code": telephone.code()}).status_code == 200
    codes = re.findall(r"<li><code>([\d ]+)</code>", text(browser))
    clock.move(minutes=2)
    return telephone, codes


def acts(house: House) -> list[tuple[str, str, str]]:
    with house.database.reading() as session:
        lines = Trail(session).page(TrailFilter(), before=None, limit=100)
        return [
            (line.kind, line.act, line.officer.username if line.officer else "") for line in lines
        ]


def test_it_is_set_up_by_a_code_and_asked_for_from_then_on(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    assert begin(lan) == 200
    assert "<svg" in text(lan)
    telephone = Telephone(staffed, text(lan))
    assert lan.post(f"{PATH}/confirm", {"code": "000000"}).status_code == 422
    assert "Mã không đúng" in text(lan)
    lan.post(f"{PATH}/confirm", {"code": telephone.code()})
    assert text(lan).count("<li><code>") == 10
    assert "<li><code>" not in lan.get(PATH).text
    assert "Đang bật" in lan.get("/account").text

    clock.move(minutes=2)
    other = OfficerBrowser(staffed)
    other.get("/absences")
    other.post("/sign-in", {"username": "lan", "password": PASSWORD, "next": "/console/absences"})
    assert "Nhập mã đăng nhập" in text(other)
    assert other.get("/", follow=False).status_code == 303
    other.get("/sign-in/code?next=/console/absences")
    assert other.post("/sign-in/code", {"code": "000 000"}).status_code == 401
    page = other.post("/sign-in/code", {"code": telephone.code()})
    assert page.url.path == "/console/absences"
    assert acts(staffed) == [
        ("sign_in", "enter_code", "lan"),
        ("refused", "enter_code", "lan"),
        ("sign_in", "await_code", "lan"),
        ("people", "confirm_second_factor", "lan"),
        ("people", "begin_second_factor", "lan"),
    ]


def test_a_code_that_was_used_opens_nothing_in_another_browser(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    telephone, _ = set_up(lan, clock)
    statuses = []
    for _ in range(2):
        browser = OfficerBrowser(staffed)
        browser.sign_in("lan")
        statuses.append(browser.post("/sign-in/code", {"code": telephone.code()}).status_code)
    assert statuses == [200, 401]


def test_a_recovery_code_does_without_the_telephone_once(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    _, codes = set_up(lan, clock)
    statuses = []
    for _ in range(2):
        browser = OfficerBrowser(staffed)
        browser.sign_in("lan")
        statuses.append(browser.post("/sign-in/code", {"code": codes[3]}).status_code)
    assert statuses == [200, 401]
    assert "<strong>9</strong>" in lan.get(PATH).text


def test_half_a_sign_in_opens_nothing_and_is_over_after_ten_minutes(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    telephone, _ = set_up(lan, clock)
    browser = OfficerBrowser(staffed)
    browser.sign_in("lan")
    assert "donghanh_console" not in browser.client.cookies
    clock.move(minutes=10)
    assert browser.post("/sign-in/code", {"code": telephone.code()}).url.path == "/console/sign-in"
    assert "đăng nhập lại từ đầu" in text(browser)
    assert OfficerBrowser(staffed).get("/sign-in/code").url.path == "/console/sign-in"


def test_wrong_codes_have_to_wait_and_guess_no_password(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    telephone, _ = set_up(lan, clock)
    browser = OfficerBrowser(staffed, address="203.0.113.8")
    browser.sign_in("lan")
    statuses = [browser.post("/sign-in/code", {"code": "000000"}).status_code for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert browser.post("/sign-in/code", {"code": telephone.code()}).status_code == 429
    # Others' guesses keep her out of nothing.
    own = OfficerBrowser(staffed)
    own.sign_in("lan")
    assert own.post("/sign-in/code", {"code": telephone.code()}).status_code == 200


def test_others_are_signed_out_once_it_is_on(
    lan: OfficerBrowser, sign_in: SignIn, clock: MovableClock
) -> None:
    other = sign_in("lan")
    set_up(lan, clock)
    assert other.get("/", follow=False).status_code == 303
    assert lan.get("/", follow=False).status_code == 200


def test_it_is_begun_by_who_knows_the_password(lan: OfficerBrowser, staffed: House) -> None:
    assert begin(lan, "khong phai mat khau") == 422
    assert "Mật khẩu hiện tại không đúng" in text(lan)
    assert 'id="key"' not in text(lan)
    assert acts(staffed) == [("refused", "begin_second_factor", "lan")]


def test_it_is_turned_off_and_its_codes_renewed_by_password_and_code(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    telephone, codes = set_up(lan, clock)
    lan.get(PATH)
    for wrong in (
        {"password": "khong phai mat khau", "code": telephone.code()},
        {"password": PASSWORD, "code": "000000"},
    ):
        assert lan.post(f"{PATH}/drop", wrong).status_code == 422
        lan.get(PATH)
    right = {"password": PASSWORD, "code": telephone.code()}
    fresh = lan.post(f"{PATH}/recovery", right).text
    assert fresh.count("<li><code>") == 10
    assert codes[0] not in fresh
    lan.get(PATH)
    clock.move(minutes=1)
    lan.post(f"{PATH}/drop", {"password": PASSWORD, "code": telephone.code()})
    assert "Đã tắt xác thực hai lớp" in text(lan)
    assert OfficerBrowser(staffed).sign_in("lan").url.path == "/console/"
    assert [act for _, act, _ in acts(staffed)][:4] == [
        "sign_in",
        "drop_second_factor",
        "renew_recovery_codes",
        "drop_second_factor",
    ]


def test_who_must_have_one_is_held_back_until_she_has(staffed: House, clock: MovableClock) -> None:
    house = under(staffed, "heads")
    head = OfficerBrowser(house)
    assert head.enter("lanh.dao").url.path == f"/console{PATH}"
    assert "phải có thêm mã" in text(head)
    for path in ("/absences", "/figures", "/account/alerts"):
        assert head.get(path, follow=False).headers["location"] == f"/console{PATH}"
    set_up(head, clock)
    assert head.get("/figures", follow=False).status_code == 200
    officer = OfficerBrowser(house)
    assert officer.enter("lan").url.path == "/console/"


def test_a_temporary_password_is_changed_first(staffed: House) -> None:
    house = under(staffed, "all")
    with house.database.transaction() as session:
        from bot.services.staff.officers import OfficerService  # noqa: PLC0415

        service = OfficerService(session)
        officer = service.by_username("lan")
        assert officer is not None
        service.set_password(officer, "mot cau khac rat dai day", temporary=True)
    browser = OfficerBrowser(house)
    assert browser.sign_in("lan", "mot cau khac rat dai day").url.path == "/console/account"
    assert browser.get(PATH, follow=False).headers["location"] == "/console/account"


def test_turned_off_for_the_house_nobody_is_asked_or_offered(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    set_up(lan, clock)
    browser = OfficerBrowser(under(staffed, "off"))
    assert browser.sign_in("lan").url.path == "/console/"
    assert browser.get(PATH).status_code == 404
    assert "hai lớp" not in browser.get("/account").text
    # Nothing is forgotten meanwhile.
    assert OfficerBrowser(staffed).sign_in("lan").url.path == "/console/sign-in/code"


def test_an_administrator_takes_it_away_and_the_person_signs_in_anew(
    lan: OfficerBrowser, sign_in: SignIn, staffed: House, clock: MovableClock
) -> None:
    set_up(lan, clock)
    half = OfficerBrowser(staffed)
    half.sign_in("lan")
    admin = sign_in("quan.tri")
    link = re.search(r'/console(/people/\d+)"[^§]*?Nguyễn Thị Lan', admin.get("/people").text)
    assert link is not None
    path = re.findall(r"/people/\d+", admin.page.text.partition("Nguyễn Thị Lan")[0])[-1]
    admin.get(path)
    assert "Đã bỏ xác thực hai lớp" in admin.post(f"{path}/second-factor/take").text
    assert 'id="second-factor"' not in admin.page.text
    assert lan.get("/", follow=False).status_code == 303
    assert half.get("/sign-in/code").url.path == "/console/sign-in"
    assert OfficerBrowser(staffed).sign_in("lan").url.path == "/console/"
    assert ("people", "take_second_factor", "quan.tri") in acts(staffed)


def test_a_lost_key_of_the_house_says_what_to_do(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    from pydantic import SecretStr  # noqa: PLC0415

    given = {"secret_key": SecretStr("k" * 40)}
    closed = replace(staffed, settings=staffed.settings.model_copy(update=given))
    browser = OfficerBrowser(closed)
    browser.enter("lan")
    telephone, codes = set_up(browser, clock)
    other = OfficerBrowser(staffed)
    other.sign_in("lan")
    assert other.post("/sign-in/code", {"code": telephone.code()}).status_code == 401
    assert "không còn đọc được" in text(other)
    assert other.post("/sign-in/code", {"code": codes[0]}).status_code == 200


@pytest.mark.parametrize("typed", ["", "\x00", "\ud83d", "x" * 5000, "１２３４５６", "12345"])
def test_whatever_is_typed_is_wrong_and_nothing_worse(
    lan: OfficerBrowser, staffed: House, clock: MovableClock, typed: str
) -> None:
    set_up(lan, clock)
    browser = OfficerBrowser(staffed)
    browser.sign_in("lan")
    values = browser.hidden("/sign-in/code") | {"code": typed.encode("utf-8", "replace").decode()}
    answer = browser.client.post("/console/sign-in/code", data=values)
    assert answer.status_code == 401
