"""Every address of the web chat and of the console, with headers that no browser sends.

Who sends them need not be signed in. Nothing breaks: the browser raises what the server raises.
"""

import itertools

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from bot.channels.accepting import accept_into
from bot.channels.web.channel import web_router
from bot.house import House
from tests.hostile.test_console import BROKE, at, paths
from tests.support.data.hostile import HEADERS
from tests.support.stands.officer_browser import mounted
from tests.support.stands.web_chat import OURS

STREAM = "/chat/events"

FORM = b"multipart/form-data; boundary=bb"

FIELDS = ("csrf", "username", "password", "id", "text")


def parts(value: bytes) -> bytes:
    """A form of parts: each field with a value, and a file of that name."""
    head = b"--bb\r\nContent-Disposition: form-data; name="
    fields = [head + name.encode() + b"\r\n\r\n" + value + b"\r\n" for name in FIELDS]
    file = head + b"files; filename=" + value + b"\r\n\r\n%PDF\r\n"
    return b"".join((*fields, file, b"--bb--\r\n"))


BODIES = (
    parts(b"x"),
    parts(rb"\ud83d\0"),
    parts(b"+2D0-\xff"),
    b"csrf=%ED%A0%BD&username=%00&password=%FF",
    b"",
)


NAMES = sorted({name for name, _ in HEADERS})


def values(name: str) -> list[bytes]:
    return [value.encode("latin-1") for known, value in HEADERS if known == name]


@pytest.fixture
def passer_by(house: House) -> TestClient:
    """Somebody with a chat and a form's cookie, and with no sign-in."""
    app: FastAPI = mounted(house)
    app.include_router(web_router(house, accept_into(house)))
    client = TestClient(app, client=("192.0.2.77", 50_000), follow_redirects=False)
    assert client.get("/").is_success
    assert client.get("/console/sign-in").is_success
    return client


def chat_paths(house: House, method: str) -> list[str]:
    return [
        route.path.replace("{name}", "x").replace("{file_id}", "x")
        for route in web_router(house, accept_into(house)).routes
        if isinstance(route, APIRoute) and method in route.methods and route.path != STREAM
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_header_breaks_a_page(passer_by: TestClient, house: House, name: str) -> None:
    for path in [*chat_paths(house, "GET"), *(f"/console{at(one)}" for one in paths("GET"))]:
        for value in values(name):
            answer = passer_by.get(path, headers={name: value})
            assert answer.status_code < BROKE, (path, value[:60])


@pytest.mark.parametrize("name", NAMES)
def test_no_header_breaks_what_takes_a_message_or_a_form(
    passer_by: TestClient, house: House, name: str
) -> None:
    chat = chat_paths(house, "POST")
    assert chat
    # What a body says hangs on how it is read, and on no other header.
    bodies = BODIES if name == "Content-Type" else BODIES[:1]
    for path in [*chat, *(f"/console{at(one)}" for one in paths("POST"))]:
        usual = b"application/json" if path == "/chat/messages" else FORM
        for value, body in itertools.product(values(name), bodies):
            headers = {"Content-Type": usual, **OURS, name: value}
            answer = passer_by.post(path, content=body, headers=headers)
            assert answer.status_code < BROKE, (path, value[:60], body[:60])
