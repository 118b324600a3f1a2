"""An officer's browser with many tabs: one connection, all live, and what ends or mends it."""

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.domain.office.roles import Role
from bot.domain.requests.request import RequestState
from bot.house import House
from bot.storage.models import Request
from tests.support.data.seed import PASSWORD, Seed
from tests.support.stands.console_stand import ConsoleStand, console_stand

pytestmark = pytest.mark.browser

CASES = 7
SOON = 10_000
"""Milliseconds: nothing of the machine's speed may be counted on."""

NO_SHARED_WORKER = "delete window.SharedWorker"


@pytest.fixture
def cases(house: House) -> list[int]:
    """Requests of one office whose owners wait for a person."""
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.officer("lan", full_name="Nguyễn Thị Lan")
        seed.officer("lanh.dao", role=Role.HEAD)
        seed.noise(4)
        made = []
        for _ in range(CASES):
            conversation = seed.conversation()
            seed.small_talk(conversation)
            made.append(seed.request(conversation, talk=True).id)
    return made


@pytest.fixture
def stand(house: House, cases: list[int]) -> Iterator[ConsoleStand]:
    assert cases
    with console_stand(house) as stand:
        yield stand


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    yield context
    context.close()


Open = Callable[..., Page]


@pytest.fixture
def tab(stand: ConsoleStand, context: BrowserContext) -> Open:
    """Opens a tab; the first one signs in."""

    def opened(path: str = "/") -> Page:
        page = context.new_page()
        page.goto(f"{stand.url}{path}", timeout=SOON)
        if "/sign-in" in page.url:
            sign_in(page)
            page.wait_for_url(f"{stand.url}{path}")
        return page

    return opened


def sign_in(page: Page) -> None:
    page.locator("[name=username]").fill("lan")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


def all_tabs(tab: Open, cases: list[int]) -> list[Page]:
    return [tab("/"), *(tab(f"/requests/{case}") for case in cases)]


def shows(page: Page, text: str) -> None:
    expect(page.locator("#messages")).to_contain_text(text, timeout=SOON)


def settles(condition: Callable[[], bool]) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + SOON / 1000
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_eight_tabs_are_live_over_one_connection(
    stand: ConsoleStand, tab: Open, cases: list[int]
) -> None:
    pages = all_tabs(tab, cases)
    assert len(pages) == 8
    assert settles(lambda: stand.door.open == 1)

    # What an owner writes shows in the list and in the tab of his case, and in no other.
    stand.owner_says(cases[3], "Alo, có ai không ạ")
    shows(pages[4], "Alo, có ai không ạ")
    expect(pages[0].locator("#requests")).to_contain_text("1 tin chưa trả lời", timeout=SOON)
    assert all("Alo, có ai" not in page.content() for page in pages[5:])

    # A button works in the last tab, and the list hears of it.
    pages[7].get_by_role("button", name="Nhận xử lý").click(timeout=SOON)
    expect(pages[7].locator("#done")).to_be_visible(timeout=SOON)
    expect(pages[0].locator("#tabs")).to_contain_text("Đang xử lý 1", timeout=SOON)

    # Whichever tab is closed, the others stay live.
    for closed, open_ in ((pages[0], 2), (pages[1], 3)):
        closed.close()
        stand.owner_says(cases[open_ - 1], f"Em chờ tới tab {open_}")
        shows(pages[open_], f"Em chờ tới tab {open_}")
    assert settles(lambda: stand.door.open == 1)


def test_the_last_tab_takes_the_connection_with_it(stand: ConsoleStand, tab: Open) -> None:
    pages = [tab("/"), tab("/account")]
    assert settles(lambda: stand.door.open == 1)
    for page in pages:
        page.close()
    assert settles(lambda: stand.door.open == 0)


def test_signed_out_in_one_tab_all_tabs_say_so(
    stand: ConsoleStand, tab: Open, cases: list[int]
) -> None:
    pages = [tab("/"), tab(f"/requests/{cases[0]}"), tab("/account")]
    assert settles(lambda: stand.door.open == 1)
    pages[0].get_by_role("button", name="Đăng xuất").click()
    for page in pages[1:]:
        expect(page.locator("#live-notice")).to_contain_text("Phiên làm việc đã hết", timeout=SOON)
    assert settles(lambda: stand.door.open == 0)

    # Signed in again, the new tabs are live and the old ones stay as they were.
    again = tab(f"/requests/{cases[0]}")
    stand.owner_says(cases[0], "Em đây ạ")
    shows(again, "Em đây ạ")
    assert "Em đây ạ" not in pages[1].content()


