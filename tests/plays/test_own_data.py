"""Plays: an owner speaks of his data in words of his own."""

import pytest

from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine


@pytest.mark.parametrize(
    "words",
    [
        "thôi bỏ số của bác đi con",
        "quên hết chuyện nãy giờ nha",
        "đừng có giữ tên chú nữa",
        "tui không muốn bên em lưu số tui",
    ],
)
def test_erasing_is_asked_about_and_never_done_at_once(owner: Contact, words: str) -> None:
    reply = owner.says(words).replies[-1]
    assert "chắc chắn muốn xóa" in reply.text
    assert [choice.title for choice in reply.choices] == ["Xóa hẳn", "Không xóa"]
    owner.says("Không xóa")
    seen = owner.says("con đang giữ cái gì của bác vậy").replies[0].text
    assert "**Tin nhắn trong cuộc trò chuyện này:** 5" in seen


def test_within_the_form_it_is_no_name_of_an_enterprise(owner: Contact) -> None:
    owner.says("tôi muốn gửi yêu cầu hỗ trợ")
    owner.says("nhờ hướng dẫn làm mã vạch cho bánh tráng")
    owner.says("Đúng rồi")
    assert "chắc chắn muốn xóa" in owner.says("đừng giữ số của chú nữa").replies[0].text


def test_who_wants_no_messages_is_told_who_writes_to_him(owner: Contact) -> None:
    said = owner.says("ngưng gửi thông báo cho chị đi")
    assert "không gửi tin quảng cáo" in said.replies[0].text
    assert [choice.title for choice in said.replies[0].choices] == ["Xóa thông tin"]


def test_below_the_list_a_bare_wish_to_erase_is_asked_about(owner: Contact) -> None:
    owner.says("bên em còn giữ số điện thoại của bác hông")
    asked = owner.says("xóa giùm bác hết đi, mấy bữa nay bị gọi quảng cáo quá trời")
    assert [choice.title for choice in asked.replies[0].choices] == ["Xóa hẳn", "Không xóa"]
    assert "vậy thôi" in owner.says("thôi đừng xóa").replies[0].text
