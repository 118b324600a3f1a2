"""Plays: what was not wished does not happen, and what was wished is not lost."""

import pytest

from bot.services.privacy.erasures import confirmation
from tests.support.stands.stage import Contact

pytestmark = pytest.mark.engine

NONE_OF_OURS = (
    "tôi muốn nghe nhạc",
    "phát nhạc cho tôi",
    "tôi cần một chuyến bay từ cam ranh đến sydney",
    "bán đất",
    "kêu con gái tôi về ăn cơm",
    "toi muon dat hai ve xem phim",
    "đặt giúp mình nồi lẩu thái cho sáu người",
    "xóa bản nhạc đó khỏi điện thoại",
    "bộ phim này đáng xem nhất năm",
)


@pytest.mark.parametrize("text", NONE_OF_OURS)
def test_what_is_none_of_ours_begins_nothing(owner: Contact, text: str) -> None:
    said = owner.says(text)

    assert said.understandings[0].outcome in ("out_of_scope", "chitchat", "handover", "clarify")
    assert owner.requests() == []


@pytest.mark.parametrize(
    "text",
    [
        "gặp cán bộ",
        "cho em gặp người thật",
        "gọi lại cho tôi",
        "để lại số 0912345678 gọi lại giúp",
        "goi lai giup em so 0912 345 678",
    ],
)
def test_a_plain_wish_for_a_person_is_done_at_once(owner: Contact, text: str) -> None:
    owner.plays((text, "handover"))

    assert len(owner.requests()) == 1


def doubted(owner: Contact, text: str) -> str:
    """The wish that a message is asked about."""
    said = owner.says(text)
    assert said.understandings[0].intent == "doubtful_wish", (text, said.understandings[0])
    assert owner.requests() == []
    return said.replies[0].text


def test_a_deed_without_its_object_is_asked_about_and_a_yes_does_it(owner: Contact) -> None:
    assert doubted(owner, "gọi") == "Anh/chị muốn gặp cán bộ phải không ạ?"

    owner.plays(("đúng rồi", "handover"))

    (request,) = owner.requests()
    assert request.question == "gọi\nđúng rồi"


def test_the_button_does_it_too(owner: Contact) -> None:
    doubted(owner, "gặp đi")

    owner.plays(("Gặp cán bộ", "handover"))

    assert len(owner.requests()) == 1


def test_a_no_asks_the_assistant_instead(owner: Contact) -> None:
    doubted(owner, "xóa giùm")

    said = owner.says("không")

    assert said.understandings[0].outcome in ("clarify", "handover", "out_of_scope")
    owner.plays(("HACCP là gì", "haccp-la-gi"))


def test_a_yes_later_is_no_yes_to_it(owner: Contact) -> None:
    doubted(owner, "gọi đi")

    owner.plays(("HACCP là gì", "haccp-la-gi"), ("vâng", "chitchat"))

    assert owner.requests() == []


def test_a_yes_begins_the_form_that_was_asked_about(owner: Contact) -> None:
    doubted(owner, "sửa lại")

    said = owner.says("vâng")

    assert "số điện thoại hoặc email mới" in said.replies[0].text
    owner.plays(("0900 000 789", "privacy"))


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("làm bài iso 9004", "Mức trưởng thành quản lý chất lượng"),
        ("làm bài iso 9001", "Sẵn sàng cho ISO 9001"),
        ("mo bai chuyen doi so", "Tự chấm chuyển đổi số"),
        ("tự đánh giá sở hữu trí tuệ", "Sở hữu trí tuệ và thương hiệu"),
        ("sản phẩm của tôi phải làm gì", "Sản phẩm của tôi phải làm gì?"),
    ],
)
def test_the_assessment_that_is_named_begins(owner: Contact, text: str, begun: str) -> None:
    said = owner.says(text)

    assert said.understandings[0].outcome == "assessment"
    assert said.replies[0].text.startswith(f"**{begun}**")


def test_words_that_fit_a_button_just_offered_are_not_doubted(owner: Contact) -> None:
    listed = owner.says("cho em xem thông tin của em bên mình đang giữ")
    assert [choice.title for choice in listed.replies[0].choices] == [
        "Sửa liên hệ",
        "Xóa thông tin",
    ]

    asked = owner.says("xóa giùm")

    assert asked.understandings[0].outcome == "privacy"
    assert asked.replies[0].text == confirmation(owner.stage.world.house.texts).text


def test_words_that_fit_a_button_begin_its_form(owner: Contact) -> None:
    owner.says("cho em xem thông tin của em bên mình đang giữ")

    said = owner.says("sửa lại")

    assert "số điện thoại hoặc email mới" in said.replies[0].text


def test_a_person_is_called_by_no_half_word_though_a_button_offers_one(owner: Contact) -> None:
    owner.plays(("HACCP là gì", "haccp-la-gi"))
    amends = owner.says("👎 Chưa đúng")
    assert "Gặp cán bộ" in [choice.title for choice in amends.replies[0].choices]

    doubted(owner, "gọi")


def test_words_that_may_leave_the_queue_ask_first(owner: Contact) -> None:
    owner.plays(("cho tôi gặp cán bộ", "handover"))

    said = owner.says("Vậy cái đơn mua hàng hủy giúp mình luôn nha hủy đi")

    (request,) = owner.requests()
    assert request.state != "closed", said.replies[0].text
