"""An officer tells a new hour, or whom a case waits for; a head sees what is late."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.domain.clock import VIETNAM
from bot.house import House
from bot.services.clocks.new_hours import NewHours
from bot.services.closing.silent_owners import SilentOwners
from bot.services.requests.requests import RequestService
from bot.storage.models import Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def now() -> datetime:
    return MONDAY


@pytest.fixture
def request_id(staffed: House) -> int:
    with staffed.database.transaction() as session:
        return Seed(session, MONDAY, seed=8).request().id


def claimed(browser: OfficerBrowser, request_id: int) -> str:
    path = f"/requests/{request_id}"
    browser.get(path)
    browser.post(f"{path}/claim")
    return path


def test_an_officer_tells_a_new_hour(lan: OfficerBrowser, staffed: House, request_id: int) -> None:
    path = claimed(lan, request_id)
    page = lan.post(f"{path}/hour", {"hour": "2026-11-25T10:00", "why": "chờ Cục"}).text
    assert "doanh nghiệp được báo giờ mới" in page
    assert "10:00 thứ Tư, 25/11/2026 – lý do: chờ Cục" in page
    assert "đã hẹn lại, lúc đầu hẹn" in page
    with staffed.database.transaction() as session:
        request = session.get_one(Request, request_id)
        assert request.promised_at == datetime(2026, 11, 25, 10, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("hour", "reason", "said"),
    [
        ("2026-11-21T10:00", "bận", "phải ở sau lúc này"),
        ("2026-11-25T20:00", "bận", "trong giờ làm việc"),
        ("", "bận", "trong giờ làm việc"),
        ("mai", "bận", "trong giờ làm việc"),
        ("2026-11-25T10:00+00:00", "bận", "trong giờ làm việc"),
        ("9999-12-31T23:59", "bận", "trong giờ làm việc"),
        ("0001-01-01T00:00", "bận", "phải ở sau lúc này"),
        ("2026-11-25T10:00", "", "viết lý do"),
    ],
)
def test_an_hour_that_cannot_be_told_is_refused_and_what_was_typed_stays(
    lan: OfficerBrowser, request_id: int, hour: str, reason: str, said: str
) -> None:
    path = claimed(lan, request_id)
    answer = lan.post(f"{path}/hour", {"hour": hour, "why": reason})
    assert answer.status_code in (409, 422)
    assert said in answer.text
    assert not reason or f'value="{reason}"' in answer.text


def test_a_case_waits_for_another_authority_and_goes_on(
    lan: OfficerBrowser, request_id: int
) -> None:
    path = claimed(lan, request_id)
    lan.post(f"{path}/reply", {"text": "Em hỏi Cục rồi báo chị", "step": "reply"})
    page = lan.post(f"{path}/wait", {"note": "Cục SHTT trả lời đơn"}).text
    assert "chờ cơ quan khác: Cục SHTT trả lời đơn" in page
    assert request_code(page) in lan.get("/?tab=waiting_authority").text
    lan.get(path)
    page = lan.post(f"{path}/resume").text
    assert "lại đang xử lý" in page


def request_code(page: str) -> str:
    return page.partition("<title>")[2].partition(" ")[0]


def test_a_head_sees_what_is_late_and_an_officer_only_her_list(
    sign_in: SignIn, staffed: House, request_id: int, clock: MovableClock
) -> None:
    clock.move(days=3)
    assert 'id="breaches"' in sign_in("lanh.dao").get("/").text
    assert 'id="breaches"' not in sign_in("lan").get("/").text


def test_the_history_says_that_the_house_told_a_new_hour(
    sign_in: SignIn, staffed: House, clock: MovableClock
) -> None:
    with staffed.database.transaction() as session:
        seed = Seed(session, MONDAY, seed=9)
        request = seed.request()
        near = datetime(2026, 11, 23, 14, 40, tzinfo=VIETNAM)
        assert NewHours(session, staffed.texts, staffed.library).tell(request.id, now=near)
        cases(session)
    clock.now = near
    page = sign_in("lan").get(f"/requests/{request.id}").text
    assert "Hệ thống tự hẹn lại giờ trả lời" in page
    assert "15:00 thứ Hai, 23/11/2026 → 15:00 thứ Tư, 25/11/2026" in page


def test_an_officer_sees_the_reminder_and_leaves_the_silence_alone(
    sign_in: SignIn, staffed: House, request_id: int, clock: MovableClock
) -> None:
    lan = sign_in("lan")
    path = claimed(lan, request_id)
    page = lan.post(f"{path}/reply", {"text": "Xưởng mấy người?", "step": "ask_back"}).text
    assert "tự nhắc một lần, rồi tự đóng" in page
    clock.now = MONDAY + timedelta(days=4)
    lan = sign_in("lan")
    with staffed.database.transaction() as session:
        silent = SilentOwners(session, staffed.texts, staffed.library)
        assert silent.step(request_id, now=clock.now)
    page = lan.get(path).text
    assert "Đã nhắc doanh nghiệp lúc 09:00 thứ Sáu, 27/11/2026" in page
    assert "tự đóng từ 09:00 thứ Sáu, 04/12/2026" in page
    assert "Hệ thống tự nhắc doanh nghiệp trả lời, hẹn đóng 09:00 thứ Sáu, 04/12/2026" in page
    page = lan.post(f"{path}/silence", {"leave": "yes"}).text
    assert "không tự nhắc, không tự đóng nữa" in page
    assert "; không tự đóng." in page
    page = lan.post(f"{path}/silence", {"leave": "no"}).text
    assert "lại tự nhắc, tự đóng" in page
    with staffed.database.transaction() as session:
        conversation_id = session.get_one(Request, request_id).conversation_id
        RequestService(session).owner_wrote(conversation_id, now=clock.now)
    refused = lan.post(f"{path}/silence", {"leave": "yes"})
    assert "không còn chờ doanh nghiệp" in refused.text
    assert refused.status_code == 409
