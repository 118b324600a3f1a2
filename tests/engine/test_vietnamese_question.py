"""What sounds like a question."""

import pytest

from engine.vietnamese.question import sounds_like_question


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
