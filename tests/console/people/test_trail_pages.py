"""Everything that hands something out or changes something leaves a line; nobody else reads it."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from fastapi.routing import APIRoute
from openpyxl import load_workbook

from bot.console.application import ROUTERS
from bot.console.frame.gate import PAST_GATE, READING
from bot.console.frame.trail_keeper import DETAILS, KINDS, SUBJECTS, TrailKeeper
from bot.console.people.trail import PAGE_SIZE
from bot.domain.office.trail import SAME_VIEW, TrailKind
from bot.house import House
from bot.services.staff.trail import Trail, TrailFilter
from bot.storage.models import TrailLine
from tests.support.data.seed import PASSWORD
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser, mounted
from tests.test_texts import TOLD_ACTS

SignIn = Callable[[str], OfficerBrowser]

OF_NO_ROUTE = {"forget_trail", "await_code", "seed_demo", "remove_demo"}


def routes() -> Iterator[APIRoute]:
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            yield route


def lines(house: House) -> list[TrailLine]:
    with house.database.reading() as session:
        return Trail(session).page(TrailFilter(), before=None, limit=1000)


def told(house: House) -> list[tuple[str, str, str, str]]:
    """Kind, act, who, on what: the newest first."""
    return [
        (line.kind, line.act, line.officer.username if line.officer else "", line.subject)
        for line in lines(house)
    ]


async def answered(
    house: House, route: APIRoute, *, status: int = 200, attachment: bool = False
) -> None:
    """An answer of a route as the keeper sees it."""
    console: Any = mounted(house).routes[-1]
    headers = [(b"content-disposition", b"attachment; filename=a")] if attachment else []

    async def inner(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": headers})

    async def receive() -> Any:
        raise AssertionError

    async def send(_message: Any) -> None:
        return

    scope = {
        "type": "http", "method": min(route.methods), "path": "/", "headers": [],
        "client": ("192.0.2.7", 1), "app": console.app, "route": route,
        "path_params": dict.fromkeys(route.param_convertors, 1),
        "state": {PAST_GATE: True, "form": {}},
    }  # fmt: skip
    await TrailKeeper(inner)(scope, receive, send)


async def test_every_route_that_changes_something_or_hands_a_file_out_leaves_a_line(
    house: House,
) -> None:
    silent = []
    for route in routes():
        before = len(lines(house))
        await answered(house, route, attachment=route.methods <= READING)
        if len(lines(house)) == before:
            silent.append(route.name)
    # What is looked at and handed out by no file stands in the list of what is looked at.
    assert silent == []


async def test_a_page_to_look_at_leaves_a_line_only_where_the_list_says_so(house: House) -> None:
    for route in routes():
        if route.methods <= READING:
            before = len(lines(house))
            await answered(house, route)
            assert (len(lines(house)) > before) == (route.name in KINDS)


async def test_what_is_refused_leaves_none_but_where_a_secret_was_wrong(house: House) -> None:
    for route in routes():
        for status in (403, 404, 422, 500):
            await answered(house, route, status=status)
    assert lines(house) == []


def test_the_lists_name_routes_and_parts_of_addresses_that_are_there() -> None:
    names = {route.name for route in routes()}
    parts = {part for route in routes() for part in route.param_convertors}
    assert set(KINDS) <= names
    assert {*SUBJECTS, *DETAILS} <= parts
    assert set(TOLD_ACTS) - OF_NO_ROUTE <= names
    assert set(KINDS) <= set(TOLD_ACTS)


def test_signing_in_failing_and_out_are_kept_with_the_address(staffed: House) -> None:
    browser = OfficerBrowser(staffed, address="192.0.2.99")
    browser.sign_in("lan", "sai mat khau roi")
    browser.sign_in("mat khau cua toi go nham o day", "x")
    browser.sign_in("lan")
    browser.post("/sign-out")
    assert told(staffed) == [
        ("sign_out", "sign_out", "lan", ""),
        ("sign_in", "sign_in", "lan", ""),
        ("refused", "sign_in", "", ""),
        ("refused", "sign_in", "lan", ""),
    ]
    assert {line.address for line in lines(staffed)} == {"192.0.2.99"}


def test_who_is_sent_to_the_sign_in_leaves_nothing(staffed: House, request_id: int) -> None:
    stranger = OfficerBrowser(staffed)
    stranger.get(f"/requests/{request_id}")
    stranger.client.post(f"/console/requests/{request_id}/claim", follow_redirects=False)
    assert lines(staffed) == []


def test_a_case_that_was_looked_at_and_answered(
    lan: OfficerBrowser, staffed: House, request_id: int, clock: MovableClock
) -> None:
    lan.get(f"/requests/{request_id}")
    code = lines(staffed)[0].subject
    assert code.startswith("HT-26-")
    lan.post(f"/requests/{request_id}/claim")
    lan.get(f"/requests/{request_id}")
    assert told(staffed) == [
        ("change", "claim", "lan", code),
        ("view", "show_case", "lan", code),
    ]
    clock.move(minutes=SAME_VIEW.seconds // 60)
    lan.get(f"/requests/{request_id}")
    assert told(staffed)[0] == ("view", "show_case", "lan", code)
    lan.get("/requests/999999")
    assert len(lines(staffed)) == 3


def test_people_are_changed_by_somebody(sign_in: SignIn, staffed: House) -> None:
    admin = sign_in("quan.tri")
    admin.get("/people")
    fields = {"username": "ha.noi", "full_name": "Hà", "role": "officer", "office": "tdc"}
    shown = admin.post("/people", fields).text
    path = shown.partition("/console/password/")[2].partition("<")[0]
    person = OfficerBrowser(staffed)
    person.get(f"/password/{path}")
    own = "mot cau khac rat dai day"
    person.post(f"/password/{path}", {"password": own, "password_again": own})
    assert told(staffed) == [
        ("people", "use_password_link", "ha.noi", "ha.noi"),
        ("people", "add_person", "quan.tri", "ha.noi"),
    ]
    assert all(path not in f"{line.subject}{line.detail}{line.act}" for line in lines(staffed))


@pytest.mark.parametrize("path", ["/enterprises/table", "/enterprises/imports/template"])
def test_tables_taken_away_are_kept(sign_in: SignIn, staffed: House, path: str) -> None:
    assert sign_in("lanh.dao").get(path).status_code == 200
    assert [line[0] for line in told(staffed)] == ["download"]


def test_a_trail_that_cannot_be_written_keeps_no_page_away(
    lan: OfficerBrowser, staffed: House, request_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    with staffed.database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE trail_lines RENAME TO gone")
    assert lan.get(f"/requests/{request_id}").status_code == 200
    assert "no line in the trail for show_case" in caplog.text


# — the page —


def test_only_administrators_read_it(sign_in: SignIn) -> None:
    for username, status in (("quan.tri", 200), ("lanh.dao", 403), ("lan", 403)):
        for path in ("/trail", "/trail/table"):
            assert sign_in(username).get(path).status_code == status


@pytest.fixture
def admin(sign_in: SignIn, lan: OfficerBrowser, request_id: int) -> OfficerBrowser:
    lan.get(f"/requests/{request_id}")
    lan.get("/enterprises/table")
    return sign_in("quan.tri")


def test_it_is_found_by_the_code_of_a_case_as_it_is_spoken(
    admin: OfficerBrowser, staffed: House
) -> None:
    code = next(line.subject for line in lines(staffed) if line.kind == TrailKind.VIEW)
    text = admin.get("/trail", follow=True).text
    assert "xem yêu cầu" in text
    assert "tải danh bạ doanh nghiệp" in text
    found = admin.client.get("/console/trail", params={"subject": code.lower()}).text
    assert "xem yêu cầu" in found.partition('id="trail"')[2]
    assert "tải danh bạ" not in found.partition('id="trail"')[2]


@pytest.mark.parametrize(
    "query",
    [
        "?person=x&kind=y&since=z&until=2026-13-40&before=9",
        "?person=99999999999999999999",
        "?before=",
    ],
)
def test_an_odd_address_is_a_page_like_any_other(admin: OfficerBrowser, query: str) -> None:
    assert admin.get(f"/trail{query}").status_code == 200


def test_older_lines_are_a_page_away(admin: OfficerBrowser, staffed: House) -> None:
    for _ in range(60):
        admin.get("/trail/table")
    before = len(lines(staffed))
    page = admin.get("/trail").text
    assert page.count('class="row told"') == PAGE_SIZE
    older = page.partition('rel="next"')[0].rpartition('href="/console')[2].partition('"')[0]
    answer = admin.get(older).text
    assert answer.count('class="row told"') == before - PAGE_SIZE
    assert "Mới nhất" in answer
    assert "Cũ hơn" not in answer


def test_the_table_holds_the_same_in_words(admin: OfficerBrowser) -> None:
    book = load_workbook(BytesIO(admin.get("/trail/table?kind=view").content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("Lúc", "Họ và tên", "Tên đăng nhập")
    assert rows[1][1:6] == ("Nguyễn Thị Lan", "lan", "Xem", "xem yêu cầu", "yêu cầu")
    assert len(rows) == 2


def test_a_wrong_present_password_is_kept_and_a_weak_new_one_is_not(
    lan: OfficerBrowser, staffed: House
) -> None:
    new = "mot cau khac rat dai day"
    for current, password in (("khong phai mat khau", new), (PASSWORD, "ngan")):
        lan.get("/account")
        fields = {"current": current, "password": password, "password_again": password}
        assert lan.post("/account", fields).status_code == 422
    assert told(staffed) == [("refused", "change_password", "lan", "")]
