"""Every page of the console as its people see it: by day and by night, on a phone and at a desk."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.console.frame.cookies import SESSION_COOKIE
from bot.domain.office.roles import Role
from bot.house import House
from bot.services.inbound.set_aside import Reason, SetAsideService, Untaken
from bot.services.staff.sessions import SessionService
from bot.storage.models import AttemptScore, Officer
from tests.support.data.enterprises import Enterprises
from tests.support.data.gaps import SOC, gather, gather_noise
from tests.support.data.seed import Seed
from tests.support.data.surveys import Asked, open_campaign
from tests.support.stands.console_stand import ConsoleStand, console_stand

pytestmark = pytest.mark.browser

PHONE, DESK = ViewportSize(width=360, height=800), ViewportSize(width=1280, height=800)
CONTRAST = "axe.run({runOnly: ['color-contrast']}).then((found) => found.violations)"
SERIOUS = {"serious", "critical"}
SOON = 10_000

LIGHT_GROUND, DARK_GROUND = "rgb(242, 245, 246)", "rgb(16, 24, 27)"
HEADER_SHARE = 4
"""A folded header takes less than a fourth of a phone."""


@pytest.fixture
def token(house: House) -> str:
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        quan_tri = seed.officer("quan.tri", role=Role.ADMINISTRATOR, full_name="Trần Quản Trị")
        return SessionService(session).open(quan_tri, now=house.clock())


@pytest.fixture
def paths(house: House, token: str) -> list[str]:
    """A page of each kind, with something on it."""
    assert token
    now = house.clock()
    with house.database.transaction() as session:
        quan_tri = session.scalars(select(Officer)).one()
        session.expunge(quan_tri)
        case = Seed(session, now, seed=8).noise(9)[0].id
        gather_noise(session, now)
        gap = gather(session, now, SOC).group_id
        untaken = Untaken("telegram", "", {"odd": True}, Reason.UNREADABLE, "no field `chat`")
        SetAsideService(session).put(untaken, now=now)
        firm = enterprises(session, now)
        asked = Asked(session, now)
        asked.in_chat()
        asked.by_link()
    campaign = open_campaign(house, quan_tri)
    return [
        "/",
        f"/requests/{case}",
        "/gaps",
        f"/gaps/{gap}",
        "/articles",
        "/articles/ma-vach-phi",
        "/corrections",
        "/corrections/articles/ma-vach-phi",
        "/assessments?period=all",
        "/assessments/5s?period=all",
        "/surveys",
        "/surveys/new",
        f"/surveys/{campaign}",
        f"/surveys/{campaign}/rows?way=chat",
        "/enterprises",
        "/enterprises/new",
        "/enterprises/doubles",
        "/enterprises/imports",
        f"/enterprises/{firm}",
        f"/enterprises/{firm}/history",
        f"/enterprises/{firm}/edit",
        f"/enterprises/{firm}/contacts/new",
        f"/enterprises/{firm}/counter",
        "/people",
        f"/people/{quan_tri.id}",
        "/set-aside",
        "/trouble",
        "/account",
        "/account/alerts",
        "/nothing-here",
    ]


def enterprises(session: Session, now: datetime) -> int:
    """Some, and one whose runs came to every colour of the heat map; its id."""
    made = Enterprises(session, now)
    made.noise(12)
    firm = made.known("Cơ sở Bánh tráng Mỹ Lồng").enterprise_id
    run = made.run(firm, 48)
    run.level = "Trung bình"
    dimensions = ("sang_loc", "sap_xep", "sach_se", "san_soc", "san_sang")
    for dimension, percent in zip(dimensions, (8, 28, 48, 68, 88), strict=True):
        run.scores.append(AttemptScore(dimension=dimension, percent=percent))
    return firm


@pytest.fixture
def stand(house: House, paths: list[str]) -> Iterator[ConsoleStand]:
    assert paths
    with console_stand(house) as stand:
        yield stand


@pytest.fixture
def context(browser: Browser, stand: ConsoleStand, token: str) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE)
    context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": stand.url}])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.set_default_timeout(SOON)
    return page


def serious(page: Page) -> list[str]:
    """What axe finds that keeps somebody out."""
    return told(Axe().run(page).response["violations"])


def too_faint(page: Page) -> list[str]:
    """What cannot be read against its ground, on a page that axe has looked at before."""
    return told(page.evaluate(CONTRAST))


def told(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['id']}: {[node['html'] for node in one['nodes']]}"
        for one in violations
        if one["impact"] in SERIOUS
    ]


def is_within(page: Page) -> bool:
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return wide


def ground(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return colour


def test_every_page_keeps_nobody_out_by_day_and_by_night(
    stand: ConsoleStand, page: Page, paths: list[str]
) -> None:
    for path in paths:
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="light")
        page.goto(f"{stand.url}{path}")
        assert is_within(page), path
        assert serious(page) == [], path
        # Of what axe looks at, colours alone differ by night, and little at a desk.
        page.emulate_media(color_scheme="dark")
        assert too_faint(page) == [], path
        page.set_viewport_size(DESK)
        assert is_within(page), path
        assert too_faint(page) == [], path
        page.emulate_media(color_scheme="light")
        assert too_faint(page) == [], path


def test_the_colours_follow_the_system_and_paper_stays_white(
    stand: ConsoleStand, page: Page
) -> None:
    page.goto(f"{stand.url}/")
    assert ground(page) == LIGHT_GROUND
    page.emulate_media(color_scheme="dark")
    assert ground(page) == DARK_GROUND
    page.emulate_media(color_scheme="dark", media="print")
    assert ground(page) == LIGHT_GROUND


def test_on_a_phone_links_and_filters_are_folded_and_open_at_a_tap(
    stand: ConsoleStand, page: Page
) -> None:
    page.goto(f"{stand.url}/")
    header = page.locator("header.top").bounding_box()
    assert header is not None
    assert header["height"] < PHONE["height"] / HEADER_SHARE
    link = page.get_by_role("link", name="Tài khoản")
    search = page.get_by_role("searchbox")
    expect(link).to_be_hidden()
    expect(search).to_be_hidden()
    page.locator("summary", has_text="Danh mục").click()
    expect(link).to_be_visible()
    page.locator("summary", has_text="Tìm và lọc").click()
    search.fill("mã vạch")
    search.press("Enter")
    # What narrows the list is never out of sight.
    expect(search).to_have_value("mã vạch")
    expect(search).to_be_visible()


def test_at_a_desk_nothing_is_folded(stand: ConsoleStand, page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"{stand.url}/")
    expect(page.locator("summary", has_text="Danh mục")).to_be_hidden()
    expect(page.get_by_role("link", name="Tài khoản")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_visible()
