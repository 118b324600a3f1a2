"""The main job, seen by both people: an owner's page beside an officer's page."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PASSWORD = "con trâu trắng bên bờ sông"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PICTURES = Path("var/pictures")


class OwnerPage:
    """The web chat on a phone."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(f"{url}/")

    def write(self, text: str) -> None:
        self.page.locator("#words").fill(text)
        self.page.locator("#send").click()

    def reads(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator("#log > div").last).to_contain_text(words, timeout=20_000)

    def press(self, title: str) -> None:
        self.page.locator("#log").get_by_role("button", name=title, exact=True).last.click()

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png")


def become_administrator(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("[name=username]").fill("quantri")
    page.locator("[name=full_name]").fill("Nguyễn Thị Quản Trị")
    page.locator("[name=office]").select_option("tdc")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password_again]").fill(PASSWORD)
    page.locator("main button[type=submit], form button[type=submit]").last.click()
    if page.locator("[name=password]").count():
        page.locator("[name=username]").fill("quantri")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("form button[type=submit]").last.click()


def test_an_owner_asks_files_and_is_answered_by_an_officer(  # noqa: PLR0915  (one whole story)
    browser: Browser, installation: Installation
) -> None:
    owner = OwnerPage(browser.new_page(viewport=PHONE), installation.url)
    officer = browser.new_page(viewport=DESK)
    become_administrator(officer, installation.setup_link)

    # The owner asks, without accents, and gets an answer with its dated legal basis.
    owner.write("dang ky nhan hieu ton bao nhieu tien vay")
    owner.reads("1.360.000 đồng")
    owner.reads("Rà soát ngày")
    owner.picture("owner-answer")
    assert owner.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    # He files a request; the form asks only what is missing.
    owner.write("Em muốn nhờ sở hỗ trợ đăng ký nhãn hiệu cho trà sữa của tiệm em, ghi nhận giúp")
    owner.reads("đúng không ạ")
    owner.press("Đúng rồi")
    owner.reads("mã số thuế")
    owner.write("0100233489")
    owner.reads("chưa đúng")
    owner.write("0100233488")
    owner.reads("số điện thoại")
    owner.write("0900 000 123")
    owner.reads("gửi kèm")
    owner.page.locator("#files").set_input_files(
        {"name": "mau-nhan.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    owner.page.locator("#send").click()
    owner.reads("Đã nhận 1 file")
    owner.press("Xong, không còn")
    owner.reads("mau-nhan.png")
    owner.picture("owner-summary")
    owner.press("Gửi")
    owner.reads(re.compile(r"HT-26-[0-9A-Z]{5}"))
    code = re.search(r"HT-26-[0-9A-Z]{5}", owner.page.locator("#log > div").last.inner_text())
    assert code is not None

    # The officer finds it without reloading, opens it, claims it, and reads everything.
    officer.goto(f"{installation.url}/console/")
    officer.get_by_text(code[0]).first.click()
    expect(officer.locator("#messages")).to_contain_text("dang ky nhan hieu ton bao nhieu")
    expect(officer.locator("main")).to_contain_text("0100233488")
    expect(officer.locator("main")).to_contain_text("mau-nhan.png")
    officer.get_by_role("button", name="Nhận xử lý").click()
    expect(owner.page.locator("#log")).to_contain_text("Nguyễn Thị Quản Trị", timeout=20_000)

    # While the officer holds the conversation, the owner's words reach her and the bot is silent.
    before = owner.page.locator("#log > div").count()
    owner.write("ISO 9001 là gì vậy chị")
    expect(officer.locator("#messages")).to_contain_text("ISO 9001 là gì vậy chị", timeout=20_000)
    officer.locator("textarea[name=text]").fill("Chào em, chị gửi mẫu tờ khai, em điền giúp nhé.")
    officer.get_by_role("button", name="Gửi trả lời").click()
    owner.reads("chị gửi mẫu tờ khai")
    assert owner.page.locator("#log > div").count() == before + 2
    owner.picture("owner-officer-reply")
    officer.evaluate("window.scrollTo(0, 0)")
    officer.screenshot(path=PICTURES / "officer-case.png")
    officer.set_viewport_size(PHONE)
    officer.screenshot(path=PICTURES / "officer-case-phone.png")
    assert officer.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    officer.set_viewport_size(DESK)

    # Closing gives the conversation back and asks for a rating.
    officer.locator("summary", has_text="Đóng yêu cầu").click()
    officer.get_by_label("Đã trả lời").check()
    officer.locator("details[open] button[type=submit]", has_text="Đóng yêu cầu").click()
    expect(owner.page.locator("#log")).to_contain_text(code[0], timeout=20_000)
    owner.page.locator("#log > div").last.get_by_role("button").last.click()
    owner.reads("Cảm ơn")
    owner.write("5S là gì vậy em")
    owner.reads("Sàng lọc")
    officer.goto(f"{installation.url}/console/")
    officer.screenshot(path=PICTURES / "officer-list.png")


def test_the_page_keeps_the_conversation_over_a_reload(
    browser: Browser, installation: Installation
) -> None:
    owner = OwnerPage(browser.new_page(viewport=PHONE), installation.url)
    owner.write("HACCP là gì")
    owner.reads("HACCP")
    owner.page.reload()
    expect(owner.page.locator("#log")).to_contain_text("HACCP là gì")
    owner.write("cảm ơn em")
    owner.reads("không có chi")


def test_a_killed_application_loses_no_word_of_an_open_page(
    browser: Browser, installation: Installation
) -> None:
    owner = OwnerPage(browser.new_page(viewport=PHONE), installation.url)
    owner.write("xin chào")
    owner.reads("Đồng Hành")
    installation.kill("application")
    owner.write("mã vạch 893 là của nước nào")
    owner.reads("893")
    installation.wait_until_ready()


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
"""The smallest PNG."""
