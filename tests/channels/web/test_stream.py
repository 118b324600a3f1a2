"""Where a stream begins, whatever the browser says it has seen; and how many are open."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.accepting import accept_into
from bot.channels.open_streams import MOST_OF_A_CHAT, MOST_OF_AN_ADDRESS, OpenStreams
from bot.channels.web.channel import web_router
from bot.house import House
from bot.storage.database import Database
from tests.support.stands.serving import serving
from tests.support.stands.web_chat import Stream, post

NO_PLACES = [
    "9223372036854775808",
    "9223372036854775807",
    "999999999999999999",
    "2147483648",
    "-1",
    "abc",
    "",
    "0",
    "1.5",
    "1e3",
    " 1",
    "+1",
    "0x10",
    "١",
    "1" * 10_000,
    "null",
    "%00",
    "1\u0000",
    "1; drop table messages",
]


@pytest.fixture
async def any_visitor(house: House, any_database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A visitor with two messages behind him, on each database."""
    house = replace(house, database=any_database)
    house.signals.bind()
    app = FastAPI()
    app.include_router(web_router(house, accept_into(house)))
    async with (
        serving(app) as address,
        httpx.AsyncClient(base_url=address) as client,
    ):
        await client.get("/")
        await post(client, "một")
        await post(client, "hai")
        yield client


async def test_a_place_that_makes_no_sense_is_the_start(any_visitor: httpx.AsyncClient) -> None:
    for place in NO_PLACES:
        assert await words(any_visitor, f"/chat/events?after={quote(place)}") == ["một", "hai"]
    assert await words(any_visitor, "/chat/events") == ["một", "hai"]
    assert await words(any_visitor, "/chat/events?after=x&after=y") == ["một", "hai"]


async def test_a_last_id_that_makes_no_sense_is_the_start(any_visitor: httpx.AsyncClient) -> None:
    for place in NO_PLACES:
        if "\x00" in place or place != place.strip():
            continue  # no header holds it so
        headers = {"Last-Event-ID": place.encode()}
        assert await words(any_visitor, "/chat/events", headers) == ["một", "hai"]


async def test_a_place_that_makes_sense_goes_on_there(any_visitor: httpx.AsyncClient) -> None:
    async with Stream(any_visitor) as stream:
        first, second = [message["id"] for message in await stream.until_ready()]

    last = {"Last-Event-ID": str(first).encode()}
    assert await words(any_visitor, "/chat/events", last) == ["hai"]
    assert await words(any_visitor, f"/chat/events?after={first}") == ["hai"]
    assert await words(any_visitor, f"/chat/events?after={second}") == []
    broken = {"Last-Event-ID": b"abc"}
    assert await words(any_visitor, f"/chat/events?after={first}", broken) == ["hai"]


async def test_a_page_that_comes_from_a_later_time_hears_what_is_new(
    visitor: httpx.AsyncClient,
) -> None:
    """The database was restored from a copy, so that ids begin below what the page saw."""
    async with Stream(visitor, after=5_000) as stream:
        assert await stream.until_ready() == []
        await post(visitor, "một")
        assert (await stream.next())[1]["html"] == "<p>một</p>"


async def words(
    client: httpx.AsyncClient, path: str, headers: dict[str, bytes] | None = None
) -> list[str]:
    """What a stream shows before it is ready."""
    shown = []
    async with client.stream("GET", path, headers=headers, timeout=10) as response:
        assert response.status_code == 200
        kind = ""
        async for line in response.aiter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: ") and kind == "ready":
                return shown
            elif line.startswith("data: "):
                html = json.loads(line.removeprefix("data: "))["html"]
                shown.append(html.removeprefix("<p>").removesuffix("</p>"))
    raise AssertionError("the stream was torn")


async def test_the_oldest_page_of_a_chat_gives_way_to_the_newest(
    visitor: httpx.AsyncClient,
) -> None:
    async with AsyncExitStack() as pages:
        streams = []
        for _ in range(MOST_OF_A_CHAT + 1):
            streams.append(await pages.enter_async_context(Stream(visitor)))
            await streams[-1].until_ready()

        assert await streams[0].next() == ("rest", {})
        with pytest.raises(AssertionError, match="ended"):
            await streams[0].next()
        await post(visitor, "chào")
        heard = await asyncio.gather(*(stream.next() for stream in streams[1:]))
    assert [message["html"] for _, message in heard] == ["<p>chào</p>"] * MOST_OF_A_CHAT


async def test_a_page_that_was_left_makes_room(visitor: httpx.AsyncClient) -> None:
    for _ in range(3 * MOST_OF_A_CHAT):
        async with Stream(visitor) as stream:
            await stream.until_ready()
    async with Stream(visitor) as first, Stream(visitor) as second:
        await asyncio.gather(first.until_ready(), second.until_ready())
        await post(visitor, "chào")
        assert (await first.next())[0] == (await second.next())[0] == "message"


class Page:
    def __init__(self) -> None:
        self.rests = False

    def rest(self) -> None:
        self.rests = True


def test_an_address_holds_no_more_streams_than_a_named_number() -> None:
    streams = OpenStreams()
    pages = [(f"chat-{number}", Page()) for number in range(MOST_OF_AN_ADDRESS)]
    assert all(streams.enter(chat, "hall", page) for chat, page in pages)

    assert not streams.enter("chat-0", "hall", Page())
    assert not streams.enter("another", "hall", Page())
    assert streams.enter("another", "home", Page())

    streams.leave(*pages[0][:1], "hall", pages[0][1])
    assert streams.enter("another", "hall", Page())
    assert not any(page.rests for _, page in pages)


def test_who_has_left_is_forgotten() -> None:
    streams = OpenStreams()
    for number in range(100):
        page = Page()
        streams.enter(f"chat-{number}", f"home-{number}", page)
        streams.leave(f"chat-{number}", f"home-{number}", page)

    assert not streams._of_chat
    assert not streams._of_address


async def test_a_stream_too_many_is_refused_in_words(
    visitor: httpx.AsyncClient, address: str
) -> None:
    async with (
        AsyncExitStack() as pages,
        httpx.AsyncClient(base_url=address, limits=httpx.Limits(max_connections=None)) as hall,
    ):
        for number in range(MOST_OF_AN_ADDRESS):
            cookie = {"Cookie": f"donghanh_chat={number:043}"}
            await pages.enter_async_context(
                hall.stream("GET", "/chat/events", headers=cookie, timeout=10)
            )
        answer = await visitor.get("/chat/events")

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "đóng bớt" in answer.json()["error"]
