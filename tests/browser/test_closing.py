"""Closing in a real browser: prepared words follow the ending, and no written ones are lost."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.console.frame.cookies import SESSION_COOKIE
from bot.house import House
from bot.services.staff.sessions import SessionService
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.stands.console_stand import console_stand

pytestmark = pytest.mark.browser

SERIOUS = {"serious", "critical"}
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def page(house: House, browser: Browser) -> Iterator[Page]:
    """The closing form of a case that she holds, whose owner has another request."""
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        lan = seed.officer("lan", full_name="Nguyễn Thị Lan")
        request = seed.request(enterprise=("Công ty Đồ Chơi Gỗ", "0101243150"))
        seed.request(request.conversation, question="ISO 9001 hết bao nhiêu tiền?")
        cases(session).claim(request.id, lan, now=house.clock())
        request_id, token = request.id, SessionService(session).open(lan, now=house.clock())
    with console_stand(house) as stand:
        context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
        context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": stand.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{stand.url}/requests/{request_id}")
        page.locator("summary", has_text="Đóng yêu cầu").click()
        yield page
        context.close()


def test_an_ending_shows_what_belongs_to_it_with_words_that_her_own_are_not_lost_to(
    page: Page,
) -> None:
    words, authority = page.locator("[name=last_words]"), page.locator("[name=authority]")
    expect(authority).to_be_hidden()
    page.get_by_label("Đã trả lời").check()
    assert words.input_value().startswith("Cảm ơn anh/chị")

    page.get_by_label("Chuyển cơ quan khác").check()
    authority.select_option("so_cong_thuong")
    assert "Sở Công Thương" in words.input_value()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response
    assert [one["id"] for one in found["violations"] if one["impact"] in SERIOUS] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    words.fill("Anh mang theo tờ khai.")
    page.get_by_label("Không thuộc việc của Sở").check()
    expect(words).to_have_value("Anh mang theo tờ khai.")
    page.get_by_label("Thư rác").check()
    expect(words).to_be_hidden()

    page.get_by_label("Chuyển cơ quan khác").check()
    page.locator("form.closing button").click()
    page.get_by_role("link", name="Phiếu hướng dẫn").click()
    expect(page.get_by_role("button", name="In phiếu")).to_be_visible()
