"""How the owner is reached, in the request form and in the correction: as given, or another way."""

from collections.abc import Callable

import pytest

from bot.domain.input.lengths import REACH
from tests.support.stands.form_stand import FormStand, filed_by

Owners = Callable[..., FormStand]

WISH = "Cơ sở em làm bánh tráng 12 người, muốn được hướng dẫn làm 5S ở xưởng"


@pytest.fixture
def owner(owners: Owners) -> FormStand:
    owner = owners().begins(WISH).says("/affirm").presses("Chưa có doanh nghiệp")
    assert owner.wants == "request_reach"
    return owner


def long_email(length: int) -> str:
    """An address of so many letters, each of its parts within what is allowed."""
    rest = length - len("lan@.vn")
    labels = ["a" * 60] * (rest // 61)
    labels.append("b" * (rest - 61 * len(labels)) or "c")
    return f"lan@{'.'.join(labels)}.vn"


@pytest.mark.parametrize(
    ("text", "kept", "phone", "email"),
    [
        ("+82 10-1234-5678", "+821012345678", "+821012345678", ""),
        ("0912.345.678 gặp chị Lan", "0912345678", "0912345678", ""),
        ("0276 3822 123 máy lẻ 12", "02763822123 ext 12", "02763822123 ext 12", ""),
        ("lan @ gmail . com", "lan@gmail.com", "", "lan@gmail.com"),
        ("chat@gmail.com", "chat@gmail.com", "", "chat@gmail.com"),
        (
            "0912345678, mail lan@congty.vn",
            "0912345678, lan@congty.vn",
            "0912345678",
            "lan@congty.vn",
        ),
    ],
)
def test_an_address_is_filed_and_shown_as_given(
    owner: FormStand, text: str, kept: str, phone: str, email: str
) -> None:
    owner.says(text).presses("Không có file")
    assert f"**Liên hệ:** {kept}\n" in owner.last.text

    request = filed_by(owner.presses("Gửi"))

    assert request.reach == kept
    assert (request.contact.phone, request.contact.email) == (phone, email)


def test_an_old_number_is_renumbered_and_the_owner_is_told(owner: FormStand) -> None:
    owner.says("0168 345 6789")

    assert owner.slots["request_reach"] == "0383456789"
    assert "đầu số mới" in owner.last.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("0912 345 67", "chưa đúng"),
        ("lan@gmail", "Email này chưa đúng"),
        ("0100109106", "giống mã số thuế"),
        (long_email(230), "dài quá"),
    ],
)
def test_what_is_no_address_is_asked_for_again_with_the_reason(
    owner: FormStand, text: str, told: str
) -> None:
    owner.says(text)

    assert owner.wants == "request_reach"
    assert told in owner.last.text


@pytest.mark.parametrize("length", [REACH - 1, REACH])
def test_an_email_up_to_the_limit_is_filed(owner: FormStand, length: int) -> None:
    email = long_email(length)
    assert len(email) == length

    request = filed_by(owner.says(email).presses("Không có file").presses("Gửi"))

    assert request.reach == request.contact.email == email


def test_after_two_tries_what_was_typed_may_be_kept(owner: FormStand) -> None:
    owner.says("066 123 4567").says("066 123 4567, số mới")
    assert owner.buttons == ["Giữ như đã gõ", "Trả lời ở đây", "Hủy"]

    request = filed_by(owner.presses("Giữ như đã gõ").presses("Không có file").presses("Gửi"))

    assert request.reach == "066 123 4567, số mới"
    assert request.contact.phone == ""


def test_what_is_never_understood_is_answered_in_the_chat(owner: FormStand) -> None:
    for _ in range(4):
        owner.says("lan@gmail")

    assert owner.wants == "request_files"
    assert "ngay trong cuộc trò chuyện này" in owner.last.text


@pytest.mark.parametrize("text", ["nhắn ở đây thui khỏi gọi", "liên hệ qua chat này được rồi"])
def test_who_says_so_is_answered_in_the_chat(owner: FormStand, text: str) -> None:
    assert owner.says(text).slots["request_reach"] == "chat"


@pytest.mark.parametrize("text", ["Nguyễn Văn Mẫu", "gọi điện thoại cho nhanh"])
def test_other_words_are_not_taken_for_it(owner: FormStand, text: str) -> None:
    assert owner.says(text).wants == "request_reach"


def test_a_correction_is_read_in_the_same_way(owners: Owners) -> None:
    owner = owners("correction_form").begins(intent="privacy_correct")
    owner.says("lan@gmail")
    assert "Email này chưa đúng" in owner.last.text
    owner.says(long_email(230))
    assert "Gặp cán bộ" in owner.buttons

    owner.says("+82 10-1234-5678")

    assert owner.wants == ""
    assert "+821012345678" in owner.last.text


@pytest.mark.parametrize(
    "words",
    [
        "nhắn lại cho anh ở đây là được rồi",
        "anh ngại nghe điện thoại lắm",
        "khỏi gọi, trả lời luôn trong này đi",
        "anh không muốn bị gọi",
        "chị sợ nghe điện thoại lắm",
    ],
)
@pytest.mark.parametrize("intent", ["inform", "handover", "privacy_withdraw"])
def test_who_wants_no_call_is_answered_here(owner: FormStand, words: str, intent: str) -> None:
    owner.says(words, intent)
    assert owner.slots["request_reach"] == "chat"


@pytest.mark.parametrize(
    "words",
    [
        "số này không gọi được",
        "nhận hàng ở Bến Lức",
        "số nào gọi cũng được",
        "đừng nhắn, gọi đi",
        "dùng zalo gọi nhé",
        "sở gọi điện cho em",
        "khỏi chat, gọi điện cho nhanh",
        "không muốn nhắn, gọi điện đi",
        "Trung tâm Bảo Đầy",
    ],
)
def test_other_words_on_calls_and_receiving_are_asked_again(owner: FormStand, words: str) -> None:
    owner.says(words)
    assert owner.wants == "request_reach"
