"""The case in a real browser: what is in view, what stays where it is, and the keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from bot.house import House
from tests.support.data.seed import PASSWORD, Seed
from tests.support.stands.console_stand import ConsoleStand, console_stand

pytestmark = pytest.mark.browser

SOON = 10_000
DESK = ViewportSize(width=1280, height=720)
PHONE = ViewportSize(width=360, height=740)


@pytest.fixture
def case(house: House) -> int:
    """A held case with a long talk."""
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.officer("lan", full_name="Nguyễn Thị Lan")
        conversation = seed.conversation()
        request = seed.request(conversation, talk=True)
        for number in range(40):
            seed.owner_says(conversation, f"Tin số {number}: bên em mới có quy trình cắt may.")
        return request.id


@pytest.fixture
def stand(house: House, case: int) -> Iterator[ConsoleStand]:
    assert case
    with console_stand(house) as stand:
        yield stand


Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, stand: ConsoleStand, case: int) -> Iterator[Open]:
    """Opens the case as Lan, who has taken it; `script`: whether the browser runs any."""
    contexts = []

    def page_of(viewport: ViewportSize, *, script: bool = True) -> Page:
        context = browser.new_context(viewport=viewport, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{stand.url}/requests/{case}", timeout=SOON)
        page.locator("[name=username]").fill("lan")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.get_by_role("button", name="Nhận xử lý").click(timeout=SOON)
        expect(box(page)).to_be_visible(timeout=SOON)
        page.wait_for_load_state()
        return page

    yield page_of
    for context in contexts:
        context.close()


def box(page: Page) -> Locator:
    return page.locator("textarea[name=text]")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("browses", [{}, {"script": False}], ids=["script", "plain"])
def test_newest_words_and_reply_are_in_view_and_the_reply_leaves_half_of_the_page(
    opened: Open, viewport: ViewportSize, browses: dict[str, bool]
) -> None:
    page = opened(viewport, **browses)
    expect(page.locator("#messages > li").last).to_be_in_viewport(ratio=0.9)
    expect(box(page)).to_be_in_viewport(ratio=1)
    reply = page.locator("#reply").bounding_box()
    assert reply is not None
    assert reply["height"] < viewport["height"] / 2

    # Also with a long draft, and from the beginning of the talk.
    box(page).fill("Một dòng dài.\n" * 60)
    page.locator("#messages > li").first.scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Gửi trả lời")).to_be_in_viewport(ratio=1)
    reply = page.locator("#reply").bounding_box()
    assert reply is not None
    assert reply["height"] < viewport["height"] / 2


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_who_reads_further_up_stays_there_and_who_types_goes_on_typing(
    opened: Open, stand: ConsoleStand, case: int, viewport: ViewportSize
) -> None:
    page = opened(viewport)
    box(page).fill("Chào anh")
    middle = page.locator("#messages > li", has_text="Tin số 20:")
    middle.scroll_into_view_if_needed()
    page.wait_for_timeout(100)
    before = middle.bounding_box()

    stand.owner_says(case, "Em hỏi thêm ạ")
    expect(page.locator("#messages")).to_contain_text("Em hỏi thêm ạ", timeout=SOON)
    after = middle.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    page.keyboard.type(", tôi nghe đây")
    expect(box(page)).to_have_value("Chào anh, tôi nghe đây")

    # At the end, what is new comes into view by itself.
    page.locator("#newest").scroll_into_view_if_needed()
    stand.owner_says(case, "Em chờ ạ")
    expect(page.locator("#messages > li", has_text="Em chờ ạ")).to_be_in_viewport(timeout=SOON)


def test_ctrl_enter_sends(opened: Open) -> None:
    page = opened(DESK)
    box(page).fill("Anh chờ tôi chút")
    box(page).press("Control+Enter")
    expect(page.locator("#done")).to_be_visible(timeout=SOON)
    expect(page.locator("#messages > li").last).to_contain_text("Anh chờ tôi chút")
    expect(box(page)).to_have_value("")


def test_an_article_is_put_into_the_reply_where_the_cursor_stands(opened: Open) -> None:
    page = opened(DESK)
    box(page).fill("Chào anh,")
    insert = page.locator("#opening-parts .insert").first
    expect(insert).to_be_visible(timeout=3 * SOON)
    insert.click()
    written = box(page).input_value()
    assert written.startswith("Chào anh,\n\n")
    assert "Căn cứ:" in written

    # It is a draft like any other; another article is found without leaving the page.
    page.locator("#opening-parts [name=q]").fill("nhan hieu bi tu choi")
    page.get_by_role("button", name="Tìm bài").click()
    expect(page.locator("#found-articles .insert").first).to_be_visible(timeout=SOON)
    expect(box(page)).to_have_value(written)
    page.reload()
    expect(box(page)).to_have_value(written)


def test_a_kept_reply_is_put_into_the_reply_with_the_values_of_the_case(
    opened: Open, stand: ConsoleStand, case: int
) -> None:
    page = opened(PHONE)
    page.goto(f"{stand.url}/replies")
    page.locator("[name=title]").fill("Chào")
    page.locator("[name=text]").fill("Cán bộ {cán bộ} nghe đây.")
    page.get_by_role("button", name="Lưu câu mẫu").click()
    page.goto(f"{stand.url}/requests/{case}")
    page.locator("summary", has_text="Câu mẫu").click()
    page.locator("#canned-parts .insert").click(timeout=SOON)
    expect(box(page)).to_have_value("Cán bộ Nguyễn Thị Lan nghe đây.")


def test_whatever_can_be_done_is_found_by_typing_and_the_keys_are_listed(opened: Open) -> None:
    page = opened(DESK)
    box(page).press("Control+k")
    page.keyboard.type("don vi chuyen")
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("select[name=topic]")).to_be_focused()

    # In a box a key is a letter; outside it leads somewhere.
    box(page).fill("")
    box(page).press_sequentially("r?n")
    expect(box(page)).to_have_value("r?n")
    expect(page.locator("dialog")).to_have_count(0)
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_contain_text("Ctrl + K")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page.locator("textarea[name=note]")).to_be_focused()
