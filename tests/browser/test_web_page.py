"""What the owner's page offers around the talk: menu, search, his own list, tools, erasure."""

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page, expect

from bot import signals
from bot.domain.talk.messages import Choice, OutgoingMessage
from bot.domain.talk.understanding import Outcome, Understanding
from bot.house import House
from bot.services.messaging.transcript import Author, TranscriptService
from bot.services.privacy.privacy import PrivacyService
from bot.services.requests.requests import RequestDraft, RequestService
from bot.storage.models import Conversation
from tests.support.stands.owner_browser import PATIENCE, ChatTab, OwnerBrowser

pytestmark = pytest.mark.browser

ANSWER = "Mất **5 tháng**.\n\n> Căn cứ · Rà soát ngày 24/11/2026\n> - Luật 131/2025/QH15"

PRINTS = "window.printed = 0; window.print = () => { window.printed += 1; }; 0"

LOOKED_AWAY = """
    Object.defineProperty(document, "hidden", { get: () => window.looksAway === true });
"""

NOTIFICATIONS = """
    window.notified = [];
    window.Notification = class extends EventTarget {
        static permission = "default";
        static async requestPermission() { return (Notification.permission = "granted"); }
        constructor(title, options) { super(); window.notified.push([title, options.body]); }
        close() {}
    };
"""

HEARD = """
    window.SpeechRecognition = class extends EventTarget {
        start() { window.recognition = this; }
        stop() { this.dispatchEvent(new Event("end")); }
        hear(words) {
            const event = new Event("result");
            event.results = [[{ transcript: words }]];
            event.resultIndex = 0;
            this.dispatchEvent(event);
        }
        fail(error) {
            this.dispatchEvent(Object.assign(new Event("error"), { error }));
            this.stop();
        }
    };
"""

Say = Callable[..., None]


@pytest.fixture
def say(house: House, tab: ChatTab) -> Say:
    """Says something to the owner of the only chat."""

    def words(
        text: str,
        author: Author = Author.BOT,
        choices: Sequence[Choice] = (),
        understanding: Understanding | None = None,
    ) -> None:
        with house.database.transaction() as session:
            conversation = session.query(Conversation).one()
            TranscriptService(session).say(
                conversation,
                OutgoingMessage(text=text, choices=list(choices)),
                author=author,
                cause=f"said:{text[:60]}",
                now=house.clock(),
                understanding=understanding,
            )
            moved = signals.conversation(conversation.id)
        house.signals.notify(moved)

    return words


@pytest.fixture
def answered(say: Say, tab: ChatTab) -> ChatTab:
    """A page whose newest message is an answer from an article."""
    thumb = Choice(title="👍 Đúng ý", payload='/rate_answer{"verdict":"up","article":"a"}')
    say(
        ANSWER,
        choices=[Choice(title="Chi tiết", payload="/show_detail"), thumb],
        understanding=Understanding(outcome=Outcome.ANSWER, article="a"),
    )
    tab.reads("Mất 5 tháng")
    return tab


def opened_menu(page: Page) -> None:
    page.get_by_role("button", name="Menu", exact=True).click()
    expect(page.get_by_role("dialog", name="Menu")).to_be_visible()


def test_the_menu_holds_every_topic_and_what_is_pressed_there_is_asked(tab: ChatTab) -> None:
    opened_menu(tab.page)
    tab.page.locator("#topics summary", has_text="Mã số mã vạch").click()
    question = tab.page.locator("#topics details[open] button").first
    words = question.inner_text()
    question.click()

    expect(tab.page.get_by_role("dialog")).to_be_hidden()
    tab.shows_once("xin chào", words)


def test_the_menu_is_left_by_the_keyboard_and_gives_the_focus_back(tab: ChatTab) -> None:
    tab.page.locator("#open-menu").focus()
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_role("dialog", name="Menu")).to_be_visible()
    tab.page.keyboard.press("Escape")

    expect(tab.page.get_by_role("dialog")).to_be_hidden()
    expect(tab.page.locator("#open-menu")).to_be_focused()


