"""The second factor in a real browser on a phone: set up, asked for, and a code lost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from bot.domain.office.roles import Role
from bot.house import House
from tests.support.data.seed import PASSWORD, Seed
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.console_stand import ConsoleStand, console_stand

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}
PHONE = ViewportSize(width=360, height=740)


@pytest.fixture
def clock(now: datetime) -> MovableClock:
    return MovableClock(now)


@pytest.fixture
def stand(house: House, clock: MovableClock) -> Iterator[ConsoleStand]:
    """A house that asks a second factor of its heads."""
    given = house.settings.model_copy(update={"second_factor": "heads"})
    with house.database.transaction() as session:
        Seed(session, clock()).officer("dao", role=Role.HEAD, full_name="Phạm Lãnh Đạo")
    with console_stand(replace(house, settings=given, clock=clock)) as stand:
        yield stand


@pytest.fixture
def page(browser: Browser, stand: ConsoleStand) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def keeps_nobody_out(page: Page) -> bool:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [one["id"] for one in found if one["impact"] in SERIOUS] == []
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return wide <= PHONE["width"]


def sign_in(page: Page, stand: ConsoleStand) -> None:
    page.goto(f"{stand.url}/")
    page.get_by_label("Tên đăng nhập").fill("dao")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def test_a_head_sets_it_up_signs_in_with_it_and_without_the_telephone(
    page: Page, stand: ConsoleStand, clock: MovableClock
) -> None:
    sign_in(page, stand)
    expect(page.locator("#owed")).to_be_visible()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Bắt đầu").click()
    picture = page.locator("#qr svg")
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box is not None
    assert box["width"] > PHONE["width"] / 2
    assert keeps_nobody_out(page)
    telephone = pyotp.TOTP(page.locator("#key").inner_text().replace(" ", ""))

    page.get_by_label("Mã 6 số").fill(telephone.at(clock()))
    page.get_by_role("button", name="Bật xác thực hai lớp").click()
    expect(page.locator("#recovery-codes li")).to_have_count(10)
    assert keeps_nobody_out(page)
    recovery = page.locator("#recovery-codes code").first.inner_text()
    page.get_by_role("link", name="Đã cất mã").click()
    page.wait_for_url(f"{stand.url}/")

    def sign_out() -> None:
        page.locator("summary", has_text="Danh mục").click()
        page.get_by_role("button", name="Đăng xuất").click()
        clock.move(minutes=2)
        sign_in(page, stand)

    sign_out()
    box_of_code = page.get_by_label("Mã 6 số")
    expect(box_of_code).to_be_focused()
    assert keeps_nobody_out(page)
    box_of_code.fill("000000")
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("Mã không đúng")
    box_of_code.fill(telephone.at(clock()))
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{stand.url}/")

    sign_out()
    box_of_code.fill(recovery)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{stand.url}/")
    page.goto(f"{stand.url}/account/second-factor")
    expect(page.locator("main")).to_contain_text("Còn 9 mã dự phòng")
    assert keeps_nobody_out(page)
