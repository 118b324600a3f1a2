"""The web chat loses nothing when the network goes, pages are closed, or the browser forgets."""

import pytest
from playwright.sync_api import BrowserContext, Route

from tests.support.stands.chat_server import ChatServer
from tests.support.stands.owner_browser import ChatTab, OwnerBrowser

pytestmark = pytest.mark.browser

FULL_MEMORY = """
    for (let size = 1 << 20; size; size >>= 1) {
        try { for (;;) localStorage.setItem(`other.${Math.random()}`, "x".repeat(size)); } catch {}
    }
"""

NO_MEMORY = """
    for (const memory of ["localStorage", "sessionStorage", "indexedDB"]) {
        Object.defineProperty(window, memory, { get() { throw new DOMException("closed"); } });
    }
"""

WRONG_CLOCKS = {
    "far in the future": "const shift = 80 * 365 * 86400000;",
    "far in the past": "const shift = -50 * 365 * 86400000;",
    "jumps back with each look": "let shift = 0; setInterval(() => { shift -= 3600000; }, 50);",
}

SHIFTED = """
    const Real = Date;
    window.Date = class extends Real {
        constructor(...given) { given.length ? super(...given) : super(Real.now() + shift); }
        static now() { return Real.now() + shift; }
    };
"""


def test_written_offline_is_sent_once_the_network_is_back(
    owner: OwnerBrowser, tab: ChatTab
) -> None:
    owner.offline()
    tab.write("một", "hai")
    tab.notes("Mất kết nối")
    tab.pending(2)

    owner.online()

    tab.shows_once("xin chào", "một", "hai")
    owner.hears("xin chào", "một", "hai")
    assert tab.kept() == []
    assert tab.errors == []


def test_written_offline_outlives_a_reload(owner: OwnerBrowser, tab: ChatTab) -> None:
    owner.offline()
    tab.write("một", "hai")
    tab.pending(2)
    tab.reload()
    tab.reload()
    owner.online()
    tab.reload()

    tab.shows_once("xin chào", "một", "hai")
    owner.hears("xin chào", "một", "hai")


def test_written_offline_outlives_the_page(owner: OwnerBrowser, tab: ChatTab) -> None:
    owner.offline()
    tab.write("một", "hai")
    tab.pending(2)
    assert not tab.leave()
    owner.online()

    again = owner.open()

    again.shows_once("xin chào", "một", "hai")
    owner.hears("xin chào", "một", "hai")
    assert again.kept() == []


