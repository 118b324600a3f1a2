"""A person is told of what waits for her: once, whatever is open, and not of what she sees."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from bot import signals
from bot.console.frame.cookies import SESSION_COOKIE
from bot.house import House
from bot.services.staff.sessions import SessionService
from bot.storage.models import Officer
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.stands.console_stand import ConsoleStand, console_stand

pytestmark = pytest.mark.browser

SOON = 10_000

BROWSER = """
    window.notified = [];
    window.heard = 0;
    window.Notification = class extends EventTarget {
        static permission = "granted";
        constructor(title, options) { super(); window.notified.push([title, options.body]); }
        close() {}
    };
    window.AudioContext = class { constructor() { window.heard += 1; throw new Error("quiet"); } };
    document.hasFocus = () => window.isLookedAt === true;
"""
"""A browser that allows notifications, with nothing on the screen and nothing to be heard."""

LOOKS = "() => { window.isLookedAt = true; window.dispatchEvent(new Event('focus')); }"
LOOKS_AWAY = "() => { window.isLookedAt = false; window.dispatchEvent(new Event('blur')); }"

Open = Callable[[str], Page]


@pytest.fixture
def token(house: House) -> str:
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        lan = seed.officer("lan", full_name="Nguyễn Thị Lan")
        seed.noise(3)
        return SessionService(session).open(lan, now=house.clock())


@pytest.fixture
def held(house: House, token: str) -> int:
    """A case that she holds and has answered."""
    assert token
    with house.database.transaction() as session:
        lan = session.scalars(select(Officer)).one()
        earlier = house.clock() - timedelta(hours=1)
        case = Seed(session, earlier, seed=60).request(talk=True)
        cases(session).claim(case.id, lan, now=earlier)
        cases(session).reply(case.id, lan, "Chào", cause="form:1", now=earlier)
        return case.id


@pytest.fixture
def stand(house: House, held: int) -> Iterator[ConsoleStand]:
    assert held
    with console_stand(house) as stand:
        yield stand


@pytest.fixture
def context(browser: Browser, stand: ConsoleStand, token: str) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.add_init_script(BROWSER)
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": stand.url}])
    yield context
    context.close()


@pytest.fixture
def tab(stand: ConsoleStand, context: BrowserContext) -> Open:
    def opened(path: str) -> Page:
        page = context.new_page()
        page.goto(f"{stand.url}{path}", timeout=SOON)
        return page

    return opened


def file(house: House, *, count: int = 1, seed: int = 70) -> None:
    """So many new requests of her office at the same instant."""
    with house.database.transaction() as session:
        one = Seed(session, house.clock(), seed=seed)
        for _ in range(count):
            one.request(question="Bà Hai hỏi về mã vạch")
    house.signals.notify(signals.CONSOLE)


def told(pages: list[Page]) -> list[list[str]]:
    return [notice for page in pages for notice in page.evaluate("window.notified")]


def heard(pages: list[Page]) -> int:
    return sum(page.evaluate("window.heard") for page in pages)


def counts(pages: list[Page], number: int) -> None:
    """Waits until the number stands in each title, on each icon and in each header."""
    for page in pages:
        expect(page.locator("nav [data-waiting]")).to_have_text(str(number), timeout=SOON)
        assert page.title().startswith(f"({number}) ")
        icon = page.locator("link[rel=icon]").get_attribute("href") or ""
        assert icon.startswith("data:image/svg+xml,")
        assert f"%3E{number}%3C" in icon


def waiting(page: Page) -> int:
    return int(page.locator("nav [data-waiting]").text_content() or "0")


def test_several_at_once_are_told_of_once_however_many_tabs_are_open(
    house: House, tab: Open, held: int
) -> None:
    pages = [tab("/"), tab("/account"), tab(f"/requests/{held}")]
    before = waiting(pages[0])
    counts(pages, before)
    assert told(pages) == []

    file(house, count=2)
    counts(pages, before + 2)
    [[title, about]] = told(pages)
    assert title == "2 việc đang chờ anh/chị"
    assert about.count("Yêu cầu mới của đơn vị: HT-26-") == 2
    assert "Bà Hai" not in about
    assert heard(pages) == 0

    # A page that comes later knows what was told of.
    pages.append(tab("/account"))
    counts(pages, before + 2)
    assert len(told(pages)) == 1


def test_what_is_before_her_eyes_is_not_told_of(
    house: House, stand: ConsoleStand, tab: Open, held: int
) -> None:
    pages = [tab("/account"), tab(f"/requests/{held}"), tab("/")]
    before = waiting(pages[0])
    counts(pages, before)
    pages[2].evaluate(LOOKS)
    file(house)
    counts(pages, before + 1)
    stand.owner_says(held, "Em gửi thêm giấy tờ")
    counts(pages, before + 2)
    # The list shows new requests, and not what was said in a case.
    [[title, about]] = told(pages)
    assert title == "Doanh nghiệp vừa nhắn"
    assert about.startswith("HT-26-")

    pages[2].evaluate(LOOKS_AWAY)
    pages[1].evaluate(LOOKS)
    stand.owner_says(held, "Chị ơi")
    expect(pages[1].locator("#messages")).to_contain_text("Chị ơi", timeout=SOON)
    file(house, seed=71)
    counts(pages, before + 3)
    titles = sorted(notice[0] for notice in told(pages))
    assert titles == ["Doanh nghiệp vừa nhắn", "Yêu cầu mới của đơn vị"]


def test_a_sound_is_made_where_she_wants_one_and_nothing_in_quiet_hours(
    house: House, tab: Open
) -> None:
    page = tab("/account/alerts")
    page.get_by_label("Kêu một tiếng khi có việc mới").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("#done")).to_be_visible(timeout=SOON)
    before = waiting(page)
    file(house)
    counts([page], before + 1)
    assert heard([page]) == len(told([page])) == 1

    # The clock of the house stands at ten in the morning.
    page.get_by_label("Từ", exact=True).fill("09:00")
    page.get_by_label("Đến", exact=True).fill("11:00")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_label("Từ", exact=True)).to_have_value("09:00", timeout=SOON)
    expect(page.locator("#done")).to_be_visible(timeout=SOON)
    file(house, count=2, seed=71)
    counts([page], before + 3)
    assert heard([page]) == len(told([page])) == 0

    # Behind them all of it is told of at once.
    page.get_by_label("Từ", exact=True).fill("")
    page.get_by_label("Đến", exact=True).fill("")
    page.get_by_role("button", name="Lưu").click()
    end = time.monotonic() + SOON / 1000
    while not told([page]) and time.monotonic() < end:
        page.wait_for_timeout(50)
    [[title, _]] = told([page])
    assert title == "2 việc đang chờ anh/chị"
    assert heard([page]) == 1