def test_after_a_restart_of_the_server_all_tabs_are_live_again(
    stand: ConsoleStand, tab: Open, cases: list[int]
) -> None:
    pages = [tab("/"), tab(f"/requests/{cases[0]}"), tab(f"/requests/{cases[1]}")]
    assert settles(lambda: stand.door.open == 1)
    stand.stop()
    expect(pages[1].locator("#live-notice")).to_contain_text("Mất kết nối", timeout=SOON)
    stand.owner_says(cases[0], "Trong lúc máy chủ nghỉ")
    stand.start()

    shows(pages[1], "Trong lúc máy chủ nghỉ")
    expect(pages[1].locator("#live-notice")).to_be_hidden(timeout=SOON)
    stand.owner_says(cases[1], "Máy chủ đã chạy lại")
    shows(pages[2], "Máy chủ đã chạy lại")


def test_a_tab_is_fresh_when_it_is_looked_at_even_without_a_line(
    stand: ConsoleStand, tab: Open, cases: list[int]
) -> None:
    stand.door.is_shut = True
    page = tab(f"/requests/{cases[0]}")
    stand.owner_says(cases[0], "Lúc máy đang ngủ")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    shows(page, "Lúc máy đang ngủ")

    # The line comes back by itself from what a proxy refused.
    stand.door.is_shut = False
    assert settles(lambda: stand.door.open == 1)


def test_a_page_that_refused_a_form_stays_live_and_keeps_what_is_typed(
    stand: ConsoleStand, tab: Open, cases: list[int]
) -> None:
    page = tab(f"/requests/{cases[0]}")
    page.get_by_role("button", name="Nhận xử lý").click()
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator(".notice.bad")).to_contain_text("Hãy viết câu trả lời")
    page.locator("textarea[name=text]").fill("Chào em, chị đang xem")
    stand.owner_says(cases[0], "Chị ơi")
    shows(page, "Chị ơi")
    expect(page.locator("textarea[name=text]")).to_have_value("Chào em, chị đang xem")


def test_what_is_typed_in_any_box_outlives_the_session_and_is_shown_where_the_box_is_gone(
    stand: ConsoleStand, context: BrowserContext, tab: Open, house: House, cases: list[int]
) -> None:
    page = tab(f"/requests/{cases[0]}")
    page.get_by_role("button", name="Nhận xử lý").click()
    typed = {"text": "Câu trả lời", "last_words": "Lời cuối", "reason": "Về nhãn hiệu"}
    boxes = {name: page.locator(f"textarea[name={name}]") for name in typed}
    for summary in ("Đóng yêu cầu", "Chuyển đơn vị"):
        page.locator("summary", has_text=summary).click()
    for name, words in typed.items():
        boxes[name].fill(words)

    # Her session ran out meanwhile; signed in again, all of it is there to be seen.
    context.clear_cookies()
    page.get_by_role("button", name="Gửi trả lời").click()
    sign_in(page)
    for name, words in typed.items():
        expect(boxes[name]).to_be_visible(timeout=SOON)
        expect(boxes[name]).to_have_value(words)

    # What is sent is no draft any more, and the rest still is.
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator("#done")).to_be_visible(timeout=SOON)
    expect(boxes["text"]).to_have_value("")
    expect(boxes["reason"]).to_have_value("Về nhãn hiệu")

    # Another closes the case: no box is left, and the words are.
    with house.database.transaction() as session:
        request = session.get_one(Request, cases[0])
        request.state = RequestState.CLOSED
    page.reload()
    expect(page.locator("pre.unsent")).to_have_count(2)
    page.get_by_role("button", name="Bỏ nội dung này").first.click()
    expect(page.locator("pre.unsent")).to_have_count(1)

    # It moves out of her sight.
    with house.database.transaction() as session:
        session.get_one(Request, cases[0]).office = "shtt"
    page.reload()
    expect(page.locator("h1")).to_have_text("Không tìm thấy")
    expect(page.locator("pre.unsent")).to_have_count(1)


def test_without_shared_workers_eight_tabs_load_and_the_one_looked_at_is_live(
    stand: ConsoleStand, context: BrowserContext, tab: Open, cases: list[int]
) -> None:
    context.add_init_script(NO_SHARED_WORKER)
    pages = all_tabs(tab, cases)
    assert settles(lambda: stand.door.open == 1)
    stand.owner_says(cases[6], "Điện thoại không có worker chung")
    shows(pages[7], "Điện thoại không có worker chung")

    # Another tab is looked at: it is fresh, and live from then on.
    pages[1].evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert settles(lambda: stand.door.open == 1)
    stand.owner_says(cases[0], "Bây giờ xem tab này")
    shows(pages[1], "Bây giờ xem tab này")


def test_without_scripts_the_pages_work(
    browser: Browser, stand: ConsoleStand, cases: list[int]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{stand.url}/requests/{cases[0]}")
    sign_in(page)
    page.get_by_role("button", name="Nhận xử lý").click()
    expect(page.locator("#done")).to_be_visible()
    page.locator("textarea[name=text]").fill("Chào anh")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator("#messages")).to_contain_text("Chào anh")
    context.close()
