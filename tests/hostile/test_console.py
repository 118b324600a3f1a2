"""Every page and every form of the console, with whatever may stand in an address or a field.

A page may refuse, but never breaks: the browser without a window raises what the server raises.
"""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given
from hypothesis import settings as examples

from bot.console.application import ROUTERS
from bot.console.frame.gate import OPEN_ROUTES
from bot.domain.clock import Clock
from bot.domain.office.roles import Role
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.storage.database import Database
from tests.support.data.gaps import gather
from tests.support.data.hostile import ROW_IDS, TEXTS, row_ids, texts
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

QUERIES = ("q", "tab", "mine", "office", "page", "messages", "done", "next", "seen")
FIELDS = (
    *(
        "text",
        "step",
        "office",
        "reason",
        "last_words",
        "ending",
        "authority",
        "authority_name",
        "form_id",
        "conclusion",
        "remark",
    ),
    *("username", "full_name", "role", "password", "password_again", "current", "next"),
    *("article", "texts", "title", "button", "subject", "topic", "answer", "detail"),
    *("next_steps", "phrasings", "verify_note", "document_0", "clause_0"),
)
STREAMS = "/live"
"""They do not end: `tests/console/test_live.py` opens them."""

BROKE = 500

LONGEST = 300
"""Characters of a part of an address: the client itself refuses what is much longer."""


def paths(method: str) -> list[str]:
    """The addresses of a method, with places for ids."""
    routes = [route for router in ROUTERS for route in router.routes]
    return [
        route.path
        for route in routes
        if isinstance(route, APIRoute) and method in route.methods
        if not route.path.startswith(STREAMS)
    ]


def is_a_door(path: str) -> bool:
    """Whether an address is open to people who are not signed in."""
    return any(
        isinstance(route, APIRoute) and route.path == path and route.name in OPEN_ROUTES
        for router in ROUTERS
        for route in router.routes
    )


THERE = {"file_id": "x", "person_id": "2", "token": "x"} | dict.fromkeys(
    ("request_id", "message_id", "group_id", "update_id"), "1"
)
"""Ids of rows that there are. The second person: the first one is at the desk."""


def at(path: str, named: str = "") -> str:
    """An address with a text in place of each id, or with ids that there are."""
    for name, there in THERE.items():
        path = path.replace(f"{{{name}}}", named or there)
    return path


def encoded(text: str) -> str:
    """A text as it stands in an address; halves of pairs as a broken client writes them."""
    return quote(text[:LONGEST].encode("utf-8", errors="surrogatepass"), safe="")


@pytest.fixture
def house(any_database: Database, library: Library, clock: Clock, settings: Settings) -> House:
    return House(settings=settings, database=any_database, library=library, clock=clock)


@pytest.fixture
def desk(house: House) -> OfficerBrowser:
    """An administrator's, with rows of each kind behind the first ids."""
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.officer("quan.tri", role=Role.ADMINISTRATOR)
        seed.officer("lan")
        seed.noise(3)
        gather(session, house.clock(), "nhãn hiệu cho mắm bà Hai")
    browser = OfficerBrowser(house)
    assert browser.enter("quan.tri").status_code == 200
    return browser


def test_a_page_opens_or_is_not_found_whatever_its_address_says(desk: OfficerBrowser) -> None:
    for path in paths("GET"):
        for named in (*ROW_IDS, *map(encoded, TEXTS)):
            assert desk.get(at(path, named)).status_code < BROKE, (path, named)
        for text in TEXTS:
            query = "&".join(f"{name}={encoded(text)}" for name in QUERIES)
            assert desk.get(f"{at(path)}?{query}").status_code < BROKE, (path, text[:40])


def test_a_form_is_taken_or_refused_whatever_its_fields_say(desk: OfficerBrowser) -> None:
    # The doors last: so many wrong passwords would keep the administrator out of the rest.
    for path in sorted(set(paths("POST")) - {"/sign-out"}, key=is_a_door):
        send = sending(desk, path)
        for text in TEXTS:
            assert send(at(path), text) < BROKE, (path, text[:40])
        for named in ROW_IDS[1:6]:
            assert send(at(path, named), "Chào anh, em gửi mẫu nhãn") < BROKE, (path, named)


@examples(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row_ids, texts, texts)
def test_any_search_and_any_reply_end_well(
    desk: OfficerBrowser, named: str, query: str, words: str
) -> None:
    assert desk.get(f"/?q={encoded(query)}&office={encoded(words)}").status_code < BROKE
    assert desk.get(f"/requests/{encoded(named)}").status_code < BROKE
    assert sending(desk, "/requests/1/reply")("/requests/1/reply", words) < BROKE


def test_nobody_breaks_the_sign_in(house: House) -> None:
    browser = OfficerBrowser(house)
    for text in TEXTS:
        browser.get("/sign-in")
        said = {"username": broken(text), "password": broken(text)}

        answer = browser.client.post("/console/sign-in", data=browser.hidden("/sign-in") | said)

        assert answer.status_code < BROKE
        assert "Đăng nhập" in answer.text


def sending(desk: OfficerBrowser, path: str) -> Callable[[str, str], int]:
    """Sends a form with one text in every field, signed in anew where a step signed out."""

    def token() -> str:
        if is_a_door(path):
            desk.client.cookies.clear()
            desk.get("/sign-in")
            return desk.hidden("/sign-in")["csrf"]
        if desk.get("/").url.path.endswith("/sign-in"):
            assert desk.sign_in("quan.tri").status_code < BROKE
            desk.get("/")
        return desk.hidden("/sign-out")["csrf"]

    given = token()

    def send(address: str, text: str) -> int:
        said = broken(text)
        fields = dict.fromkeys(FIELDS, said) | {"csrf": given, "form_id": "hostile-form"}
        files = {"files": (said[:80] or "a", b"MZ")}
        answer = desk.client.post(f"/console{address}", data=fields, files=files)
        return answer.status_code

    return send


def broken(text: str) -> str:
    """A text as a form can carry it at all: halves of pairs become other signs on the way."""
    return text.encode("utf-8", errors="replace").decode("utf-8")
