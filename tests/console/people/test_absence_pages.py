"""Days away on their page, and a case given to a person by a head."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from bot.domain.clock import VIETNAM
from bot.flow.caretaker import Caretaker
from bot.house import House
from bot.services.staff.absences import AbsenceService
from bot.services.staff.officers import OfficerService
from bot.storage.models import Request
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]
DAYS = {"first_day": "2026-11-23", "last_day": "2026-11-25"}


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


def person(house: House, username: str) -> int:
    with house.database.reading() as session:
        officer = OfficerService(session).by_username(username)
        assert officer is not None
        return officer.id


def away(house: House) -> dict[int, date]:
    with house.database.reading() as session:
        return AbsenceService(session).away(now=house.clock())


@pytest.fixture
def request_id(staffed: House) -> int:
    with staffed.database.transaction() as session:
        return Seed(session, staffed.clock(), seed=8).request().id


def holder(house: House, request_id: int) -> int | None:
    with house.database.reading() as session:
        return session.get_one(Request, request_id).officer_id


def test_who_goes_away_passes_her_cases_to_a_colleague(
    sign_in: SignIn, staffed: House, request_id: int
) -> None:
    lan, minh = sign_in("lan"), person(staffed, "minh")
    lan.get(f"/requests/{request_id}")
    lan.post(f"/requests/{request_id}/claim")
    lan.get("/absences")
    page = lan.post("/absences", DAYS | {"handing": "substitute", "substitute": str(minh)}).text
    assert "Đã ghi ngày vắng" in page
    assert "23/11/2026 – 25/11/2026" in page
    Caretaker(staffed).look()
    assert holder(staffed, request_id) == minh


def test_an_absence_is_taken_back(sign_in: SignIn, staffed: House) -> None:
    lan = sign_in("lan")
    lan.get("/absences")
    lan.post("/absences", DAYS | {"handing": "keep"})
    assert list(away(staffed)) == [person(staffed, "lan")]
    page = lan.post("/absences/1/back").text
    assert "Đã bỏ lần ghi vắng này" in page
    assert away(staffed) == {}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"last_day": "2026-11-20"}, "Ngày về phải sau"),
        ({"last_day": "mai"}, "Ngày về phải sau"),
        ({"handing": "bay"}, "Ngày về phải sau"),
        ({"handing": "substitute", "substitute": ""}, "Hãy chọn một người khác"),
        ({"handing": "substitute", "substitute": "999999"}, "Hãy chọn một người khác"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_and_stays_in_the_form(
    sign_in: SignIn, staffed: House, fields: dict[str, str], said: str
) -> None:
    lan = sign_in("lan")
    lan.get("/absences")
    answer = lan.post("/absences", DAYS | {"handing": "queue"} | fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="2026-11-23"' in answer.text
    assert away(staffed) == {}


def test_only_a_head_writes_for_others(sign_in: SignIn, staffed: House) -> None:
    lan, minh = sign_in("lan"), str(person(staffed, "minh"))
    fields = DAYS | {"handing": "queue", "officer": minh}
    lan.get("/absences")
    assert lan.post("/absences", fields).status_code == 403
    head = sign_in("lanh.dao")
    head.get("/absences")
    assert head.post("/absences", fields).status_code == 200
    assert list(away(staffed)) == [int(minh)]
    lan.get("/absences")
    csrf = lan.hidden("/absences")
    answer = lan.client.post("/console/absences/1/back", data=csrf)
    assert answer.status_code == 403


def test_a_head_sees_an_office_of_which_everybody_is_away(sign_in: SignIn, staffed: House) -> None:
    head = sign_in("lanh.dao")
    head.get("/absences")
    head.post("/absences", DAYS | {"handing": "keep", "officer": str(person(staffed, "tri.tue"))})
    assert "Hôm nay cả đơn vị vắng: Bộ phận SHTT" in head.get("/").text
    assert "cả đơn vị vắng" not in sign_in("lan").get("/").text


def test_a_head_gives_a_case_to_a_person_and_an_officer_does_not(
    sign_in: SignIn, staffed: House, request_id: int
) -> None:
    head, minh, tri_tue = sign_in("lanh.dao"), person(staffed, "minh"), person(staffed, "tri.tue")
    path = f"/requests/{request_id}"
    page = head.get(path).text
    assert "Giao cho một người" in page
    assert "Lê Văn Minh · Bộ phận TĐC, Sở KH&amp;CN · đang giữ 0" in page
    answer = head.post(f"{path}/assign", {"officer": str(tri_tue)})
    assert answer.status_code == 409
    assert "không trả lời được yêu cầu của đơn vị này" in answer.text
    page = head.post(f"{path}/assign", {"officer": str(minh)}).text
    assert "Đã giao yêu cầu" in page
    assert "giao yêu cầu cho Lê Văn Minh" in page
    assert holder(staffed, request_id) == minh

    lan = sign_in("lan")
    assert "Giao cho một người" not in lan.get(path).text
    csrf = head.hidden(f"{path}/assign")
    assert lan.client.post(f"/console{path}/assign", data=csrf).status_code == 403
