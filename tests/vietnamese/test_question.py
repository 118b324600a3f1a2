"""What sounds like a question."""

import pytest

from vietnamese.question import leans_on_the_question_before, sounds_like_question


@pytest.mark.parametrize(
    "text",
    [
        "hàng của em phải hợp quy không ạ",
        "hang cua toi co phai hop quy khong a",
        "vậy à",
        "đăng ký ở đâu",
        "nộp chưa ạ!",
        "sao vậy?",
        "xong rồi hả",
    ],
)
def test_a_question_is_heard_with_and_without_accents(text: str) -> None:
    assert sounds_like_question(text)


@pytest.mark.parametrize(
    "text", ["em gửi lại đây ạ", "em gửi lại đây ạ.", "Cơ sở mộc Tân Tiến Ạ", "dạ em cảm ơn ạ"]
)
def test_politeness_is_no_question(text: str) -> None:
    assert not sounds_like_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "còn giày trẻ em?",
        "Còn gạch thì sao",
        "thế còn phí",
        "à mà còn tem thì sao",
        "con phi bao nhieu",
    ],
)
def test_a_question_that_opens_with_one_word_leans_on_the_one_before(text: str) -> None:
    assert leans_on_the_question_before(text)


@pytest.mark.parametrize(
    "text",
    ["con gà giá bao nhiêu", "Con hỏi chút ạ", "giấy cũ còn dùng được không", "còng tay", ""],
)
def test_a_child_a_beast_and_what_is_left_lean_on_nothing(text: str) -> None:
    assert not leans_on_the_question_before(text)
