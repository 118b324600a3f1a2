"""A slip and nothing else, told from a matter of confusion."""

import pytest

from bot.domain.talk.slip import is_slip


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
