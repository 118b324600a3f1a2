"""Every door of the console is closed until somebody signs in."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from bot.console.application import ROUTERS
from bot.console.frame.gate import OPEN_ROUTES, OPEN_TO_EVERYBODY, ROW_IDS, WATCHING_HEADER
from bot.house import House
from bot.services.staff.officers import OfficerService
from bot.storage.models import OfficerSession
from tests.support.data.seed import PASSWORD
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.officer_browser import OfficerBrowser, mounted


def routes() -> Iterator[tuple[str, APIRoute]]:
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in route.methods:
                yield method, route


NAMED = {"question": "lao-dong", "article": "5s-la-gi", "assessment": "5s"}


def address(route: APIRoute) -> str:
    """The address of a route: the first row of each kind, and what files and links are called."""
    return re.sub(
        r"\{(\w+)\}",
        lambda part: "1" if part[1] in ROW_IDS else NAMED.get(part[1], "x"),
        route.path,
    )


CLOSED = [
    pytest.param(method, address(route), id=f"{method} {route.path}")
    for method, route in routes()
    if route.name not in OPEN_ROUTES
]
FORMS = [
    pytest.param(address(route), route.name, id=route.path)
    for method, route in routes()
    if method == "POST"
]


def test_the_routers_are_all_there_is(house: House) -> None:
    console = mounted(house).routes[-1].app  # type: ignore[attr-defined]
    extra = [route for route in console.routes if getattr(route, "path", None) is not None]
    assert [route.path for route in extra] == ["/static"]
    assert len(console.routes) == len(ROUTERS) + 1


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_a_stranger_is_sent_to_the_sign_in(staffed: House, method: str, path: str) -> None:
    client = OfficerBrowser(staffed).client
    answer = client.request(method, f"/console{path}", follow_redirects=False)
    if path == "/live":
        assert answer.status_code == 401
        return
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/console/sign-in")


def test_before_a_temporary_password_is_changed_no_route_opens(staffed: House) -> None:
    with staffed.database.transaction() as session:
        person = OfficerService(session).by_username("quan.tri")
        assert person is not None
        person.temporary_password = True
    browser = OfficerBrowser(staffed)
    token = browser.enter("quan.tri").text.partition('name="csrf" value="')[2].partition('"')[0]
    opened = set()
    for method, route in routes():
        if route.name in OPEN_ROUTES | {"sign_out", "change_password"}:
            continue
        answer = browser.client.request(
            method,
            f"/console{address(route)}",
            data={"csrf": token} if method == "POST" else None,
            follow_redirects=False,
        )
        led = answer.headers.get("location")
        if answer.status_code != 401 and led != "/console/account":
            opened.add(route.name)
    assert opened == OPEN_TO_EVERYBODY & {"show_account"}


@pytest.mark.parametrize(("path", "name"), FORMS)
@pytest.mark.parametrize("token", [None, "", "wrong"])
def test_a_form_without_its_token_is_refused(
    staffed: House, path: str, name: str, token: str | None
) -> None:
    browser = OfficerBrowser(staffed)
    if name not in OPEN_ROUTES:
        browser.enter("quan.tri")
    fields = {} if token is None else {"csrf": token}
    answer = browser.client.post(f"/console{path}", data=fields, follow_redirects=False)
    assert answer.status_code == 403
    assert "Biểu mẫu đã hết hạn" in answer.text


def test_pages_that_only_follow_what_happens_let_the_session_run_out(
    lan: OfficerBrowser, staffed: House, clock: MovableClock
) -> None:
    clock.move(minutes=40)
    assert lan.client.get("/console/", headers={WATCHING_HEADER: "1"}).status_code == 200
    clock.move(minutes=21)
    assert lan.get("/", follow=False).status_code == 303


def test_scripts_and_style_of_an_earlier_version_are_not_used(lan: OfficerBrowser) -> None:
    for name in ("live.js", "console.js", "console.css"):
        assert lan.get(f"/static/{name}").headers["cache-control"] == "no-cache"
    assert lan.get("/").headers["cache-control"] == "no-store"


def test_the_token_of_one_browser_does_not_fit_another(staffed: House) -> None:
    mine, other = OfficerBrowser(staffed), OfficerBrowser(staffed)
    mine.enter("lan")
    other.enter("minh")
    token = mine.hidden("/sign-out")["csrf"]
    answer = other.client.post("/console/sign-out", data={"csrf": token}, follow_redirects=False)
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/nothing"])
def test_nothing_else_is_served(lan: OfficerBrowser, path: str) -> None:
    assert lan.get(path).status_code == 404


@pytest.mark.parametrize(
    ("username", "status"), [("quan.tri", 200), ("lanh.dao", 403), ("lan", 403)]
)
def test_only_administrators_see_people(staffed: House, username: str, status: int) -> None:
    browser = OfficerBrowser(staffed)
    browser.enter(username)
    for path in ("/people", "/people/1"):
        assert browser.get(path).status_code == status


def test_only_administrators_change_people(lan: OfficerBrowser) -> None:
    token = lan.hidden("/sign-out")["csrf"]
    for path in ("/people", "/people/1", "/people/1/password", "/people/1/disable"):
        answer = lan.client.post(f"/console{path}", data={"csrf": token})
        assert answer.status_code == 403


def test_an_hour_of_silence_asks_for_a_sign_in_and_leads_back(
    lan: OfficerBrowser, clock: MovableClock
) -> None:
    clock.move(minutes=59)
    assert lan.get("/", follow=False).status_code == 200
    clock.move(minutes=60)
    answer = lan.get("/?tab=new&q=ISO", follow=False)
    assert answer.headers["location"] == (
        "/console/sign-in?next=%2Fconsole%2F%3Ftab%3Dnew%26q%3DISO"
    )


def test_a_form_sent_too_late_leads_back_to_its_request(
    lan: OfficerBrowser, request_id: int, clock: MovableClock
) -> None:
    lan.get(f"/requests/{request_id}")
    clock.move(hours=1)
    answer = lan.post(f"/requests/{request_id}/claim", follow=False)
    assert answer.headers["location"] == (
        f"/console/sign-in?next=%2Fconsole%2Frequests%2F{request_id}"
    )


def test_a_disabled_person_is_out_at_the_next_click(lan: OfficerBrowser, staffed: House) -> None:
    with staffed.database.transaction() as session:
        service = OfficerService(session)
        person = service.by_username("lan")
        assert person is not None
        service.disable(person)
    assert lan.get("/", follow=False).status_code == 303


def test_every_answer_carries_the_security_headers(lan: OfficerBrowser) -> None:
    for path in ("/", "/nothing", "/sign-in", "/static/console.css"):
        headers = lan.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    assert lan.get("/").headers["cache-control"] == "no-store"


def test_pages_hold_no_inline_script_or_style(lan: OfficerBrowser, request_id: int) -> None:
    for path in ("/", f"/requests/{request_id}", "/account"):
        text = lan.get(path).text
        assert "<style" not in text
        assert " style=" not in text
        assert text.count("<script") == text.count("<script src=") >= 2


@pytest.mark.parametrize("secure", [False, True])
def test_the_session_cookie_is_out_of_reach(staffed: House, secure: bool) -> None:  # noqa: FBT001
    settings = staffed.settings.model_copy(update={"secure_cookies": secure})
    browser = OfficerBrowser(replace(staffed, settings=settings))
    browser.client.base_url = browser.client.base_url.copy_with(
        scheme="https" if secure else "http"
    )
    browser.get("/sign-in")
    answer = browser.post("/sign-in", {"username": "lan", "password": "sai"}, follow=False)
    assert answer.status_code == 401
    answer = browser.post("/sign-in", {"username": "lan", "password": PASSWORD}, follow=False)
    cookie = next(
        value
        for value in answer.headers.get_list("set-cookie")
        if value.startswith("donghanh_console=")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/console" in cookie
    assert ("Secure" in cookie) == secure
    token = cookie.split("=", 1)[1].split(";")[0]
    with staffed.database.transaction() as session:
        assert session.get(OfficerSession, token) is None


def test_a_body_beyond_all_files_is_not_read(lan: OfficerBrowser) -> None:
    answer = lan.client.post(
        "/console/requests/1/reply",
        content=b"x",
        headers={"content-length": str(200 * 1024 * 1024), "content-type": "text/plain"},
    )
    assert answer.status_code == 413


def parts(dependant: Dependant) -> Iterator[ModelField]:
    """The parts of an address that a route reads, by whatever it depends on."""
    yield from dependant.path_params
    for other in dependant.dependencies:
        yield from parts(other)


def test_every_id_of_a_row_in_an_address_is_known_to_the_gate() -> None:
    named = {
        part.name
        for _, route in routes()
        for part in parts(route.dependant)
        if part.field_info.annotation is int
    }
    assert named == ROW_IDS
