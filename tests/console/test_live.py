"""Live pages over real connections."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from bot.console.live import SIGNED_OUT, Event, events
from bot.flow import signals
from bot.house import House
from bot.services.officers import OfficerService
from bot.services.requests import RequestService
from bot.storage.models import Officer, Request
from tests.support.officer_browser import OfficerBrowser, mounted
from tests.support.seed import Seed
from tests.support.serving import serving

LIMIT = httpx.Timeout(20)


async def names(lines: AsyncIterator[str]) -> AsyncIterator[str]:
    async for line in lines:
        if line.startswith("event: "):
            yield line.removeprefix("event: ")


def cookies(house: House, username: str) -> dict[str, str]:
    browser = OfficerBrowser(house)
    browser.sign_in(username)
    return {"Cookie": f"donghanh_console={browser.client.cookies['donghanh_console']}"}


def owner_says(house: House, request_id: int, text: str) -> None:
    with house.database.transaction() as session:
        conversation = session.get_one(Request, request_id).conversation
        Seed(session, house.clock(), seed=len(text)).owner_says(conversation, text)
    house.signals.notify(signals.CONSOLE, signals.conversation(conversation.id))


@pytest.mark.parametrize("with_last_event_id", [False, True])
async def test_a_new_message_arrives_as_a_fragment(
    staffed: House,
    request_id: int,
    with_last_event_id: bool,  # noqa: FBT001
) -> None:
    staffed.signals.bind()
    headers = cookies(staffed, "lan")
    path = f"/console/live/requests/{request_id}"
    async with serving(mounted(staffed)) as base, httpx.AsyncClient(timeout=LIMIT) as client:
        page = (await client.get(f"{base}/console/requests/{request_id}", headers=headers)).text
        seen = page.split('data-seen="')[1].split('"')[0]
        if with_last_event_id:
            headers |= {"Last-Event-ID": seen}
        else:
            path += f"?seen={seen}"
        async with client.stream("GET", base + path, headers=headers) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            lines = stream.aiter_lines()
            assert await anext(lines) == "retry: 2000"
            owner_says(staffed, request_id, "Dòng <i>một</i>\nDòng hai")
            data: list[str] = []
            async for line in lines:
                if line.startswith("data: "):
                    data.append(line.removeprefix("data: "))
                if line == "event: changed":
                    break
    html = "\n".join(data)
    assert html.count("<li ") == 1
    assert "Dòng &lt;i&gt;một&lt;/i&gt;\nDòng hai" in html


async def test_the_list_hears_of_its_own_offices_only(staffed: House, request_id: int) -> None:
    staffed.signals.bind()
    headers = cookies(staffed, "lan")
    async with serving(mounted(staffed)) as base, httpx.AsyncClient(timeout=LIMIT) as client:
        page = (await client.get(f"{base}/console/", headers=headers)).text
        seen = page.split('data-seen="')[1].split('"')[0]
        address = f"{base}/console/live/requests?seen={seen}"
        async with client.stream("GET", address, headers=headers) as stream:
            found = names(stream.aiter_lines())
            owner_says(staffed, request_id, "Alo")
            assert await anext(found) == "changed"


async def test_a_disabled_person_hears_no_more(staffed: House, request_id: int) -> None:
    staffed.signals.bind()
    headers = cookies(staffed, "lan")
    async with serving(mounted(staffed)) as base, httpx.AsyncClient(timeout=LIMIT) as client:
        address = f"{base}/console/live/requests/{request_id}"
        async with client.stream("GET", address, headers=headers) as stream:
            found = names(stream.aiter_lines())
            while await anext(found) != "changed":
                pass
            with staffed.database.transaction() as session:
                service = OfficerService(session)
                person = service.by_username("lan")
                assert person is not None
                service.disable(person)
            owner_says(staffed, request_id, "Bí mật")
            assert await anext(found) == "signed_out"
            assert [name async for name in found] == []


async def test_a_request_that_moves_away_is_gone(staffed: House, request_id: int) -> None:
    staffed.signals.bind()
    headers = cookies(staffed, "minh")
    async with serving(mounted(staffed)) as base, httpx.AsyncClient(timeout=LIMIT) as client:
        address = f"{base}/console/live/requests/{request_id}"
        async with client.stream("GET", address, headers=headers) as stream:
            found = names(stream.aiter_lines())
            while await anext(found) != "changed":
                pass
            with staffed.database.transaction() as session:
                lan = OfficerService(session).by_username("lan")
                assert isinstance(lan, Officer)
                moved = RequestService(session).transfer(
                    request_id, lan, "shtt", "nhầm", now=staffed.clock()
                )
            staffed.signals.notify(signals.conversation(moved.conversation_id))
            assert await anext(found) == "gone"


def test_another_office_is_told_nothing(
    sign_in: Callable[[str], OfficerBrowser], request_id: int
) -> None:
    assert sign_in("tri.tue").get(f"/live/requests/{request_id}").status_code == 404


async def test_a_stream_looks_by_itself_too(house: House) -> None:
    asked: list[str] = []

    def look(last: str) -> list[Event]:
        asked.append(last)
        return [SIGNED_OUT] if len(asked) == 3 else [Event("changed", str(len(asked)))]

    stream = events(house, signals.CONSOLE, look, "0", pause=0)
    assert [line.split("\n")[0] for line in [part async for part in stream]] == [
        "retry: 2000",
        "event: changed",
        ": ",
        "event: changed",
        ": ",
        "event: signed_out",
    ]
    assert asked == ["0", "1", "2"]


def test_an_event_keeps_its_lines() -> None:
    assert Event("message", "7", "a\nb").encode() == ("event: message\nid: 7\ndata: a\ndata: b\n\n")
    assert Event("gone").encode() == "event: gone\ndata: \n\n"
