"""The reply in a real browser: counted down, taken back or gone; and who else is at the case."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot import signals
from bot.domain.clock import Clock
from bot.flow.replying.held_reply_sender import HeldReplySender
from bot.house import House
from bot.settings import Settings
from tests.support.data.cases import cases
from tests.support.data.seed import PASSWORD, Seed
from tests.support.doubles.movable_clock import MovableClock
from tests.support.stands.console_stand import ConsoleStand, console_stand

pytestmark = pytest.mark.browser

SOON = 10_000


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path / "var")


@pytest.fixture
def clock(clock: Clock) -> MovableClock:
    return MovableClock(clock())


@pytest.fixture
def case(house: House) -> int:
    """A case that Lan holds."""
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.noise(2)
        lan, request = seed.officer("lan", full_name="Nguyễn Thị Lan"), seed.request()
        seed.officer("minh", full_name="Lê Văn Minh")
        cases(session).claim(request.id, lan, now=seed.now)
        return request.id


@pytest.fixture
def stand(house: House, case: int) -> Iterator[ConsoleStand]:
    assert case
    with console_stand(house) as stand:
        yield stand


Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, stand: ConsoleStand, case: int) -> Iterator[Open]:
    """Opens the case as somebody; `script`: whether the browser runs any."""
    contexts = []

    def page_of(username: str = "lan", *, script: bool = True) -> Page:
        contexts.append(browser.new_context(java_script_enabled=script))
        page = contexts[-1].new_page()
        page.goto(f"{stand.url}/requests/{case}", timeout=SOON)
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.locator("#reply").wait_for()
        return page

    yield page_of
    for context in contexts:
        context.close()


@pytest.fixture
def sent(opened: Open) -> Open:
    """Lan's page behind a reply that she can still take back."""

    def page_of(**browses: bool) -> Page:
        page = opened(**browses)
        page.locator("#reply textarea").fill("Gửi nhầm ạ")
        page.get_by_role("button", name="Gửi trả lời").click()
        expect(page.get_by_role("button", name="Hoàn tác")).to_be_in_viewport(timeout=SOON)
        return page

    return page_of


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_reply_is_taken_back_and_what_was_begun_since_stands_behind_it(
    sent: Open, *, script: bool
) -> None:
    page = sent(script=script)
    box = page.locator("#reply textarea")
    expect(box).to_have_value("")
    if script:
        box.fill("Chào anh")
    page.get_by_role("button", name="Hoàn tác").click()

    expect(page.locator("#done")).to_contain_text("Đã thu lại", timeout=SOON)
    expect(box).to_have_value("Gửi nhầm ạ\n\nChào anh" if script else "Gửi nhầm ạ")
    expect(page.locator("#messages")).not_to_contain_text("Gửi nhầm")
    page.reload()
    expect(box).to_have_value("Gửi nhầm ạ\n\nChào anh" if script else "Gửi nhầm ạ")


def test_the_strip_counts_down_and_goes_when_the_reply_has_gone(
    sent: Open, house: House, clock: MovableClock
) -> None:
    page = sent()
    expect(page.locator(".undo .left")).to_have_text("(8)", timeout=SOON)

    clock.move(seconds=10)
    HeldReplySender(house).look()
    house.signals.notify(signals.CONSOLE)

    expect(page.locator("#messages")).to_contain_text("Gửi nhầm", timeout=SOON)
    expect(page.get_by_role("button", name="Hoàn tác")).to_have_count(0)


def test_who_else_has_the_case_open_and_writes_is_said_and_who_left_is_not(
    opened: Open, clock: MovableClock
) -> None:
    lan, minh = opened("lan"), opened("minh")
    expect(lan.locator("#onlookers")).to_have_text("Lê Văn Minh đang xem", timeout=SOON)
    expect(minh.locator("#onlookers")).to_have_text("Nguyễn Thị Lan đang xem", timeout=SOON)
    lan.locator("#reply textarea").press_sequentially("Chào")
    writing = "Nguyễn Thị Lan đang soạn trả lời"
    expect(minh.locator("#onlookers")).to_have_text(writing, timeout=SOON)

    # A tab that stays elsewhere keeps the line, and not the case.
    minh.context.new_page().goto(minh.url.partition("/requests")[0])
    minh.close()
    lan.wait_for_timeout(5000)
    clock.move(seconds=20)
    expect(lan.locator("#onlookers")).to_be_hidden(timeout=SOON)
