"""Administrators look after people."""

import re
from collections.abc import Callable

import pytest

from bot.domain.requests.request import RequestState
from bot.house import House
from bot.services.staff.officers import OfficerService
from bot.services.staff.sign_in import FAILURES_OF_A_PAIR, SignInService
from bot.storage.models import Officer, Request
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

HANOI = {
    "username": "ha.noi",
    "full_name": "Hà Nội",
    "role": "officer",
    "office": "shtt",
    "password": "cau tho hay de nho lam",
    "password_again": "cau tho hay de nho lam",
}


OWN_PASSWORD = "mot cau khac rat dai day"


def link_in(shown: str) -> str:
    """The path of the one-time link that a page shows."""
    found = re.search(r'<pre class="link">[^<]*/console(/password/[^<]+)</pre>', shown)
    assert found is not None
    return found[1]


@pytest.fixture
def admin(sign_in: SignIn) -> OfficerBrowser:
    browser = sign_in("quan.tri")
    browser.get("/people")
    return browser


def person(house: House, username: str) -> Officer:
    with house.database.transaction() as session:
        found = OfficerService(session).by_username(username)
    assert found is not None
    return found


def test_a_new_person_signs_in(admin: OfficerBrowser, staffed: House) -> None:
    assert "Đã thêm người dùng" in admin.post("/people", HANOI).text
    browser = OfficerBrowser(staffed)
    shown = browser.sign_in("ha.noi", HANOI["password"])
    assert "Hà Nội" in shown.text
    assert "mật khẩu tạm" in shown.text
    assert shown.url.path == "/console/account"


def test_she_sets_a_password_of_her_own_before_anything_else(
    admin: OfficerBrowser, staffed: House
) -> None:
    admin.post("/people", HANOI)
    browser = OfficerBrowser(staffed)
    browser.sign_in("ha.noi", HANOI["password"])
    assert browser.get("/", follow=False).headers["location"] == "/console/account"
    assert "<nav" not in browser.get("/account").text
    own = {"password": OWN_PASSWORD, "password_again": OWN_PASSWORD}
    kept = dict.fromkeys(own, HANOI["password"])
    assert "phải khác" in browser.post("/account", kept | {"current": HANOI["password"]}).text
    led = browser.post("/account", own | {"current": HANOI["password"]})
    assert led.url.path == "/console/"
    assert "Đã đổi mật khẩu" in led.text


def test_without_a_password_a_new_person_gets_a_link_to_set_her_own(
    admin: OfficerBrowser, staffed: House
) -> None:
    bare = HANOI | {"password": "", "password_again": ""}
    shown = admin.post("/people", bare).text
    path = link_in(shown)
    browser = OfficerBrowser(staffed)
    assert "ha.noi" in browser.get(path).text
    name = {"password": "Hà Nội 2026 Hà Nội", "password_again": "Hà Nội 2026 Hà Nội"}
    assert "tên người hoặc tên cơ quan" in browser.post(path, name).text
    led = browser.post(path, {"password": OWN_PASSWORD, "password_again": OWN_PASSWORD})
    assert "Đã đặt mật khẩu. Mời" in led.text
    assert browser.sign_in("ha.noi", OWN_PASSWORD).url.path == "/console/"
    assert browser.get(path).status_code == 404


def test_a_forgotten_password_is_set_anew_by_a_link(admin: OfficerBrowser, staffed: House) -> None:
    place = f"/people/{person(staffed, 'lan').id}"
    admin.get(place)
    path = link_in(admin.post(f"{place}/link").text)
    other = OfficerBrowser(staffed)
    other.get(path)
    other.post(path, {"password": OWN_PASSWORD, "password_again": OWN_PASSWORD})
    assert other.sign_in("lan").status_code == 401
    assert other.sign_in("lan", OWN_PASSWORD).status_code == 200


def test_no_link_is_made_for_who_is_locked_out(admin: OfficerBrowser, staffed: House) -> None:
    place = f"/people/{person(staffed, 'lan').id}"
    token = admin.get(place).text.partition('name="csrf" value="')[2].partition('"')[0]
    admin.post(f"{place}/disable")
    assert "Tạo đường dẫn" not in admin.get(place).text
    answer = admin.client.post(f"/console{place}/link", data={"csrf": token})
    assert answer.status_code == 404


def test_who_waits_for_wrong_passwords_is_let_in_again_at_once(
    admin: OfficerBrowser, staffed: House
) -> None:
    with staffed.database.transaction() as session:
        for _ in range(FAILURES_OF_A_PAIR):
            SignInService(session).count_try("lan", "192.0.2.10", now=staffed.clock())
    lan = OfficerBrowser(staffed)
    assert lan.sign_in("lan").status_code == 429
    place = f"/people/{person(staffed, 'lan').id}"
    admin.get(place)
    assert "đăng nhập lại được ngay" in admin.post(f"{place}/unlock").text
    assert lan.sign_in("lan").status_code == 200


def test_a_neutral_user_name_is_proposed(admin: OfficerBrowser) -> None:
    assert re.search(r'name="username" value="cb-[a-z0-9]{5}"', admin.get("/people").text)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"username": "lan"}, "đã có người dùng"),
        ({"username": "a b"}, "Tên đăng nhập gồm"),
        ({"role": "king"}, "Đơn vị này"),
        ({"office": "thue"}, "Đơn vị này"),
        ({"password": "ngan", "password_again": "ngan"}, "ít nhất 12"),
    ],
)
def test_a_mistake_adds_nobody_and_keeps_what_was_typed(
    admin: OfficerBrowser, changes: dict[str, str], said: str
) -> None:
    answer = admin.post("/people", HANOI | changes)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Hà Nội"' in answer.text
    assert HANOI["password"] not in answer.text


