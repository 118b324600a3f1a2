"""The counter in a real browser: for every eye and hand, with a script that saves, and without."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.console.frame.cookies import SESSION_COOKIE
from bot.house import House
from bot.services.staff.sessions import SessionService
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed
from tests.support.stands.console_stand import ConsoleStand, console_stand

pytestmark = pytest.mark.browser

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 800}}
SERIOUS = {"serious", "critical"}
SOON = 10_000

Opened = Callable[..., Page]


@pytest.fixture
def token(house: House) -> str:
    with house.database.transaction() as session:
        lan = Seed(session, house.clock()).officer("lan", full_name="Nguyễn Thị Lan")
        return SessionService(session).open(lan, now=house.clock())


@pytest.fixture
def enterprise_id(house: House) -> int:
    with house.database.transaction() as session:
        enterprises = Enterprises(session, house.clock())
        enterprises.noise(3)
        return enterprises.known("Cơ sở Bánh tráng Mỹ Lồng").enterprise_id


@pytest.fixture
def stand(house: House, token: str) -> Iterator[ConsoleStand]:
    assert token
    with console_stand(house) as stand:
        yield stand


@pytest.fixture
def counter(
    browser: Browser, stand: ConsoleStand, token: str, enterprise_id: int
) -> Iterator[Opened]:
    """Opens the counter of the enterprise in a browser of its own."""
    contexts = []

    def opened(*, size: str = "desk", scripts: bool = True, colours: str = "light") -> Page:
        context = browser.new_context(
            viewport=SIZES[size],  # type: ignore[arg-type]
            java_script_enabled=scripts,
            color_scheme=colours,  # type: ignore[arg-type]
        )
        contexts.append(context)
        context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": stand.url}])
        page = context.new_page()
        page.set_default_timeout(SOON)
        page.goto(f"{stand.url}/enterprises/{enterprise_id}/counter")
        return page

    yield opened
    for context in contexts:
        context.close()


def begin(page: Page, assessment: str) -> None:
    page.locator("[name=assessment]").select_option(assessment)
    page.locator("[name=agreed]").check()
    page.get_by_role("button", name="Bắt đầu").click()
    page.wait_for_url("**/runs/*/answers")


def score_all(page: Page, score: str) -> None:
    for question in page.locator("fieldset.answer-question").all():
        question.locator(f"input[value='{score}']").check()


def serious(page: Page) -> list[str]:
    return [
        f"{one['id']}: {[node['html'] for node in one['nodes']]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in SERIOUS
    ]


def is_within(page: Page) -> bool:
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return wide


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_page_keeps_nobody_out_and_within_the_screen(
    counter: Opened, size: str, colours: str
) -> None:
    page = counter(size=size, colours=colours)
    assert serious(page) == []
    assert is_within(page)
    begin(page, "nang-suat")
    assert serious(page) == []
    assert is_within(page)
    page.get_by_role("button", name="Xong").click()
    expect(page.get_by_role("alert")).to_contain_text("câu cần xem lại")
    assert serious(page) == []
    assert is_within(page)


def test_the_result_keeps_nobody_out(counter: Opened) -> None:
    page = counter(size="phone")
    begin(page, "5s")
    score_all(page, "4")
    page.get_by_role("button", name="Xong").click()
    page.wait_for_url("**/runs/*")
    expect(page.locator("#run-result")).to_contain_text("80%")
    assert serious(page) == []
    assert is_within(page)


def test_questions_are_answered_by_the_keyboard_alone(counter: Opened) -> None:
    page = counter()
    begin(page, "5s")
    first = page.locator("fieldset.answer-question").first
    group = page.get_by_role("group", name="Câu 1.")
    expect(group.first).to_be_visible()
    first.locator("input[value='0']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(first.locator("input[value='1']")).to_be_checked()
    expect(page.locator("#answers-status")).to_contain_text("Đã lưu")
    # Where it was, though the page was drawn anew.
    expect(page.locator("fieldset.answer-question").first.locator("input:focus")).to_have_value("1")


def test_the_script_saves_and_opens_the_next_rung(counter: Opened) -> None:
    page = counter()
    begin(page, "quan-ly-chat-luong")
    before = page.locator("fieldset.answer-question").count()
    page.locator("fieldset.answer-question").first.locator("input[value='2']").check()
    expect(page.locator("fieldset.answer-question")).to_have_count(before + 1)
    page.reload()
    expect(page.locator("fieldset.answer-question input:checked")).to_have_count(1)


def test_without_script_the_buttons_do_the_same(counter: Opened) -> None:
    page = counter(scripts=False)
    begin(page, "quan-ly-chat-luong")
    before = page.locator("fieldset.answer-question").count()
    page.locator("fieldset.answer-question").first.locator("input[value='2']").check()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("fieldset.answer-question")).to_have_count(before + 1)
    expect(page.locator("#done")).to_contain_text("Đã lưu")


def test_a_tick_for_no_answer_and_a_number_exclude_one_another(counter: Opened) -> None:
    page = counter()
    begin(page, "san-pham")
    question = page.locator("#q-san-pham")
    box, tick = question.locator("input[type=text]"), question.locator("input[type=checkbox]")
    box.fill("nồi cơm điện")
    tick.check()
    expect(box).to_have_value("")
    box.fill("quạt điện")
    expect(tick).not_to_be_checked()
    box.press("Tab")
    expect(question).to_contain_text("Đã ghi: Quạt bàn")
