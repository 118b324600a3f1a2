"""Several tabs of one browser: each message once, in order, whoever is closed; drafts apart."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.support.stands.chat_server import ChatServer
from tests.support.stands.owner_browser import ChatTab, OwnerBrowser

pytestmark = pytest.mark.browser


def in_order(heard: list[str], *texts: str) -> bool:
    return [text for text in heard if text in texts] == list(texts)


def hears_all(owner: OwnerBrowser, chat: ChatServer, tab: ChatTab, *texts: str) -> list[str]:
    # A page that has just opened shows nothing as pending until it has taken over what others left.
    owner.hears_of("xin chào", *texts)
    tab.pending(0)
    for text in texts:
        tab.reads(text)
    heard = chat.heard()
    assert sorted(heard) == sorted(["xin chào", *texts])
    return heard


def test_two_tabs_write_offline_and_one_is_closed(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    other = owner.open()
    owner.offline()
    tab.write("a1")
    other.write("b1")
    tab.write("a2")
    other.write("b2", "b3")
    assert not tab.leave()
    owner.online()

    heard = hears_all(owner, chat, other, "a1", "a2", "b1", "b2", "b3")
    assert in_order(heard, "a1", "a2")
    assert in_order(heard, "b1", "b2", "b3")
    assert other.kept() == []


def test_two_tabs_write_offline_and_both_stay(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    other = owner.open()
    owner.offline()
    tab.write("a1", "a2")
    other.write("b1", "b2")
    owner.online()

    for page in (tab, other):
        heard = hears_all(owner, chat, page, "a1", "a2", "b1", "b2")
    assert in_order(heard, "a1", "a2")
    assert in_order(heard, "b1", "b2")


def test_two_tabs_are_both_closed_and_a_third_sends_for_them(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    other = owner.open()
    owner.offline()
    tab.write("a1")
    other.write("b1")
    tab.write("a2")
    tab.close()
    other.close()
    owner.online()

    heard = hears_all(owner, chat, owner.open(), "a1", "a2", "b1")
    assert in_order(heard, "a1", "a2")


def test_a_page_that_came_without_https_has_no_locks_and_loses_nothing_either(
    owner: OwnerBrowser, chat: ChatServer
) -> None:
    owner.context.add_init_script(
        "Object.defineProperty(navigator, 'locks', { value: undefined });"
        "Object.defineProperty(crypto, 'randomUUID', { value: undefined });"
    )
    tab, other = owner.open(), owner.open()
    tab.write("xin chào")
    tab.shows_once("xin chào")
    owner.offline()
    tab.write("a1")
    other.write("b1")
    tab.write("a2")
    tab.type("viết dở")
    assert not tab.leave()
    owner.online()

    assert in_order(hears_all(owner, chat, other, "a1", "a2", "b1"), "a1", "a2")
    owner.open().draft("viết dở")


def test_a_tab_that_crashes_is_missed_by_the_other(owner: OwnerBrowser, tab: ChatTab) -> None:
    other = owner.open()
    owner.offline()
    tab.write("a1")
    tab.pending(1)
    with suppress(Error):
        tab.page.goto("chrome://crash", timeout=3000)
    tab.close()
    owner.online()

    other.shows_once("xin chào", "a1")
    owner.hears("xin chào", "a1")


def test_what_one_tab_sends_the_others_leave_to_it(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    others = [owner.open() for _ in range(2)]
    chat.refuse(503, times=2)
    tab.write("một")

    for page in (tab, *others):
        page.shows_once("xin chào", "một")
    assert len(chat.trouble.posts) == 1 + 3  # the greeting; two in vain, and the one that is taken


def test_a_tab_and_its_duplicate_are_two(owner: OwnerBrowser, tab: ChatTab) -> None:
    owner.offline()
    tab.write("một")
    owner.online()
    tab.shows_once("xin chào", "một")
    with owner.context.expect_page() as opening:
        tab.page.evaluate("window.open('/', '_blank')")  # brings the memory of its opener along
    twin = ChatTab(opening.value)
    owner.is_ready(twin)
    twin.page.wait_for_timeout(500)
    tab.type("lời của thẻ đầu")
    twin.type("lời của thẻ sau")
    tab.reload()
    twin.reload()

    tab.draft("lời của thẻ đầu")
    twin.draft("lời của thẻ sau")


def test_every_tab_loads_however_many_are_open(owner: OwnerBrowser, tab: ChatTab) -> None:
    """A browser opens six connections to a host; each open stream holds one."""
    tabs = [tab, *(owner.open() for _ in range(7))]
    tabs[-1].write("một")
    tabs[-1].shows_once("xin chào", "một")
    tabs[0].notes("nhiều thẻ")

    tabs[0].page.dispatch_event("body", "pointerdown")

    tabs[0].shows_once("xin chào", "một")
    tabs[0].write("hai")
    tabs[0].reads("Đã nghe: hai")
    owner.hears("xin chào", "một", "hai")


def test_a_draft_outlives_a_reload_and_goes_with_its_message(
    owner: OwnerBrowser, tab: ChatTab
) -> None:
    tab.type("câu hỏi dài\nđang viết dở")
    tab.reload()
    tab.draft("câu hỏi dài\nđang viết dở")

    tab.page.locator("#send").click()
    tab.draft("")
    tab.reads("đang viết dở")
    tab.reload()
    tab.draft("")
    owner.is_ready(tab)
    assert tab.kept() == []


def test_a_draft_outlives_its_page(owner: OwnerBrowser, tab: ChatTab) -> None:
    tab.type("viết dở")
    assert not tab.leave()

    again = owner.open()
    again.draft("viết dở")
    again.type("")
    again.reload()
    again.draft("")
    assert again.kept() == []


def test_two_tabs_keep_two_drafts(owner: OwnerBrowser, tab: ChatTab) -> None:
    tab.type("của thẻ một")
    other = owner.open()
    other.page.wait_for_timeout(500)
    other.draft("")
    other.type("của thẻ hai")
    tab.type("của thẻ một, viết thêm")
    for page, words in ((tab, "của thẻ một, viết thêm"), (other, "của thẻ hai")):
        page.reload()
        page.draft(words)

    other.write("gửi đi")
    other.reads("Đã nghe: gửi đi")
    tab.reload()
    tab.draft("của thẻ một, viết thêm")
