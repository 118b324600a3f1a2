"""Nobody is asked for the same thing in the same way three times: every field of every form."""

from collections.abc import Callable

import pytest

from tests.support.stands.form_stand import FormStand

Owners = Callable[..., FormStand]

WISH = "Cơ sở em làm bánh tráng 12 người, muốn được hướng dẫn làm 5S ở xưởng"

TRIES = 9

FAILING = {
    "topic": "/skip",
    "question": "/skip",
    "enterprise": "0100109107",
    "enterprise in words": "?",
    "reach": "0912 345 67",
    "reach in words": "hả",
    "files": "hình hôm qua gửi rồi đó",
    "confirmed": "sao cũng được",
    "correction": "hả",
}


def at(owners: Owners, field: str) -> FormStand:
    """An owner who is asked for the field."""
    if field == "correction":
        return owners("correction_form").begins(intent="privacy_correct")
    owner = owners().begins()
    if field == "question":
        return owner
    owner.says(WISH)
    if field == "topic":
        return owner
    owner.says('/inform{"topic":"nang_suat"}')
    if field.startswith("enterprise"):
        return owner
    owner.presses("Chưa có doanh nghiệp")
    if field.startswith("reach"):
        return owner
    owner.presses("Trả lời ở đây")
    return owner if field == "files" else owner.presses("Không có file")


@pytest.mark.parametrize("field", FAILING)
def test_a_field_is_never_asked_for_three_times_in_the_same_way(owners: Owners, field: str) -> None:
    owner = at(owners, field)
    wanted, asked = owner.wants, [owner.last.text]
    assert wanted.endswith(field.partition(" ")[0]) or field == "correction"

    while owner.wants == wanted and len(asked) <= TRIES:
        asked.append(owner.says(FAILING[field]).last.text)

    for first, second, third in zip(asked, asked[1:], asked[2:], strict=False):
        assert not first == second == third
    assert len(set(asked)) > 2


@pytest.mark.parametrize("field", FAILING)
def test_the_second_failure_offers_a_way_out(owners: Owners, field: str) -> None:
    owner = at(owners, field)
    wanted, first = owner.wants, owner.last.text
    second = owner.says(FAILING[field]).last.text

    owner.says(FAILING[field])

    assert owner.wants == wanted
    assert owner.last.text not in (first, second)
    assert set(owner.buttons) > {"Hủy"}


@pytest.mark.parametrize("field", ["topic", "enterprise", "reach", "files"])
def test_what_may_stay_open_is_left_after_four(owners: Owners, field: str) -> None:
    owner = at(owners, field)
    wanted = owner.wants

    for _ in range(4):
        owner.says(FAILING[field])

    assert owner.wants not in (wanted, "")
    assert "bước cuối anh/chị sửa được" in owner.last.text


@pytest.mark.parametrize("field", ["question", "confirmed"])
def test_what_may_not_stay_open_is_never_filled_in_nor_sent(owners: Owners, field: str) -> None:
    owner = at(owners, field)
    wanted = owner.wants

    for _ in range(TRIES):
        owner.says(FAILING[field])

    assert owner.wants == wanted
    assert "Gặp cán bộ" in owner.buttons


def test_an_understood_answer_ends_the_count(owners: Owners) -> None:
    owner = at(owners, "enterprise")

    owner.says("0100109107").says("0100109106 Công ty Lan").says("0912 345 67")

    assert owner.buttons == ["Trả lời ở đây", "Hủy"]


def test_a_field_taken_up_again_is_asked_as_at_first(owners: Owners) -> None:
    owner = at(owners, "confirmed")

    owner.says("sao cũng được").says("sao cũng được").presses("Sửa doanh nghiệp")

    assert owner.buttons == ["Chưa có doanh nghiệp", "Hủy"]


def test_a_short_question_given_twice_is_the_question(owners: Owners) -> None:
    owner = at(owners, "question")

    owner.says("mộc").says("mộc")

    assert owner.slots["request_question"] == "mộc"


def test_the_topic_that_was_guessed_and_is_named_is_taken(owners: Owners) -> None:
    owner = owners().begins("nhờ sở giúp em đăng ký nhãn hiệu")
    guess = owner.slots["request_topic_guess"]

    owner.says("dang ky nhan hieu")

    assert owner.slots["request_topic"] == guess


def test_the_topic_that_was_guessed_and_is_denied_is_not_taken(owners: Owners) -> None:
    owner = owners().begins("nhờ sở giúp em đăng ký nhãn hiệu")

    owner.says("không phải nhãn hiệu")

    assert owner.slots.get("request_topic") is None
    assert "mảng nào" in owner.last.text


def test_a_long_question_is_kept_whole(owners: Owners) -> None:
    owner = at(owners, "question")
    words = "máy sấy hỏng " * 300

    assert owner.says(words).slots["request_question"] == words
