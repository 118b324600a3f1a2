"""The files lose an office that has people and cases: no page falls over, and all is told."""

from collections.abc import Callable

import pytest

from bot.flow.caretaker import Caretaker
from bot.house import House
from bot.services.staff.officers import OfficerService
from bot.storage.models import Officer, Request
from tests.console.frame.test_gate import CLOSED
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

GONE = "phong_cu"
SENTENCE = "Đơn vị của anh/chị không còn trong danh mục"


PAGES = [one for one in CLOSED if not str(one.values[1]).startswith("/live/")]
"""Every closed door but the streams, which have no end."""


def strand(house: House, username: str) -> int:
    """Puts a person and a case into an office that the files do not have; the case's id."""
    with house.database.transaction() as session:
        officer = OfficerService(session).by_username(username)
        assert officer is not None
        officer.office = GONE
        return Seed(session, house.clock(), seed=31).request(office=GONE).id


def person_id(house: House, username: str) -> int:
    with house.database.transaction() as session:
        officer = OfficerService(session).by_username(username)
        assert officer is not None
        return officer.id


def test_who_belongs_to_it_signs_in_and_is_told_what_to_do(staffed: House, request_id: int) -> None:
    strand(staffed, "lan")
    browser = OfficerBrowser(staffed)
    page = browser.sign_in("lan")
    assert page.status_code == 403
    assert SENTENCE in page.text
    assert "nhờ quản trị chuyển" in page.text
    for path in ("/", f"/requests/{request_id}", "/gaps", "/live"):
        assert browser.get(path).status_code == 403
    assert browser.get("/account").status_code == 200
    assert browser.post("/sign-out").status_code == 200


@pytest.mark.parametrize("username", ["lanh.dao", "quan.tri"])
def test_who_sees_all_offices_works_on(sign_in: SignIn, staffed: House, username: str) -> None:
    stranded = strand(staffed, username)
    browser = sign_in(username)
    for path in ("/", "/gaps", "/account", f"/requests/{stranded}", f"/?office={GONE}"):
        assert browser.get(path).status_code == 200
    browser.get(f"/requests/{stranded}")
    assert browser.post(f"/requests/{stranded}/claim").status_code == 200


def test_an_administrator_sees_them_marked_and_moves_them(sign_in: SignIn, staffed: House) -> None:
    strand(staffed, "lan")
    admin = sign_in("quan.tri")
    assert admin.get("/people").text.count("Đơn vị không còn trong danh mục") == 1
    path = f"/people/{person_id(staffed, 'lan')}"
    page = admin.get(path).text
    assert f"Đơn vị “{GONE}” không còn trong danh mục" in page
    assert '<option value="">Chọn đơn vị</option>' in page
    post = {"full_name": "Lan", "role": "officer"}
    assert admin.post(path, post | {"office": ""}).status_code == 422
    assert admin.post(path, post | {"office": "shtt"}).status_code == 200
    assert OfficerBrowser(staffed).sign_in("lan").status_code == 200


def test_its_case_comes_to_the_general_queue_with_a_line_of_history(
    sign_in: SignIn, staffed: House
) -> None:
    stranded = strand(staffed, "lan")
    Caretaker(staffed).look()
    page = sign_in("lanh.dao").get(f"/requests/{stranded}").text
    assert "Hệ thống tự chuyển đơn vị" in page
    assert f"{GONE} → Một cửa và Cổng Dịch vụ công" in page
    assert "đơn vị không còn trong danh mục" in page


@pytest.mark.parametrize(("method", "path"), PAGES)
@pytest.mark.parametrize("username", ["lan", "lanh.dao", "quan.tri"])
def test_no_page_falls_over_an_unknown_office_or_topic(
    staffed: House, username: str, method: str, path: str
) -> None:
    stranded = strand(staffed, username)
    with staffed.database.transaction() as session:
        session.get_one(Request, stranded).topic = "mang_cu"
        everybody = session.query(Officer).all()
        for officer in everybody:
            officer.office = GONE
    browser = OfficerBrowser(staffed)
    browser.enter(username)
    token = browser.hidden("/sign-out")["csrf"]
    path = path.replace("/requests/1", f"/requests/{stranded}")
    fields = {"csrf": token, "form_id": "12345678", "text": "Chào", "office": GONE, "reason": "x"}
    if method == "GET":
        answer = browser.client.get(f"/console{path}", follow_redirects=False)
    else:
        answer = browser.client.post(f"/console{path}", data=fields, follow_redirects=False)
    assert answer.status_code < 500
