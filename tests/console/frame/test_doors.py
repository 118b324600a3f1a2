"""Every route against every role and office: who is let in stands here, and nobody else is."""

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import func, select

from bot.console.application import ROUTERS
from bot.console.frame.gate import OPEN_ROUTES, READING
from bot.domain.office.roles import Role
from bot.house import House
from bot.storage.models import Message, Request, RequestEvent
from tests.support.stands.officer_browser import OfficerBrowser

EVERYBODY = frozenset(Role)
HEADS = frozenset({Role.HEAD, Role.ADMINISTRATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

MAY_ENTER = {
    "/": EVERYBODY,
    "/absences": EVERYBODY,
    "/account": EVERYBODY,
    "/articles": EVERYBODY,
    "/assessments": HEADS,
    "/corrections": EVERYBODY,
    "/enterprises": EVERYBODY,
    "/enterprises/imports": HEADS,
    "/enterprises/{enterprise_id}/tax-code": HEADS,
    "/figures": HEADS,
    "/gaps": EVERYBODY,
    "/people": ADMINISTRATORS,
    "/replies": EVERYBODY,
    "/requests": EVERYBODY,
    "/requests/{request_id}/assign": HEADS,
    "/requests/{request_id}/rating-seen": HEADS,
    "/runs": EVERYBODY,
    "/set-aside": ADMINISTRATORS,
    "/surveys": HEADS,
    "/trail": ADMINISTRATORS,
    "/trouble": ADMINISTRATORS,
    "/views": EVERYBODY,
}
"""By the beginning of an address, the longest that fits; an address that fits none fails."""

PEOPLE = {
    Role.OFFICER: "lan",
    Role.HEAD: "lanh.dao",
    Role.ADMINISTRATOR: "quan.tri",
}

NOBODY = "987654321"
"""No row has this id: what a role may not do is refused before any row is looked for."""

FIELDS = {"form_id": "abcdefgh12345", "text": "Alo", "last_words": "Alo", "reason": "Alo"}
"""Enough for a step to be looked at, where its form needs more than its token."""

OPENED, FORBIDDEN, NOT_FOUND = 200, 403, 404


def routes() -> Iterator[tuple[str, APIRoute]]:
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in route.methods:
                if route.name not in OPEN_ROUTES | {"sign_out", "watch"}:
                    yield method, route


def may_enter(path: str) -> frozenset[Role]:
    """The roles that a path lets in."""
    fits = [one for one in MAY_ENTER if path == one or path.startswith(f"{one.rstrip('/')}/")]
    named = [one for one in fits if one != "/" or path == "/"]
    assert named, f"{path}: say in MAY_ENTER whom it lets in"
    return MAY_ENTER[max(named, key=len)]


def at(route: APIRoute, **ids: str) -> str:
    """The address of a route; parts that are not given name nothing."""
    return re.sub(r"\{(\w+)\}", lambda part: ids.get(part[1], NOBODY), route.path)


class Visitor(OfficerBrowser):
    """A browser that has come in and knows the token of its forms."""

    def __init__(self, house: House, username: str) -> None:
        super().__init__(house)
        text = self.enter(username).text
        self.token = text.partition('name="csrf" value="')[2].partition('"')[0]


def status(browser: Visitor, method: str, path: str) -> int:
    """What a route answers to a form of ours with hardly a field."""
    return browser.client.request(
        method,
        f"/console{path}",
        data=None if method in READING else {"csrf": browser.token, **FIELDS},
        follow_redirects=False,
    ).status_code


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_let_in_where_it_is_said_and_nowhere_else(staffed: House, role: Role) -> None:
    browser = Visitor(staffed, PEOPLE[role])
    wrong = [
        f"{method} {route.path}: {answer}"
        for method, route in routes()
        for answer in [status(browser, method, at(route))]
        if (answer == FORBIDDEN) != (role not in may_enter(route.path))
    ]
    assert wrong == []


def test_nothing_of_another_offices_case_is_seen_or_done(staffed: House, request_id: int) -> None:
    browser = Visitor(staffed, "tri.tue")
    before = _state(staffed, request_id)
    wrong = [
        f"{method} {route.path}: {answer}"
        for method, route in routes()
        if "{request_id}" in route.path
        for answer in [status(browser, method, at(route, request_id=str(request_id)))]
        if answer not in _shut(route)
    ]
    assert wrong == []
    assert _state(staffed, request_id) == before


@pytest.mark.parametrize("username", ["lan", "lanh.dao", "quan.tri"])
def test_who_sees_a_case_opens_it(staffed: House, request_id: int, username: str) -> None:
    browser = Visitor(staffed, username)
    assert status(browser, "GET", f"/requests/{request_id}") == OPENED


def _shut(route: APIRoute) -> set[int]:
    """What a route of a case says to another office: not there, and for heads only, forbidden."""
    return {NOT_FOUND} if may_enter(route.path) == EVERYBODY else {NOT_FOUND, FORBIDDEN}


def _state(house: House, request_id: int) -> tuple[object, ...]:
    """The case, its history and its conversation, as far as a step would change them."""
    with house.database.reading() as session:
        found = session.get_one(Request, request_id)
        steps = select(func.count()).select_from(RequestEvent).filter_by(request_id=request_id)
        said = select(func.count()).select_from(Message)
        return found.state, found.office, found.officer_id, *map(session.scalar, (steps, said))
