"""Where people are signed in, and how that is ended."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.house import House
from bot.storage.models import Officer
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

PHONE = "Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Safari/537.36"


@pytest.fixture
def phone(staffed: House) -> OfficerBrowser:
    browser = OfficerBrowser(staffed, address="198.51.100.7")
    browser.client.headers["user-agent"] = PHONE
    assert browser.sign_in("lan").status_code == 200
    return browser


def person_path(house: House, username: str) -> str:
    with house.database.reading() as session:
        found = session.scalars(select(Officer.id).filter_by(username=username)).one()
    return f"/people/{found}"


def test_a_person_sees_each_place_and_which_is_this(
    phone: OfficerBrowser, lan: OfficerBrowser
) -> None:
    text = phone.get("/account").text.partition('id="places"')[2]
    assert "Chrome trên Android" in text
    assert "198.51.100.7" in text
    assert "Trình duyệt chưa rõ" in text
    assert text.count("Nơi này") == 1
    before = text.partition("Nơi này")[0]
    assert (before.count('class="place"'), "Chrome trên Android" in before) == (1, True)
    assert lan.get("/account").text.count("Nơi này") == 1


def test_she_ends_one_and_goes_on_here(phone: OfficerBrowser, lan: OfficerBrowser) -> None:
    lan.get("/account")
    assert "Đã kết thúc phiên" in lan.post("/account/sessions/end").text
    assert phone.get("/", follow=False).status_code == 303
    assert "Chrome trên Android" not in lan.get("/account").text


def test_a_mark_of_somebody_else_ends_nothing(
    phone: OfficerBrowser, lan: OfficerBrowser, sign_in: SignIn
) -> None:
    mark = phone.get("/").text.partition('data-mark="')[2].partition('"')[0]
    minh = sign_in("minh")
    token = minh.get("/account").text.partition('name="csrf" value="')[2].partition('"')[0]
    minh.client.post("/console/account/sessions/end", data={"csrf": token, "mark": mark})
    assert phone.get("/", follow=False).status_code == 200
    assert lan.get("/", follow=False).status_code == 200


def test_an_administrator_ends_anybodys_and_never_her_own_this(
    phone: OfficerBrowser, sign_in: SignIn, staffed: House
) -> None:
    admin = sign_in("quan.tri")
    lans, own = person_path(staffed, "lan"), person_path(staffed, "quan.tri")
    assert "Chrome trên Android" in admin.get(lans).text
    admin.post(f"{lans}/sessions/end")
    assert phone.get("/", follow=False).status_code == 303
    admin.get(own)
    token = admin.hidden("/sign-out")["csrf"]
    admin.client.post(f"/console{own}/sessions/end", data={"csrf": token})
    assert admin.get("/", follow=False).status_code == 200
    answer = admin.client.post("/console/people/9999/sessions/end", data={"csrf": token})
    assert answer.status_code == 404


def test_an_officer_ends_nobody_elses(lan: OfficerBrowser, staffed: House) -> None:
    token = lan.get("/account").text.partition('name="csrf" value="')[2].partition('"')[0]
    path = person_path(staffed, "minh")
    answer = lan.client.post(f"/console{path}/sessions/end", data={"csrf": token})
    assert answer.status_code == 403