def test_without_a_network_the_menu_says_so_and_its_actions_wait(
    owner: OwnerBrowser, tab: ChatTab
) -> None:
    owner.offline()
    opened_menu(tab.page)
    expect(tab.page.locator("#topics-note")).to_contain_text("Chưa tải được", timeout=PATIENCE)
    tab.page.locator("#acts button", has_text="Gặp cán bộ").click()
    tab.pending(1)
    owner.online()

    tab.shows_once("xin chào", "Gặp cán bộ")


def test_words_are_found_without_diacritics_and_shown(answered: ChatTab) -> None:
    opened_menu(answered.page)
    answered.page.locator("#wanted").fill("LUAT 131")
    expect(answered.page.locator("#found-count")).to_have_text("Tìm thấy 1 tin")
    answered.page.locator("#found button").click()

    expect(answered.page.get_by_role("dialog")).to_be_hidden()
    expect(answered.page.locator(".message.sought")).to_contain_text("5 tháng")


def test_words_that_nobody_said_are_not_found(answered: ChatTab) -> None:
    opened_menu(answered.page)
    answered.page.locator("#wanted").fill("<b>không có</b>")
    expect(answered.page.locator("#found-count")).to_contain_text("Không thấy")
    answered.page.locator("#wanted").fill("   ")
    expect(answered.page.locator("#found-count")).to_be_hidden()


def test_what_is_mine_stands_in_one_list(house: House, tab: ChatTab) -> None:
    opened_menu(tab.page)
    tab.page.locator("#mine summary").click()
    expect(tab.page.locator("#mine-note")).to_contain_text("Chưa có yêu cầu")
    tab.page.keyboard.press("Escape")

    tab.attach("nhan.pdf", b"%PDF" + b"x" * 1000)
    tab.write("gửi nhãn")
    tab.reads("nhan.pdf")
    tab.pending(0)
    code = filed(house)

    opened_menu(tab.page)
    tab.page.locator("#mine summary").click()
    expect(tab.page.locator("#mine-lists")).to_contain_text("nhan.pdf")
    tab.page.locator("#mine-lists button", has_text=code).click()

    tab.reads(f"Yêu cầu {code} tới đâu rồi?")


def test_an_answer_is_copied_with_what_is_folded(owner: OwnerBrowser, answered: ChatTab) -> None:
    owner.context.grant_permissions(["clipboard-read", "clipboard-write"])
    answered.press("Sao chép")
    answered.reads("Đã chép")

    copied = answered.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Mất 5 tháng.")
    assert "Luật 131/2025/QH15" in copied
    expect(answered.page.locator("#log details")).not_to_have_attribute("open", "")


def test_only_answers_and_officers_words_carry_tools(say: Say, answered: ChatTab) -> None:
    expect(answered.page.locator(".tools")).to_have_count(1)
    say("Chị gửi mẫu nhãn nhé", Author.OFFICER)
    answered.reads("Chị gửi mẫu nhãn nhé")
    expect(answered.page.locator(".tools")).to_have_count(2)


def test_a_thumb_stands_among_the_tools_and_is_pressed_there(answered: ChatTab) -> None:
    expect(answered.page.locator(".choices:not(.past) button")).to_have_text(["Chi tiết"])
    answered.press("👍 Đúng ý")
    answered.shows_once("xin chào", "👍 Đúng ý")


def test_printing_unfolds_the_talk_and_one_answer_alone(
    owner: OwnerBrowser, answered: ChatTab
) -> None:
    answered.page.evaluate(PRINTS)
    answered.press("In")
    answered.becomes("window.printed === 1")
    answered.page.emulate_media(media="print")
    answered.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(answered.page.locator("#log details")).to_have_attribute("open", "")
    expect(answered.page.get_by_text("Mất 5 tháng")).to_be_visible()
    expect(answered.page.locator("#log .owner")).to_be_hidden()
    expect(answered.page.locator("#composer")).to_be_hidden()

    answered.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(answered.page.locator("#log details")).not_to_have_attribute("open", "")
    expect(answered.page.locator("#log .owner")).to_be_visible()


