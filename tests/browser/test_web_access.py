"""The owner's page for every eye and hand: axe, large text, narrow screens, calm, one hand."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.charts import Bar, bar_chart
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.understanding import Outcome, Understanding
from bot.house import House
from bot.services.messaging.files import FileService
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.models import Conversation
from tests.support.stands.chat_server import ChatServer
from tests.support.stands.owner_browser import ChatTab

pytestmark = pytest.mark.browser

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}

ANSWER = (
    "Thẩm định nội dung mất **5 tháng** kể từ ngày công bố đơn. Người khác được phản đối trong"
    " 3 tháng.\n\n> Căn cứ, lưu ý · Rà soát ngày 24/11/2026\n> - Luật 131/2025/QH15 (Điều 119)"
    "\n> **Lưu ý:** chưa kiểm chứng https://example.org/mot-dia-chi-dai"
)
BUTTONS = ("Chi tiết", "Hồ sơ nhãn hiệu, nơi nộp", "Chi phí đăng ký nhãn hiệu", "Gặp cán bộ")
THUMBS = ("👍 Đúng ý", "👎 Chưa đúng")

SMALLEST_TARGET = 24
"""CSS pixels: WCAG 2.2, success criterion 2.5.8 (level AA)."""

LARGE_TEXT = "document.documentElement.style.fontSize = '32px'"
SERIOUS = {"serious", "critical"}


def choices() -> list[Choice]:
    plain = [Choice(title=title, payload="/show_detail") for title in BUTTONS]
    return plain + [Choice(title=title, payload="/rate_answer") for title in THUMBS]


def answered(house: House, page: Page, chat: ChatServer) -> ChatTab:
    """A page with a question, an answer from an article, an officer's words and a failed one."""
    tab = ChatTab(page)
    tab.page.goto(chat.url, wait_until="commit")
    tab.write("xin chào")
    tab.reads("Đã nghe: xin chào")
    with house.database.transaction() as session:
        conversation = session.query(Conversation).one()
        say = TranscriptService(session).say
        say(
            conversation,
            OutgoingMessage(text="Chị gửi mẫu nhãn nhé"),
            author=Author.OFFICER,
            cause="one",
            now=house.clock(),
        )
        say(
            conversation,
            OutgoingMessage(text=ANSWER, choices=choices()),
            author=Author.BOT,
            cause="two",
            now=house.clock(),
            understanding=Understanding(outcome=Outcome.ANSWER, article="a"),
        )
    tab.reload()
    tab.reads("5 tháng")
    return tab


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture(params=list(SIZES))
def page(request: pytest.FixtureRequest, browser: Browser, scheme: Any) -> Any:
    context = browser.new_context(viewport=SIZES[request.param], color_scheme=scheme)
    yield context.new_page()
    context.close()


def serious(page: Page) -> list[str]:
    """What axe finds that keeps somebody out, each with the elements that it is about."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['html'] for node in one['nodes']]}"
        for one in found
        if one["impact"] in SERIOUS
    ]


def test_axe_finds_nothing_serious(house: House, chat: ChatServer, page: Page) -> None:
    tab = answered(house, page, chat)
    assert serious(page) == []

    page.locator("#log summary").click()
    chat.refuse(422, "Tin này không gửi được.")
    tab.write("một")
    tab.reads("Tin này không gửi được.")
    assert serious(page) == []

    page.locator("#open-menu").click()
    page.locator("#topics summary").first.click()
    page.locator("#mine summary").click()
    page.locator("#wanted").fill("thang")
    expect(page.locator("#mine-note")).to_be_visible()
    assert serious(page) == []


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_the_picture_of_a_result_is_light_by_day_and_on_paper_and_dark_by_night(
    house: House, chat: ChatServer, page: Page, scheme: str
) -> None:
    answered(house, page, chat)
    with house.database.transaction() as session:
        conversation = session.query(Conversation).one()
        picture = FileService(session, house.settings.files_dir).keep(
            bar_chart("5S: 42%", [Bar("Sàng lọc", 42), Bar("Sắp xếp", 20, marked=True)]),
            name="5s.png",
            conversation_id=conversation.id,
            limit=100_000,
            now=house.clock(),
            trusted=True,
        )
        TranscriptService(session).say(
            conversation,
            OutgoingMessage(text="Kết quả", attachments=[picture]),
            author=Author.BOT,
            cause="three",
            now=house.clock(),
        )
    page.reload()
    image = page.locator("#log .picture img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("naturalWidth", 900)
    assert image.evaluate("(one) => one.currentSrc").endswith("/dark") == (scheme == "dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_function(
        "() => !document.querySelector('#log .picture img').currentSrc.endsWith('/dark')"
    )


@pytest.mark.parametrize("scheme", ["light"], indirect=True)
def test_text_of_twice_the_size_still_fits(house: House, chat: ChatServer, page: Page) -> None:
    answered(house, page, chat)
    page.evaluate(LARGE_TEXT)
    page.locator("#log summary").click()
    assert overflow(page) == []
    expect(page.locator("#words")).to_be_in_viewport()
    expect(page.locator("#send")).to_be_in_viewport()

    page.locator("#open-menu").click()
    expect(page.locator("#topics summary").first).to_be_visible()
    assert overflow(page) == []


def overflow(page: Page) -> list[str]:
    """The elements that stand out of the screen to the right."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((one) => one.checkVisibility() && !one.closest(".hidden, .skip, .attach, svg"))
            .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
            .map((one) => one.outerHTML.slice(0, 120))"""
    )
    return found


@pytest.mark.parametrize("scheme", ["light"], indirect=True)
def test_every_target_is_large_enough_for_a_finger(
    house: House, chat: ChatServer, page: Page
) -> None:
    answered(house, page, chat)
    page.locator("#open-menu").click()
    expect(page.locator("#topics summary").first).to_be_visible()
    small = page.evaluate(
        """(least) => [...document.querySelectorAll("button, summary, input, textarea, a.file")]
            .filter((one) => one.checkVisibility())
            .filter((one) => one.getBoundingClientRect().height < least)
            .map((one) => one.outerHTML)""",
        SMALLEST_TARGET,
    )
    assert small == []


@pytest.mark.parametrize("page", ["phone"], indirect=True)
@pytest.mark.parametrize("scheme", ["light"], indirect=True)
def test_an_answer_and_its_buttons_fit_one_small_screen(
    house: House, chat: ChatServer, page: Page
) -> None:
    answered(house, page, chat)
    expect(page.get_by_text("Thẩm định nội dung")).to_be_in_viewport()
    for title in (*BUTTONS, *THUMBS, "In"):
        button = page.get_by_role("button", name=title, exact=True).last
        expect(button).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("page", ["phone"], indirect=True)
@pytest.mark.parametrize("scheme", ["light"], indirect=True)
def test_who_wants_calm_sees_nothing_move(house: House, chat: ChatServer, page: Page) -> None:
    answered(house, page, chat)
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
            const style = getComputedStyle(one);
            return style.animationName !== "none" || style.transitionDuration !== "0s";
        }).map((one) => one.outerHTML)"""
    )
    assert moving == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