def test_what_waits_stands_there_before_the_history_and_outlives_many_reloads(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    chat.refuse(503)
    tab.write("một", "hai", "ba")
    for _ in range(3):
        tab.reload()
        tab.pending(3)
        owner.is_ready(tab)
    chat.recover()

    tab.shows_once("xin chào", "một", "hai", "ba")
    owner.hears("xin chào", "một", "hai", "ba")


def test_an_answer_that_is_lost_doubles_nothing(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    chat.trouble.turn(status=502, times=1, swallows_answer=True)
    tab.write("một")
    tab.reload()
    tab.write("hai")

    tab.shows_once("xin chào", "một", "hai")
    owner.hears("xin chào", "một", "hai")
    assert tab.kept() == []


def test_a_server_that_is_stopped_and_started_hears_all(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    chat.stop()
    tab.write("một", "hai")
    tab.notes("Mất kết nối")
    chat.start()

    tab.shows_once("xin chào", "một", "hai")
    owner.hears("xin chào", "một", "hai")


def hold(context: BrowserContext, pattern: str) -> list[Route]:
    """Requests that leave and are never answered, until somebody lets them go on."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    context.route(pattern, keep)
    return held


def test_a_line_that_hangs_is_given_up_when_the_network_changes(
    owner: OwnerBrowser, tab: ChatTab
) -> None:
    held = hold(owner.context, "**/chat/messages")
    tab.write("một", "hai")
    tab.pending(2)
    owner.context.unroute("**/chat/messages")
    tab.page.evaluate("dispatchEvent(new Event('online'))")

    tab.shows_once("xin chào", "một", "hai")
    owner.hears("xin chào", "một", "hai")
    assert len(held) == 1


def test_memory_that_somebody_empties_is_written_again(owner: OwnerBrowser, tab: ChatTab) -> None:
    other = owner.open()
    owner.offline()
    tab.write("một")
    tab.pending(1)
    other.page.evaluate("localStorage.clear()")
    tab.becomes("localStorage.length > 0")
    other.close()
    tab.close()
    owner.online()

    owner.open().shows_once("xin chào", "một")


def test_words_written_before_the_slow_script_came_are_not_lost(owner: OwnerBrowser) -> None:
    held = hold(owner.context, "**/chat.js")
    tab = ChatTab(owner.context.new_page())
    tab.page.goto(owner.chat.url, wait_until="commit")
    tab.page.locator("#words").press_sequentially("một")
    tab.page.locator("#words").press("Enter")
    tab.page.locator("#send").click(force=True)
    tab.page.wait_for_timeout(200)
    held[0].continue_()

    owner.is_ready(tab)
    tab.draft("một\n")
    tab.page.locator("#send").click()
    tab.shows_once("một")


def test_a_button_pressed_offline_is_sent(owner: OwnerBrowser) -> None:
    tab = owner.open()
    owner.offline()
    tab.press("Gặp cán bộ")
    tab.reload()
    owner.online()
    tab.reload()

    tab.shows_once("Gặp cán bộ")


def test_full_memory_is_told_before_the_page_is_closed(owner: OwnerBrowser, tab: ChatTab) -> None:
    tab.page.evaluate(FULL_MEMORY)
    owner.offline()
    tab.write("một")
    tab.reads("khoan đóng trang")
    assert tab.leave()

    owner.online()

    tab.shows_once("xin chào", "một")
    owner.hears("xin chào", "một")
    assert not tab.leave()


def test_without_any_memory_it_is_a_chat_all_the_same(owner: OwnerBrowser) -> None:
    owner.context.add_init_script(NO_MEMORY)
    tab = owner.open()
    owner.offline()
    tab.write("một")
    tab.attach("nhan.pdf", b"%PDF-1.7")
    tab.write("hai")
    tab.pending(2)
    assert tab.leave()

    owner.online()

    tab.pending(0)
    owner.hears("một", "hai nhan.pdf")
    assert tab.errors == []


@pytest.mark.parametrize("wrong", WRONG_CLOCKS)
def test_a_wrong_clock_changes_nothing(owner: OwnerBrowser, wrong: str) -> None:
    owner.context.add_init_script(WRONG_CLOCKS[wrong] + SHIFTED)
    tab = owner.open()
    tab.write("xin chào")
    tab.reads("Đã nghe: xin chào")
    owner.offline()
    tab.write("một", "hai", "ba")
    tab.reload()
    owner.online()
    tab.reload()
    tab.write("bốn")

    tab.shows_once("xin chào", "một", "hai", "ba", "bốn")
    owner.hears("xin chào", "một", "hai", "ba", "bốn")


def test_a_cookie_that_is_gone_costs_no_message(owner: OwnerBrowser, tab: ChatTab) -> None:
    owner.offline()
    tab.write("một")
    owner.context.clear_cookies()
    owner.online()
    tab.write("hai")

    tab.pending(0)
    owner.hears("xin chào", "một", "hai")


def test_cookies_that_never_stay_are_told_and_do_not_hammer_the_server(
    owner: OwnerBrowser, chat: ChatServer
) -> None:
    tab = owner.open()
    tab.page.route(
        "**/chat/messages", lambda route: route.fulfill(status=401, body='{"error": "?"}')
    )
    tab.write("một")
    tab.notes("cookie")
    tab.page.unroute("**/chat/messages")

    tab.shows_once("một")
    assert len(chat.trouble.posts) == 1


def test_a_file_chosen_offline_outlives_the_page(owner: OwnerBrowser, tab: ChatTab) -> None:
    owner.offline()
    tab.attach("nhan.pdf", b"%PDF" + b"x" * 100_000)
    tab.write("gửi nhãn")
    tab.write("rồi tin sau")
    tab.pending(2)
    tab.becomes("document.querySelector('.state').innerText.includes('Đang')")
    assert not tab.leave()
    owner.online()

    again = owner.open()

    again.pending(0)
    owner.hears("xin chào", "gửi nhãn nhan.pdf", "rồi tin sau")
    again.becomes(
        "indexedDB.databases().then(async (all) => !all.length || await new Promise((done) => {"
        "  const opening = indexedDB.open('donghanh');"
        "  opening.onsuccess = () => {"
        "    const count = opening.result.transaction('files').objectStore('files').count();"
        "    count.onsuccess = () => done(count.result === 0);"
        "  };"
        "}))"
    )


def test_files_that_cannot_be_kept_are_asked_for_again_with_the_words_kept(
    owner: OwnerBrowser, tab: ChatTab
) -> None:
    owner.context.add_init_script("IDBFactory.prototype.open = () => { throw new Error(); }")
    tab.reload()
    owner.is_ready(tab)
    owner.offline()
    tab.attach("nhan.pdf", b"%PDF-1.7")
    tab.write("gửi nhãn")
    tab.reads("khoan đóng trang")
    assert tab.leave()
    tab.close()
    owner.online()

    again = owner.open()
    again.reads("chọn lại tệp")
    again.reads("gửi nhãn")
    again.reads("nhan.pdf")
    with again.page.expect_file_chooser() as chooser:
        again.press("Chọn lại tệp")
    again.draft("gửi nhãn")
    chooser.value.set_files(
        [{"name": "nhan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}]
    )
    again.page.locator("#send").click()

    again.pending(0)
    owner.hears("xin chào", "gửi nhãn nhan.pdf")
    assert again.kept() == []


def test_a_page_frozen_by_the_phone_sends_when_it_is_looked_at_again(
    owner: OwnerBrowser, tab: ChatTab
) -> None:
    phone = owner.context.new_cdp_session(tab.page)
    owner.offline()
    tab.write("một")
    phone.send("Page.setWebLifecycleState", {"state": "frozen"})
    owner.online()
    phone.send("Page.setWebLifecycleState", {"state": "active"})
    tab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    tab.shows_once("xin chào", "một")
    owner.hears("xin chào", "một")


def test_a_page_put_aside_and_brought_back_goes_on(owner: OwnerBrowser, tab: ChatTab) -> None:
    owner.offline()
    tab.write("một")
    tab.page.evaluate(
        "for (const kind of ['pagehide', 'pageshow'])"
        "  dispatchEvent(new PageTransitionEvent(kind, { persisted: true }))"
    )
    owner.online()
    tab.write("hai")

    tab.shows_once("xin chào", "một", "hai")
    owner.hears("xin chào", "một", "hai")


DEAF = """
    const Real = EventSource;
    window.sources = [];
    window.EventSource = class extends Real {
        constructor(...given) { super(...given); sources.push(this); }
        addEventListener(kind, hear) { super.addEventListener(kind, (e) => this.deaf || hear(e)); }
    };
    for (const state of ["CONNECTING", "OPEN", "CLOSED"]) EventSource[state] = Real[state];
"""


def test_a_line_that_died_without_a_word_is_noticed(owner: OwnerBrowser) -> None:
    owner.context.add_init_script(DEAF)
    tab = owner.open()
    tab.page.evaluate("for (const source of sources) source.deaf = true")
    tab.write("một")

    tab.shows_once("một")
    tab.reads("Đã nghe: một")
