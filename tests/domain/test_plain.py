"""Text as it is compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plain import plain, without_accents


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Đổi mới công nghệ", "Doi moi cong nghe"),
        (unicodedata.normalize("NFD", "nhãn hiệu"), "nhan hieu"),
        ("đường Đ.1", "duong D.1"),
        ("ISO 9001", "ISO 9001"),
    ],
)
def test_letters_lose_their_marks_and_nothing_else(text: str, bare: str) -> None:
    assert without_accents(text) == bare


def test_plain_text_has_neither_case_nor_punctuation() -> None:
    assert plain("  Nhãn hiệu, “sáng chế”?  ") == "nhan hieu sang che"


@given(st.text())
def test_accents_are_gone_after_the_first_time(text: str) -> None:
    bare = without_accents(text)

    assert without_accents(bare) == bare
