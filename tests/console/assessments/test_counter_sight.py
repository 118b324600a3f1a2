"""Who sees what a run at the counter came to: its typist, her heads, and nobody by chance."""

from datetime import datetime, timedelta

import pytest

from bot.domain.clock import Clock
from bot.house import House
from bot.knowledge.library import Library
from bot.services.assessments.attempts import AttemptService
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.models import Attempt
from tests.support.data.assessments import scored
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.answer_form import AnswerForm
from tests.support.stands.officer_browser import OfficerBrowser

from .test_counter import SignIn, begin, run_id, score_all


@pytest.fixture
def house(any_database: Database, library: Library, clock: Clock, settings: Settings) -> House:
    """Each test runs on SQLite and on PostgreSQL, with our own assessments."""
    return House(settings=settings, database=any_database, library=library, clock=clock)


@pytest.fixture
def enterprise_id(staffed: House, now: datetime) -> int:
    with staffed.database.transaction() as session:
        enterprises = Enterprises(session, now)
        enterprises.noise(3)
        return enterprises.known("Cơ sở Bánh tráng Mỹ Lồng").enterprise_id


@pytest.fixture
def finished(lan: OfficerBrowser, enterprise_id: int) -> int:
    """A run that Lan finished."""
    number = run_id(begin(lan, enterprise_id))
    score_all(lan, 3)
    return number


@pytest.mark.parametrize("username", ["minh", "tri.tue"])
def test_what_another_finished_is_neither_shown_nor_opened(
    sign_in: SignIn, enterprise_id: int, finished: int, username: str
) -> None:
    browser = sign_in(username)
    for page in ("", "/counter"):
        shown = browser.get(f"/enterprises/{enterprise_id}{page}").text
        assert f"/runs/{finished}" not in shown
        assert "60%" not in shown
    token = browser.hidden("/sign-out")
    for path in ("", "/answers", "/result.pdf"):
        assert browser.get(f"/runs/{finished}{path}").status_code == 404
    for path, fields in (
        ("answers", {"form_id": "other-form-1", "q.s1-do-thua": "0"}),
        ("opinion", {"opinion": "x"}),
        ("erase", {}),
    ):
        answer = browser.client.post(f"/console/runs/{finished}/{path}", data=token | fields)
        assert answer.status_code == 404


@pytest.mark.parametrize("username", ["lan", "lanh.dao"])
def test_who_typed_it_and_the_heads_see_it_all(
    sign_in: SignIn, enterprise_id: int, finished: int, username: str
) -> None:
    browser = sign_in(username)
    assert f"/runs/{finished}" in browser.get(f"/enterprises/{enterprise_id}").text
    for path in ("", "/answers", "/result.pdf"):
        assert browser.get(f"/runs/{finished}{path}").status_code == 200
    browser.get(f"/runs/{finished}")
    browser.post(f"/runs/{finished}/opinion", {"opinion": "Đã xem."})
    browser.get(f"/runs/{finished}")
    assert "Đã xóa lượt làm" in browser.post(f"/runs/{finished}/erase").text


def test_a_run_sent_with_a_request_is_seen_by_its_office(
    sign_in: SignIn, staffed: House, enterprise_id: int, finished: int, clock: MovableClock
) -> None:
    clock.move(minutes=5)
    with staffed.database.transaction() as session:
        request = Seed(session, staffed.clock(), seed=44).request(office="shtt")
        request.attempt_id = finished
    assert sign_in("tri.tue").get(f"/runs/{finished}").status_code == 200
    assert sign_in("minh").get(f"/runs/{finished}").status_code == 404


def test_who_takes_a_run_over_and_finishes_it_sees_the_result(
    sign_in: SignIn, staffed: House, enterprise_id: int
) -> None:
    lan, minh = sign_in("lan"), sign_in("minh")
    number = run_id(begin(lan, enterprise_id))
    minh.get(f"/runs/{number}/answers")
    page = score_all(minh, 4)
    assert page.status_code == 200
    assert "<strong>80% · " in page.text
    assert "Lê Văn Minh" in page.text
    assert lan.get(f"/runs/{number}").status_code == 404
    head = sign_in("lanh.dao")
    head.get(f"/runs/{number}/answers")
    form = AnswerForm.of(head)
    form.choose("s1-do-thua", "0")
    form.send(done=True)
    with staffed.database.reading() as session:
        attempt = session.get_one(Attempt, number)
        assert attempt.percent == 77
    assert minh.get(f"/runs/{number}").status_code == 200


def test_a_colleague_may_erase_what_is_not_finished(sign_in: SignIn, enterprise_id: int) -> None:
    number = run_id(begin(sign_in("lan"), enterprise_id))
    minh = sign_in("minh")
    minh.get(f"/runs/{number}/answers")
    assert "Đã xóa lượt làm" in minh.post(f"/runs/{number}/erase").text


def test_a_result_is_told_against_earlier_ones_only_where_those_are_seen(
    sign_in: SignIn, staffed: House, enterprise_id: int
) -> None:
    at = staffed.clock() - timedelta(days=90)
    with staffed.database.transaction() as session:
        chat = Seed(session, at, seed=40).conversation()
        attempts = AttemptService(session, staffed.library.tables.assessments)
        attempt = attempts.start(chat.id, "5s", cause="t0", now=at).attempt
        for number in range(25):
            attempts.answer(attempt, scored(1), cause=f"t0-{number}", now=at)
        attempt.enterprise_id = enterprise_id
    lan = sign_in("lan")
    number = run_id(begin(lan, enterprise_id))
    assert "20%" not in score_all(lan, 4).text
    assert "<strong>20% → 80%</strong>" in sign_in("lanh.dao").get(f"/runs/{number}").text
