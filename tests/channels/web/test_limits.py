"""No single sender floods the web chat, and nobody else is held up by one who tries."""

import asyncio
import secrets
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from bot.channels.accepting import accept_into
from bot.channels.web.channel import web_router
from bot.channels.web.limits import (
    ADDRESS_CHATS_AT_ONCE,
    ADDRESS_MESSAGES_AT_ONCE,
    MESSAGES_AT_ONCE,
)
from bot.channels.web.visitor import COOKIE, COOKIE_BYTES
from bot.house import House
from bot.storage.base import Base
from bot.storage.models import Conversation, InboxEvent, StoredFile
from tests.support.data.events import inbound, reception
from tests.support.doubles.movable_clock import MovableClock, MovableSeconds
from tests.support.stands.serving import serving
from tests.support.stands.web_chat import OURS, post, upload

ANOTHER_NETWORK = {"X-Forwarded-For": "203.0.113.7"}
"""uvicorn believes a proxy on the same machine, as in a real installation."""


def rows(house: House, table: type[Base]) -> int:
    with house.database.transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


async def first_words(address: str, count: int, **headers: str) -> list[httpx.Response]:
    """Each from a visitor of his own."""
    async with httpx.AsyncClient(base_url=address, headers=headers) as client:
        return [await post(client, headers={"Cookie": new_cookie()}) for _ in range(count)]


def new_cookie() -> str:
    return f"{COOKIE}={secrets.token_urlsafe(COOKIE_BYTES)}"


async def test_one_chat_sends_thirty_at_once_and_then_waits_three_seconds(
    visitor: httpx.AsyncClient,
    stranger: httpx.AsyncClient,
    house: House,
    seconds: MovableSeconds,
) -> None:
    first = str(uuid.uuid4())
    await post(visitor, id=first)
    for _ in range(MESSAGES_AT_ONCE - 1):
        assert (await post(visitor)).status_code == 202
    late = await post(visitor)
    assert late.status_code == 429
    assert late.headers["retry-after"] == "3"
    assert "chờ 3 giây" in late.json()["error"]

    assert (await post(visitor, id=first)).status_code == 202  # it is stored already
    assert (await post(stranger)).status_code == 202
    assert rows(house, InboxEvent) == MESSAGES_AT_ONCE + 1

    seconds.now += int(late.headers["retry-after"])
    assert (await post(visitor)).status_code == 202


async def test_a_hall_of_people_behind_one_address_is_let_in(address: str) -> None:
    answers = await first_words(address, ADDRESS_CHATS_AT_ONCE)

    assert {answer.status_code for answer in answers} == {202}


async def test_one_sender_cannot_open_chats_without_end(
    visitor: httpx.AsyncClient, address: str, house: House, seconds: MovableSeconds
) -> None:
    await post(visitor)
    answers = await first_words(address, ADDRESS_CHATS_AT_ONCE + 50)
    refused = [answer for answer in answers if answer.status_code == 429]

    assert len(refused) == 51
    assert {answer.headers["retry-after"] for answer in refused} == {"3"}
    assert all("cùng mạng" in answer.json()["error"] for answer in refused)
    assert rows(house, Conversation) == rows(house, InboxEvent) == ADDRESS_CHATS_AT_ONCE

    assert (await post(visitor)).status_code == 202  # who talks already talks on
    [elsewhere] = await first_words(address, 1, **ANOTHER_NETWORK)
    assert elsewhere.status_code == 202
    seconds.now += 3
    [waited] = await first_words(address, 1)
    assert waited.status_code == 202


async def test_an_address_sends_no_more_messages_than_a_named_number(
    address: str, visitor: httpx.AsyncClient, house: House
) -> None:
    headers = {**OURS, "Content-Type": "application/json"}
    for _ in range(ADDRESS_MESSAGES_AT_ONCE):
        await visitor.post("/chat/messages", content=b"{", headers=headers)

    answer = await post(visitor)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "1"
    assert rows(house, InboxEvent) == 0
    assert (await post(visitor, headers=ANOTHER_NETWORK)).status_code == 202


async def test_the_body_of_a_refused_upload_is_not_read(
    visitor: httpx.AsyncClient, address: str, house: House, seconds: MovableSeconds
) -> None:
    ten = b"%PDF" + b"x" * (10 * 1024 * 1024 - 4)
    for _ in range(3):
        answer = await upload(visitor, *[("a.pdf", ten)] * 5)
        assert answer.status_code == 202

    status, head = await head_of_unfinished_upload(address, visitor.cookies[COOKIE], len(ten))

    assert status == 429
    assert head["retry-after"] == "30"
    assert rows(house, StoredFile) == 15
    seconds.now += 31
    assert (await upload(visitor, ("a.pdf", ten))).status_code == 202
    assert (await post(visitor)).status_code == 202


async def head_of_unfinished_upload(
    address: str, cookie: str, size: int
) -> tuple[int, dict[str, str]]:
    """Sends only the head of a request and hears what comes back without a byte of its body."""
    host, port = address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    head = (
        f"POST /chat/files HTTP/1.1\r\nHost: {host}:{port}\r\nX-Donghanh: chat\r\n"
        f"Cookie: {COOKIE}={cookie}\r\nContent-Length: {size}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    )
    writer.write(head.encode())
    answer = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)).decode()
    writer.close()
    lines = answer.strip().split("\r\n")
    fields = dict(line.lower().split(": ", 1) for line in lines[1:])
    return int(lines[0].split()[1]), fields


@pytest.fixture(params=[{"hours": -1}, {"days": -400}, {"hours": 1}])
def jump(request: pytest.FixtureRequest) -> dict[str, float]:
    return dict(request.param)


@pytest.fixture
async def moved_address(house: House, movable: MovableClock) -> AsyncIterator[str]:
    """The chat of a house whose clock somebody sets."""
    house = replace(house, clock=movable)
    house.signals.bind()
    app = FastAPI()
    app.include_router(web_router(house, accept_into(house)))
    async with serving(app) as address:
        yield address


@pytest.fixture
def movable(house: House) -> MovableClock:
    return MovableClock(house.clock())


async def test_a_clock_that_is_set_holds_nobody_up(
    moved_address: str, movable: MovableClock, house: House, jump: dict[str, float]
) -> None:
    async with httpx.AsyncClient(
        base_url=moved_address, headers={"Cookie": new_cookie()}
    ) as client:
        for _ in range(MESSAGES_AT_ONCE - 2):
            await post(client)
        movable.move(**jump)
        answers = [await post(client) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert rows(house, InboxEvent) == MESSAGES_AT_ONCE


async def test_rows_from_a_time_that_has_not_come_hold_nobody_up(
    moved_address: str, movable: MovableClock, house: House
) -> None:
    """The process began anew after its clock was put right."""
    async with httpx.AsyncClient(
        base_url=moved_address, headers={"Cookie": new_cookie()}
    ) as client:
        await post(client)
        with house.database.transaction() as session:
            chat_key = session.scalars(select(Conversation.chat_key)).one()
            for number in range(MESSAGES_AT_ONCE):
                event = inbound(f"tin {number}", now=movable(), chat_key=chat_key)
                reception(session).accept(event, now=movable())
        movable.move(hours=-1)

        assert (await post(client)).status_code == 202
