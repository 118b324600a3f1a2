"""The server refuses: for a while, and the page comes back by itself; for good, and words stay."""

import pytest

from bot.channels.web.limits import MESSAGES_AT_ONCE
from tests.support.stands.chat_server import ChatServer
from tests.support.stands.owner_browser import ChatTab, OwnerBrowser

pytestmark = pytest.mark.browser

SIGN_IN_PAGE = "<html>Wi-Fi: please sign in</html>"


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (500, {}),
        (502, {"Content-Type": "text/html"}),
        (503, {"Retry-After": "1"}),
        (404, {"Content-Type": "text/html"}),
        (200, {"Content-Type": "text/html"}),
        (302, {"Location": "/"}),
        (429, {}),
        (429, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}),
        (429, {"Retry-After": "0"}),
    ],
)
def test_trouble_that_passes_costs_only_time(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab, status: int, headers: dict[str, str]
) -> None:
    chat.trouble.turn(status=status, times=2, headers=headers, body=SIGN_IN_PAGE)
    tab.write("một", "hai")
    tab.notes("Máy chủ đang bận")

    tab.shows_once("xin chào", "một", "hai")
    owner.hears("xin chào", "một", "hai")
    tab.becomes("document.querySelector('#notice').hidden")


def test_a_page_waits_as_long_as_it_is_told_and_then_sends_by_itself(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    chat.refuse(429, "Xin chờ 2 giây, tin sẽ tự gửi.", headers={"Retry-After": "2"})
    tab.write("một", "hai")
    tab.notes("Xin chờ 2 giây")
    asked = len(chat.trouble.posts)
    tab.page.wait_for_timeout(1000)
    tab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    tab.page.wait_for_timeout(500)
    assert len(chat.trouble.posts) == asked
    chat.recover()

    tab.shows_once("xin chào", "một", "hai")
    owner.hears("xin chào", "một", "hai")


def test_more_than_the_server_takes_at_once_is_sent_a_little_later(
    owner: OwnerBrowser, tab: ChatTab
) -> None:
    others = [f"tin {number}" for number in range(MESSAGES_AT_ONCE - 1)]
    # Faster than anybody types: what comes back meanwhile must not be enough for the rest.
    tab.posts(*others)
    tab.write("một", "hai", "ba")
    tab.notes("hơi nhanh")

    tab.pending(0)
    owner.hears("xin chào", *others, "một", "hai", "ba")


def test_refused_for_good_keeps_its_words_and_lets_the_others_pass(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    chat.refuse(422, "Yêu cầu không hợp lệ.", times=1)
    tab.write("một")
    tab.reads("Yêu cầu không hợp lệ.")
    tab.write("hai")
    tab.reads("Đã nghe: hai")
    tab.reload()
    tab.reads("Yêu cầu không hợp lệ.")
    tab.reads("một")
    owner.hears("xin chào", "hai")

    tab.press("Gửi lại")

    tab.shows_once("xin chào", "hai", "một")
    owner.hears("xin chào", "hai", "một")
    assert tab.kept() == []


def test_refused_for_good_by_a_proxy_says_so_in_our_own_words(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    chat.refuse(413, times=1)
    tab.write("một")
    tab.reads("Chưa gửi được")
    tab.press("Gửi lại")

    tab.shows_once("xin chào", "một")


def test_what_was_refused_may_be_dropped(
    owner: OwnerBrowser, chat: ChatServer, tab: ChatTab
) -> None:
    chat.refuse(422, "Yêu cầu không hợp lệ.", times=1)
    tab.write("một")
    tab.press("Bỏ tin này")
    tab.pending(0)
    assert tab.kept() == []

    tab.reload()
    tab.shows_once("xin chào")


def test_an_empty_message_stays_where_it_is(owner: OwnerBrowser, tab: ChatTab) -> None:
    tab.write("   ", "\n")
    tab.pending(0)
    tab.write("\u200b")
    tab.reads("chưa nhập nội dung")
    owner.hears("xin chào")


def test_too_long_words_cannot_be_typed_and_none_is_cut_off_in_secret(
    owner: OwnerBrowser, tab: ChatTab
) -> None:
    tab.page.locator("#words").evaluate("(box) => { box.value = 'x'.repeat(4001); }")
    tab.page.locator("#send").click()
    tab.reads("dài quá 4.000 ký tự")
    assert len(tab.page.locator("#log .failed .typed").inner_text()) == 4001


def test_a_file_of_a_kind_that_is_not_taken_stays_with_its_words(
    owner: OwnerBrowser, tab: ChatTab
) -> None:
    tab.attach("a.exe", b"MZ", "application/octet-stream")
    tab.write("nhãn đây ạ")
    tab.reads("a.exe")
    tab.reads("chưa nhận")
    tab.reload()

    tab.reads("nhãn đây ạ")
    tab.reads("chưa nhận")
    tab.press("Bỏ tin này")
    tab.shows_once("xin chào")