def test_an_officer_s_answer_is_told_to_who_looks_elsewhere(owner: OwnerBrowser, say: Say) -> None:
    owner.context.add_init_script(LOOKED_AWAY + NOTIFICATIONS)
    tab = owner.open()
    opened_menu(tab.page)
    tab.page.locator("#call").click()
    expect(tab.page.locator("#call-note")).to_contain_text("trình duyệt sẽ báo")
    tab.page.keyboard.press("Escape")
    title = tab.page.title()

    tab.page.evaluate("window.looksAway = true")
    say("Mẫu nhãn được rồi", Author.OFFICER)
    tab.reads("Mẫu nhãn được rồi")
    assert tab.page.title() == f"Tin mới (1) · {title}"
    tab.becomes("window.notified.length === 1")

    tab.page.evaluate("window.looksAway = false")
    tab.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert tab.page.title() == title


def test_who_did_not_ask_for_it_gets_no_notification(owner: OwnerBrowser, say: Say) -> None:
    owner.context.add_init_script(LOOKED_AWAY + NOTIFICATIONS)
    tab = owner.open()
    tab.page.evaluate("window.looksAway = true")
    say("Mẫu nhãn được rồi", Author.OFFICER)
    tab.reads("Mẫu nhãn được rồi")
    assert tab.page.title().startswith("Tin mới (1)")
    assert tab.page.evaluate("window.notified") == []


def test_spoken_words_stand_in_the_composer_and_are_not_sent(owner: OwnerBrowser) -> None:
    owner.context.add_init_script(HEARD)
    tab = owner.open()
    tab.type("cho hỏi")
    tab.page.locator("#speak").click()
    tab.notes("Đang nghe")
    assert tab.page.evaluate("window.recognition.lang") == "vi-VN"
    tab.page.evaluate("window.recognition.hear('phí mã vạch')")
    tab.draft("cho hỏi phí mã vạch")
    tab.page.locator("#speak").click()
    expect(tab.page.locator("#notice")).to_be_hidden()

    tab.page.locator("#speak").click()
    tab.page.evaluate("window.recognition.fail('not-allowed')")
    tab.notes("chưa cho dùng micro")
    owner.hears()


def test_a_browser_that_hears_nothing_shows_no_microphone(owner: OwnerBrowser) -> None:
    owner.context.add_init_script(
        "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"
    )
    expect(owner.open().page.locator("#speak")).to_be_hidden()


def test_what_was_erased_leaves_one_line_and_no_live_button(
    house: House, say: Say, answered: ChatTab
) -> None:
    erase(house)
    say(house.texts.say("privacy.erased"))

    answered.reads("Các tin trước đây đã được xóa")
    answered.shows_once()
    answered.reload()
    answered.reads("Các tin trước đây đã được xóa")
    expect(answered.page.locator("#log .message")).to_have_count(1)
    expect(answered.page.locator("#log .choices")).to_have_count(0)


def filed(house: House) -> str:
    """The code of a request of the only chat."""
    draft = RequestDraft(
        topic="ma_so_ma_vach",
        office="tdc",
        question="hỏi về mã vạch",
        promised_at=house.clock(),
    )
    with house.database.transaction() as session:
        conversation = session.query(Conversation).one()
        service = RequestService(session)
        return service.file(conversation.id, draft, cause="in:9999", now=house.clock()).code


def erase(house: House) -> None:
    """Erases the only chat."""
    words = house.texts.say("privacy.erased_text")
    with house.database.transaction() as session:
        conversation = session.query(Conversation).one()
        PrivacyService(session, house.settings.files_dir).erase(
            conversation.id, words=words, now=house.clock()
        )