def test_a_new_role_counts_at_the_next_click(
    admin: OfficerBrowser, sign_in: SignIn, staffed: House
) -> None:
    lan = sign_in("lan")
    path = f"/people/{person(staffed, 'lan').id}"
    admin.get(path)
    admin.post(path, {"full_name": "Lan", "role": "administrator", "office": "tdc"})
    assert lan.get("/people").status_code == 200


def test_a_reset_password_ends_the_sessions(
    admin: OfficerBrowser, sign_in: SignIn, staffed: House
) -> None:
    lan = sign_in("lan")
    path = f"/people/{person(staffed, 'lan').id}"
    admin.get(path)
    new = {"password": HANOI["password"], "password_again": HANOI["password"]}
    assert admin.post(f"{path}/password", new).status_code == 200
    assert lan.get("/", follow=False).status_code == 303
    assert lan.sign_in("lan", HANOI["password"]).status_code == 200


def test_a_disabled_person_is_out_and_leaves_nothing_stuck(
    admin: OfficerBrowser, sign_in: SignIn, staffed: House, request_id: int
) -> None:
    lan = sign_in("lan")
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    path = f"/people/{person(staffed, 'lan').id}"
    admin.get(path)
    assert "Đã khóa người dùng" in admin.post(f"{path}/disable").text
    assert lan.get("/", follow=False).status_code == 303
    assert lan.sign_in("lan").status_code == 401
    with staffed.database.transaction() as session:
        assert session.get_one(Request, request_id).state == RequestState.NEW
    admin.get(path)
    admin.post(f"{path}/enable")
    assert lan.sign_in("lan").status_code == 200


def test_the_last_administrator_is_not_disabled(admin: OfficerBrowser, staffed: House) -> None:
    path = f"/people/{person(staffed, 'quan.tri').id}"
    admin.get(path)
    answer = admin.post(f"{path}/disable")
    assert answer.status_code == 422
    assert "ít nhất một quản trị" in answer.text


def test_nobody_is_not_there(admin: OfficerBrowser) -> None:
    assert admin.get("/people/9999").status_code == 404


# — what a person held —


def take(browser: OfficerBrowser, request_id: int) -> None:
    browser.get(f"/requests/{request_id}")
    assert browser.post(f"/requests/{request_id}/claim").status_code == 200


def move(admin: OfficerBrowser, house: House, username: str, **changes: str) -> str:
    path = f"/people/{person(house, username).id}"
    admin.get(path)
    post = {"full_name": "Nguyễn Thị Lan", "role": "officer", "office": "tdc"}
    return admin.post(path, post | changes).text


def test_a_person_who_changes_office_leaves_her_case_to_her_colleagues(
    admin: OfficerBrowser, sign_in: SignIn, staffed: House, request_id: int
) -> None:
    lan, minh = sign_in("lan"), sign_in("minh")
    take(lan, request_id)
    before = admin.get(f"/people/{person(staffed, 'lan').id}").text
    assert "Đang giữ 1 yêu cầu" in before

    said = move(admin, staffed, "lan", office="shtt")

    assert "1 yêu cầu đang giữ đã về lại hàng chờ" in said
    assert lan.get(f"/requests/{request_id}").status_code == 404
    shown = minh.get(f"/requests/{request_id}").text
    assert "Chưa ai nhận" in shown
    assert "trả về hàng chờ" in shown
    assert "đang chờ một cán bộ khác tiếp tục" in shown
    assert minh.post(f"/requests/{request_id}/claim").status_code == 200


def test_a_change_that_leaves_the_case_in_sight_leaves_it_in_her_hands(
    admin: OfficerBrowser, sign_in: SignIn, staffed: House, request_id: int
) -> None:
    lan = sign_in("lan")
    take(lan, request_id)
    said = move(admin, staffed, "lan", full_name="Nguyễn Lan Anh")
    assert "về lại hàng chờ" not in said.split('id="held"')[0]
    said = move(admin, staffed, "lan", role="head", office="shtt")
    assert "Đã lưu thay đổi." in said
    holder = person(staffed, "lan").id
    with staffed.database.transaction() as session:
        assert session.get_one(Request, request_id).officer_id == holder


def test_a_head_who_becomes_an_officer_keeps_only_her_own_offices_cases(
    admin: OfficerBrowser, sign_in: SignIn, staffed: House, request_id: int
) -> None:
    head = sign_in("lanh.dao")
    take(head, request_id)
    said = move(admin, staffed, "lanh.dao", office="shtt")
    assert "1 yêu cầu đang giữ đã về lại hàng chờ" in said


@pytest.mark.parametrize("count", ["-1", "x", "9" * 400, "１", ""])
def test_an_address_with_an_odd_count_is_a_page_like_any_other(
    admin: OfficerBrowser, count: str
) -> None:
    answer = admin.get(f"/people?done=changed&count={count}")
    assert answer.status_code == 200
    assert "hàng chờ; doanh nghiệp" not in answer.text
