"""Kept replies on their own pages, and filled beside the reply of a case."""

import re
from collections.abc import Callable

from bot.house import House
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

TEXT = "Kính gửi {tên}, yêu cầu {mã}: {cán bộ} ({đơn vị}) trả lời trước {giờ hẹn}. <b>"


def keep(browser: OfficerBrowser, title: str, text: str = TEXT) -> str:
    browser.get("/replies")
    return browser.post("/replies", {"title": title, "text": text}).text


def test_a_kept_reply_is_read_as_it_would_be_sent(lan: OfficerBrowser, request_id: int) -> None:
    assert "Đã lưu câu mẫu." in keep(lan, "Hẹn giờ")
    page = lan.get(f"/requests/{request_id}/replies?q=hen gio").text
    (words,) = re.findall(r'data-insert="([^"]*)"', page)
    assert words.startswith("Kính gửi Công ty Đồ Chơi Gỗ, yêu cầu HT-26-")
    assert "Nguyễn Thị Lan (" in words
    assert "{" not in words
    assert words.endswith("&lt;b&gt;")
    assert "data-insert" not in lan.get(f"/requests/{request_id}/replies?q=nhan").text


def test_a_wrong_field_is_told_when_it_is_kept_and_the_words_stay(lan: OfficerBrowser) -> None:
    page = keep(lan, "Sai", "Chào {tuổi}")
    assert "Không có chỗ điền nào tên “{tuổi}”" in page
    assert ">Chào {tuổi}</textarea>" in page


def test_only_people_of_the_office_find_change_and_remove_its_replies(
    sign_in: SignIn, lan: OfficerBrowser, staffed: House, request_id: int
) -> None:
    keep(lan, "Của TĐC")
    (path,) = re.findall(r'href="/console(/replies/\d+)"', lan.get("/replies").text)

    other = sign_in("tri.tue")
    assert "Của TĐC" not in other.get("/replies").text
    assert "Của TĐC" not in other.get("/replies?office=tdc").text
    assert other.get(path).status_code == 404
    assert other.get(f"/requests/{request_id}/replies").status_code == 404
    assert "Của TĐC" in sign_in("lanh.dao").get("/replies?office=tdc").text

    minh = sign_in("minh")
    minh.get(path)
    page = minh.post(path, {"title": "Của TĐC", "text": "Ngắn hơn, {tên}."}).text
    assert "Ngắn hơn" in page
    assert "Lê Văn Minh" in page
    minh.get(path)
    assert "Đã bỏ câu mẫu." in minh.post(f"{path}/remove").text
    assert "Của TĐC" not in lan.get("/replies").text


def test_a_reply_that_a_colleague_changed_meanwhile_is_not_overwritten(
    sign_in: SignIn, lan: OfficerBrowser
) -> None:
    keep(lan, "Chung")
    (path,) = re.findall(r'href="/console(/replies/\d+)"', lan.get("/replies").text)
    minh = sign_in("minh")
    minh.get(path)
    lan.get(path)
    lan.post(path, {"title": "Chung", "text": "Lan viết"})
    page = minh.post(path, {"title": "Chung", "text": "Minh viết"}).text
    assert "Đồng nghiệp vừa sửa câu mẫu này" in page
    assert ">Minh viết</textarea>" in page
    assert "Lan viết" in lan.get("/replies").text
