"""A slip and nothing else, told from a matter of confusion."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.talk.slip import is_slip, said_after_a_slip


@pytest.mark.parametrize(
    "words",
    ["chết em bấm lộn nút rồi", "ua nham", "sorry anh nha", "lộn rồi", "gõ nhầm nha"],
)
def test_a_slip(words: str) -> None:
    assert is_slip(words)


@pytest.mark.parametrize(
    "words",
    [
        "nhầm, em hỏi nước tương",
        "nhãn dễ nhầm lẫn với người khác thì sao",
        "bấm nhầm thì có sao không",
        "lộn số rồi, sửa số thành 0909000111",
        "xin giấy phép",
        "",
    ],
)
def test_no_slip(words: str) -> None:
    assert not is_slip(words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("lộn, chưa có", "chưa có"),
        ("Ủa em bấm nhầm, làm một phần thôi", "làm một phần thôi"),
        ("nhầm rồi em ơi: 3", "3"),
        ("xin lỗi lộn, là có rồi", "có rồi"),
        ("nhầm chưa có", "chưa có"),
        ("nhầm", ""),
        ("bấm nhầm rồi", ""),
        ("em có nhầm không", ""),
        ("nhãn hiệu bị nhầm, làm sao", ""),
    ],
)
def test_what_is_said_behind_a_slip(words: str, said: str) -> None:
    assert said_after_a_slip(words) == said


@given(st.text(max_size=60))
def test_any_text_can_be_looked_at_for_a_slip(text: str) -> None:
    assert said_after_a_slip(text) in text
