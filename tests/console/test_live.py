"""The live connection over real connections: what it tells, to whom, and when it ends."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.requests import Request as HttpRequest

from bot import signals
from bot.console.frame.streams import Streams
from bot.console.live import Event, Watch, events
from bot.house import House
from bot.services.staff.officers import OfficerService
from bot.storage.models import Officer, Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser, mounted
from tests.support.stands.serving import serving

LIMIT = httpx.Timeout(20)

Told = tuple[str, dict[str, str]]


class Stand:
    """The console on a port, and browsers at it."""

    def __init__(self, house: House, base: str) -> None:
        self.house = house
        self.base = base
        self._browsers: list[Browser] = []

    def browser(self, username: str) -> "Browser":
        browser = OfficerBrowser(self.house)
        browser.enter(username)
        return self.browser_with(browser.client.cookies["donghanh_console"])

    def browser_with(self, cookie: str) -> "Browser":
        self._browsers.append(Browser(self, cookie))
        return self._browsers[-1]

    async def close(self) -> None:
        for browser in self._browsers:
            await browser.close()


class Browser:
    """A signed-in browser: opens pages, and one line for all of them."""

    def __init__(self, stand: Stand, cookie: str) -> None:
        self._stand = stand
        self._client = httpx.AsyncClient(
            base_url=f"{stand.base}/console",
            headers={"Cookie": f"donghanh_console={cookie}"},
            timeout=LIMIT,
        )

    async def seen(self, path: str) -> dict[str, str]:
        """What a page carries for its line."""
        page = (await self._client.get(path)).text
        return dict(re.findall(r'data-(mark|subject|seen)="([^"]*)"', page))

    @asynccontextmanager
    async def line(
        self, *pages: dict[str, str], leaves_out: Collection[str] = ("alive", "alerts", "here")
    ) -> AsyncIterator[AsyncIterator[Told]]:
        """What the line of these pages tells; signs of life left out."""
        query = httpx.QueryParams({"mark": pages[0]["mark"]})
        for page in pages:
            if "subject" in page:
                query = query.add("seen", f"{page['subject']}~{page['seen']}")
        async with self._client.stream("GET", "/live", params=query) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            yield told(answer.aiter_lines(), leaves_out)

    async def status(self, path: str) -> int:
        return (await self._client.get(path)).status_code

    async def close(self) -> None:
        await self._client.aclose()


async def told(lines: AsyncIterator[str], leaves_out: Collection[str]) -> AsyncIterator[Told]:
    name = ""
    async for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: ") and name not in leaves_out:
            yield name, json.loads(line.removeprefix("data: ") or "{}")
        elif line == "data: " and name not in leaves_out:
            yield name, {}


@pytest.fixture
async def stand(staffed: House) -> AsyncIterator[Stand]:
    staffed.signals.bind()
    async with serving(mounted(staffed)) as base:
        stand = Stand(staffed, base)
        try:
            yield stand
        finally:
            await stand.close()


def owner_says(house: House, request_id: int, text: str) -> None:
    with house.database.transaction() as session:
        conversation = session.get_one(Request, request_id).conversation
        Seed(session, house.clock(), seed=len(text)).owner_says(conversation, text)
    house.signals.notify(signals.CONSOLE, signals.conversation(conversation.id))


async def test_one_line_tells_of_the_list_and_of_every_case(
    stand: Stand, staffed: House, request_id: int
) -> None:
    lan = stand.browser("lan")
    with staffed.database.transaction() as session:
        other = Seed(session, staffed.clock(), seed=4).request(talk=True).id
    pages = [
        await lan.seen(path) for path in ("/", f"/requests/{request_id}", f"/requests/{other}")
    ]
    async with lan.line(*pages) as line:
        owner_says(staffed, other, "Alo")
        first = [await anext(line), await anext(line)]
        owner_says(staffed, request_id, "Có ai không")
        then = [await anext(line), await anext(line)]
    assert [(name, data["subject"]) for name, data in first] == [
        ("changed", "list"),
        ("changed", f"case-{other}"),
    ]
    assert [data["subject"] for _, data in then] == ["list", f"case-{request_id}"]
    assert then[1][1]["seen"] == (await lan.seen(f"/requests/{request_id}"))["seen"]


async def test_who_else_has_a_case_open_is_told_to_who_sees_it_and_to_nobody_else(
    stand: Stand, request_id: int
) -> None:
    path = f"/requests/{request_id}"
    lan, minh, stranger = (stand.browser(name) for name in ("lan", "minh", "tri.tue"))
    page, of_minh = await lan.seen(path), await minh.seen(path)
    of_stranger = {**(await stranger.seen("/")), "subject": f"case-{request_id}", "seen": "x"}
    quiet = ("alive", "alerts")
    async with (
        stranger.line(of_stranger) as unseen,
        lan.line(page, leaves_out=quiet) as line,
        minh.line(of_minh, leaves_out=quiet) as other,
    ):
        assert (await anext(unseen))[0] == "gone"
        assert await stranger.status(f"{path}/writing") == 404
        assert (await anext(line))[1]["text"] == "Lê Văn Minh đang xem"
        assert (await anext(other))[1]["text"] == "Nguyễn Thị Lan đang xem"
        assert await minh.status(f"{path}/writing") == 204
        name, told = await anext(line)
    assert (name, told["subject"]) == ("here", f"case-{request_id}")
    assert told["text"] == "Lê Văn Minh đang soạn trả lời"


async def test_the_last_of_many_tabs_is_watched_too(stand: Stand, staffed: House) -> None:
    lan = stand.browser("lan")
    with staffed.database.transaction() as session:
        seed = Seed(session, staffed.clock(), seed=4)
        cases = [seed.request(talk=True).id for _ in range(45)]
    pages = [await lan.seen(f"/requests/{case}") for case in cases]
    async with lan.line(*pages) as line:
        owner_says(staffed, cases[-1], "Alo")
        assert (await anext(line))[1]["subject"] == f"case-{cases[-1]}"


async def test_what_changed_before_the_line_was_there_is_told_at_once(
    stand: Stand, staffed: House, request_id: int
) -> None:
    lan = stand.browser("lan")
    page = await lan.seen(f"/requests/{request_id}")
    owner_says(staffed, request_id, "Alo")
    async with lan.line(page) as line:
        assert (await anext(line))[1]["subject"] == f"case-{request_id}"


async def test_a_disabled_person_hears_no_more(
    stand: Stand, staffed: House, request_id: int
) -> None:
    lan = stand.browser("lan")
    page = await lan.seen(f"/requests/{request_id}")
    async with lan.line(page) as line:
        owner_says(staffed, request_id, "Alo")
        assert (await anext(line))[0] == "changed"
        with staffed.database.transaction() as session:
            service = OfficerService(session)
            person = service.by_username("lan")
            assert person is not None
            service.disable(person)
        owner_says(staffed, request_id, "Bí mật")
        assert [one async for one in line] == [("signed_out", {})]


async def test_a_session_that_is_ended_elsewhere_ends_its_line_at_once(
    stand: Stand, staffed: House, request_id: int
) -> None:
    here, there = OfficerBrowser(staffed), stand.browser("lan")
    here.enter("lan")
    here.get("/account")
    page = await there.seen(f"/requests/{request_id}")
    async with there.line(page) as line:
        owner_says(staffed, request_id, "Alo")
        assert (await anext(line))[0] == "changed"
        await asyncio.to_thread(here.post, "/account/sessions/end")
        assert [one async for one in line] == [("signed_out", {})]
    assert here.get("/", follow=False).status_code == 200


async def test_a_line_without_a_subject_hears_of_the_sign_out(stand: Stand) -> None:
    browser = OfficerBrowser(stand.house)
    browser.sign_in("lan")
    lan = stand.browser_with(browser.client.cookies["donghanh_console"])
    page = await lan.seen("/account")
    assert page.keys() == {"mark"}
    async with lan.line(page) as line:
        browser.post("/sign-out")
        assert [one async for one in line] == [("signed_out", {})]


async def test_pages_of_an_earlier_session_are_not_served_by_the_next_one(stand: Stand) -> None:
    """Who signs in after somebody else at the same browser has another session."""
    old = await stand.browser("minh").seen("/")
    async with stand.browser("lan").line(old) as line:
        assert [one async for one in line] == [("signed_out", {})]


async def test_a_request_that_moves_away_is_gone_and_the_rest_goes_on(
    stand: Stand, staffed: House, request_id: int
) -> None:
    minh = stand.browser("minh")
    pages = [await minh.seen(f"/requests/{request_id}"), await minh.seen("/")]
    async with minh.line(*pages) as line:
        with staffed.database.transaction() as session:
            lan = OfficerService(session).by_username("lan")
            assert isinstance(lan, Officer)
            moved = cases(session).transfer(
                request_id, lan, "shtt", "nhầm", cause="form:t", now=staffed.clock()
            )
        staffed.signals.notify(signals.conversation(moved.conversation_id))
        gone = await anext(line)
        changed = await anext(line)
    assert gone == ("gone", {"subject": f"case-{request_id}"})
    assert (changed[0], changed[1]["subject"]) == ("changed", "list")


async def test_what_somebody_may_not_see_is_as_gone_as_what_is_not_there(
    stand: Stand, request_id: int
) -> None:
    elsewhere = stand.browser("tri.tue")
    mark = (await elsewhere.seen("/"))["mark"]
    for subject in (f"case-{request_id}", "case-999999", f"case-{10**40}", "", "x"):
        page = {"mark": mark, "subject": subject, "seen": "0.0"}
        async with elsewhere.line(page) as line:
            assert await anext(line) == ("gone", {"subject": subject})


async def test_a_second_line_of_a_session_ends_the_first_and_no_other_browsers(
    stand: Stand, staffed: House, request_id: int
) -> None:
    lan, at_home = stand.browser("lan"), stand.browser("lan")
    page, there = await lan.seen("/"), await at_home.seen("/")
    async with lan.line(page) as first, at_home.line(there) as other, lan.line(page) as second:
        assert [one async for one in first] == [("replaced", {})]
        owner_says(staffed, request_id, "Alo")
        assert (await anext(second))[0] == "changed"
        assert (await anext(other))[0] == "changed"


async def test_what_waits_for_the_person_is_told_at_first_and_when_it_changes(
    stand: Stand, staffed: House, request_id: int
) -> None:
    lan = stand.browser("lan")
    page = await lan.seen("/account")
    async with lan.line(page, leaves_out=("alive",)) as line:
        _, first = await anext(line)
        with staffed.database.transaction() as session:
            service, officer = cases(session), OfficerService(session).by_username("lan")
            assert officer is not None
            service.claim(request_id, officer, now=staffed.clock())
            session.get_one(Request, request_id).answered_at = staffed.clock()
        staffed.signals.notify(signals.CONSOLE)
        name, then = await anext(line)
    assert name == "alerts"
    assert int(then["count"]) == int(first["count"]) - 1
    told_of = {one["path"]: one for one in json.loads(json.dumps(first["alerts"]))}
    new = told_of[f"/console/requests/{request_id}"]
    assert new["shown_by"] == [f"case-{request_id}", "list"]
    assert new["title"] == "Yêu cầu mới của đơn vị"
    # A screen is seen by others, too.
    assert "Đồ Chơi Gỗ" not in json.dumps(first, ensure_ascii=False)


async def test_who_is_not_signed_in_is_told_by_the_status(stand: Stand) -> None:
    assert await stand.browser_with("nobody").status("/live?mark=x&seen=list~0") == 401


def test_the_list_of_another_office_has_another_mark(
    sign_in: Callable[[str], OfficerBrowser],
) -> None:
    """An officer who is moved to another office has a list to fetch."""
    marks = {
        re.findall(r'data-seen="([^"]*)"', sign_in(name).get("/").text)[0].split(".")[-1]
        for name in ("lan", "tri.tue", "lanh.dao")
    }
    assert marks == {"tdc", "shtt", "all"}


class SeenThrice(Watch):
    """Finds something new twice, then nobody signed in."""

    times = 0

    def look(self) -> list[Event]:
        self.times += 1
        return super().look() if self.times == 3 else [Event("changed", str(self.times))]


async def test_a_stream_looks_by_itself_too(
    house: House, request_without_a_cookie: HttpRequest
) -> None:
    watching = SeenThrice(request_without_a_cookie, house, "mark", {})
    stream = events(house, Streams(house.signals), watching, pause=0)
    assert [line.decode().split("\n")[0] for line in [part async for part in stream]] == [
        "retry: 2000",
        "event: changed",
        "event: alive",
        "event: changed",
        "event: alive",
        "event: signed_out",
    ]


@pytest.fixture
def request_without_a_cookie(house: House) -> HttpRequest:
    return HttpRequest({"type": "http", "headers": [], "app": mounted(house)})


def test_an_event_is_one_line_of_data() -> None:
    assert Event("changed", '{"seen": "7"}').encode() == b'event: changed\ndata: {"seen": "7"}\n\n'
    assert Event("alive").encode() == b"event: alive\ndata: \n\n"
