"""A wrong tax code is put right on a page of its own, by who may."""

from datetime import datetime

import pytest

from bot.house import House
from bot.services.requests.enterprises import EnterpriseService
from tests.console.enterprises.conftest import SignIn
from tests.support.data.enterprises import Enterprises
from tests.support.data.hostile import TEXTS
from tests.support.stands.officer_browser import OfficerBrowser

WRONG, RIGHT = "0101243150", "0100109106"
BRANCH = "0100109106001"
SENDABLE = [one for one in TEXTS if one.encode(errors="ignore").decode() == one]
"""Hostile words that a browser can send at all."""


@pytest.fixture
def wood(staffed: House, now: datetime) -> int:
    with staffed.database.transaction() as session:
        return Enterprises(session, now, seed=8).known("Gỗ Tân", tax_code=WRONG).enterprise_id


@pytest.fixture
def head(sign_in: SignIn) -> OfficerBrowser:
    return sign_in("lanh.dao")


def code_of(house: House, enterprise_id: int) -> str | None:
    with house.database.reading() as session:
        found = EnterpriseService(session).get(enterprise_id)
    assert found is not None
    return found.tax_code


def test_an_officer_is_told_who_may(lan: OfficerBrowser, wood: int, staffed: House) -> None:
    assert "mã sai thì nhờ lãnh đạo sửa" in lan.get(f"/enterprises/{wood}/edit").text
    token = lan.hidden(f"/enterprises/{wood}/edit")
    assert "Sửa mã" not in lan.get(f"/enterprises/{wood}").text
    assert lan.get(f"/enterprises/{wood}/tax-code").status_code == 403
    path = f"/console/enterprises/{wood}/tax-code"
    answer = lan.client.post(path, data=token | {"tax_code": RIGHT, "shown": WRONG})
    assert answer.status_code == 403
    assert code_of(staffed, wood) == WRONG


@pytest.mark.parametrize(("typed", "kept"), [("0100 109 106", RIGHT), ("0100109106-001", BRANCH)])
def test_the_right_code_is_written_with_a_line(
    head: OfficerBrowser, staffed: House, wood: int, typed: str, kept: str
) -> None:
    assert "Sửa mã" in head.get(f"/enterprises/{wood}").text
    head.get(f"/enterprises/{wood}/tax-code")
    answer = head.post(f"/enterprises/{wood}/tax-code", {"tax_code": typed})
    assert "Đã sửa mã số thuế." in answer.text
    assert code_of(staffed, wood) == kept
    shown = kept if kept == RIGHT else "0100109106-001"
    history = head.get(f"/enterprises/{wood}/history?field=tax_code").text
    assert f"{WRONG} → {shown}" in history


@pytest.mark.parametrize(
    ("typed", "said"),
    [("0101243151", "không khớp số kiểm tra"), ("", "10 số"), ("0100109106, 0101243150", "10 số")],
)
def test_a_wrong_one_is_told(
    head: OfficerBrowser, staffed: House, wood: int, typed: str, said: str
) -> None:
    head.get(f"/enterprises/{wood}/tax-code")
    answer = head.post(f"/enterprises/{wood}/tax-code", {"tax_code": typed})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert code_of(staffed, wood) == WRONG


@pytest.mark.parametrize("text", SENDABLE[:6])
def test_hostile_words_change_nothing(
    head: OfficerBrowser, staffed: House, wood: int, text: str
) -> None:
    head.get(f"/enterprises/{wood}/tax-code")
    assert head.post(f"/enterprises/{wood}/tax-code", {"tax_code": text}).status_code in (400, 422)
    assert code_of(staffed, wood) == WRONG


def test_another_ones_code_leads_to_merging(
    head: OfficerBrowser, staffed: House, wood: int, now: datetime
) -> None:
    with staffed.database.transaction() as session:
        there = Enterprises(session, now, seed=9)
        other = there.known("Gỗ Tân Trụ", tax_code=RIGHT).enterprise_id
    head.get(f"/enterprises/{wood}/tax-code")
    answer = head.post(f"/enterprises/{wood}/tax-code", {"tax_code": RIGHT})
    assert answer.status_code == 422
    assert "Gỗ Tân Trụ" in answer.text
    answer = head.post(f"/enterprises/{wood}/tax-code/merge")
    assert answer.url.path == f"/console/enterprises/{other}"
    assert "Gộp hồ sơ" in answer.text


def test_two_at_once_the_second_is_shown_what_stands(
    sign_in: SignIn, staffed: House, wood: int
) -> None:
    one, two = sign_in("lanh.dao"), sign_in("lanh.dao")
    for browser in (one, two):
        browser.get(f"/enterprises/{wood}/tax-code")
    one.post(f"/enterprises/{wood}/tax-code", {"tax_code": RIGHT})
    answer = two.post(f"/enterprises/{wood}/tax-code", {"tax_code": BRANCH})
    assert answer.status_code == 409
    assert RIGHT in answer.text
    assert code_of(staffed, wood) == RIGHT


def test_a_code_nobody_knows_is_taken_away_where_that_is_said(
    head: OfficerBrowser, staffed: House, wood: int
) -> None:
    head.get(f"/enterprises/{wood}/tax-code")
    head.post(f"/enterprises/{wood}/tax-code", {"without": "1"})
    assert code_of(staffed, wood) is None
