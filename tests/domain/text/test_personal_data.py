"""Numbers pasted beside a question are no part of it."""

import pytest
from hypothesis import given

from bot.domain.text.personal_data import Parted, part_personal_data
from tests.support.data.hostile import texts


@pytest.mark.parametrize(
    ("text", "asked", "secret"),
    [
        (
            "em là Lan, cccd 072185001234, sđt 0909 123 456, stk 19033 ngân hàng X, cho hỏi phí",
            "em là Lan, cho hỏi phí",
            True,
        ),
        ("MST 0101243150, cho hỏi hợp quy thép", "cho hỏi hợp quy thép", False),
        ("mật khẩu là abc123, vào hệ thống nộp hồ sơ sao", "vào hệ thống nộp hồ sơ sao", True),
        ("mật khẩu: abc123; nộp hồ sơ ở mục nào", "nộp hồ sơ ở mục nào", True),
        ("quên mật khẩu là làm sao, cho hỏi", "quên mật khẩu là làm sao, cho hỏi", False),
        ("đăng ký nhãn hiệu có cần CCCD không", "đăng ký nhãn hiệu có cần CCCD không", False),
        ("hồ sơ gồm CCCD, giấy phép kinh doanh", "hồ sơ gồm CCCD, giấy phép kinh doanh", False),
        ("số tài khoản 190331234567", "số tài khoản 190331234567", True),
        ("sđt 0909123456", "sđt 0909123456", False),
        ("iso 9001, iso 22000", "iso 9001, iso 22000", False),
        ("", "", False),
    ],
)
def test_the_question_is_left(text: str, asked: str, *, secret: bool) -> None:
    assert part_personal_data(text) == Parted(asked, secret)


@given(texts)
def test_something_is_always_left_of_words(text: str) -> None:
    parted = part_personal_data(text)
    assert bool(parted.asked.strip()) or not text.strip()
