"""What an enterprise answered otherwise than its profile says, on its page."""

from datetime import datetime

import pytest
from sqlalchemy import select

from bot.house import House
from bot.services.enterprises.profiles import ProfileService
from bot.storage.models import AttemptAnswer, EnterpriseProfile, Officer
from tests.console.enterprises.conftest import SignIn
from tests.support.data.enterprises import Enterprises
from tests.support.stands.officer_browser import OfficerBrowser

QUESTION = "lao-dong"
"""Of our own self-assessment of productivity, which says whose field it is."""


@pytest.fixture
def wood(staffed: House, now: datetime) -> int:
    """One with 40 people in the register, for which Lan typed 45 at the counter."""
    assessment = staffed.library.tables.assessments["nang-suat"]
    with staffed.database.transaction() as session:
        there = Enterprises(session, now, seed=8)
        lan = session.scalars(select(Officer).where(Officer.username == "lan")).one()
        id_ = there.known("Gỗ Tân", figures_year=2025).enterprise_id
        run = there.run(id_, 50, assessment="nang-suat", officer=lan)
        run.version = assessment.version
        run.answers.append(
            AttemptAnswer(question=QUESTION, answer=["45"], cause="c", answered_at=now)
        )
        return id_


def profile_of(house: House, enterprise_id: int) -> EnterpriseProfile:
    with house.database.reading() as session:
        found = ProfileService(session, house.library.tables.sectors).get(enterprise_id)
    assert found is not None
    return found


def step(browser: OfficerBrowser, enterprise_id: int, name: str) -> str:
    path = f"/enterprises/{enterprise_id}/proposals"
    return browser.post(path, {"step": name}).text


def test_it_stands_beside_the_register_and_is_taken_over(
    lan: OfficerBrowser, staffed: House, wood: int
) -> None:
    page = lan.get(f"/enterprises/{wood}").text
    assert "<strong>45 người</strong> <small>(hồ sơ: 40 người)" in page
    page = step(lan, wood, "take")
    assert "Đã lấy vào hồ sơ." in page
    assert "Doanh nghiệp trả lời khác hồ sơ" not in page
    assert "“Tự chấm năng suất”" in page
    assert profile_of(staffed, wood).staff == 45
    assert "“Tự chấm năng suất”" in lan.get(f"/enterprises/{wood}/history?field=staff").text


def test_left_it_does_not_come_back(lan: OfficerBrowser, staffed: House, wood: int) -> None:
    lan.get(f"/enterprises/{wood}")
    assert "Đã để nguyên hồ sơ" in step(lan, wood, "leave")
    assert "Doanh nghiệp trả lời khác hồ sơ" not in lan.get(f"/enterprises/{wood}").text
    assert profile_of(staffed, wood).staff == 40


def test_the_second_tab_is_told_what_the_first_did(
    sign_in: SignIn, staffed: House, wood: int
) -> None:
    one, two = sign_in("lan"), sign_in("lan")
    for browser in (one, two):
        browser.get(f"/enterprises/{wood}")
    step(one, wood, "leave")
    assert "Đồng nghiệp vừa để nguyên" in step(two, wood, "take")
    assert profile_of(staffed, wood).staff == 40


def test_who_may_not_see_the_run_sees_no_proposal(sign_in: SignIn, wood: int) -> None:
    other = sign_in("tri.tue")
    assert "45 người" not in other.get(f"/enterprises/{wood}").text
    assert "45 người" in sign_in("lanh.dao").get(f"/enterprises/{wood}").text


@pytest.mark.parametrize(
    "fields",
    [
        {"attempt": "x"},
        {"step": ""},
        {"step": "take", "attempt": "999999"},
        {"step": "take", "value": "46"},
        {"step": "take", "field": "name"},
        {"step": "take", "register": "41"},
    ],
)
def test_what_was_not_shown_is_not_written(
    lan: OfficerBrowser, staffed: House, wood: int, fields: dict[str, str]
) -> None:
    lan.get(f"/enterprises/{wood}")
    answer = lan.post(f"/enterprises/{wood}/proposals", fields)
    assert answer.status_code in (200, 400)
    assert profile_of(staffed, wood).staff == 40
