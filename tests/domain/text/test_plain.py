"""Text as it is compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.plain import folded, plain, without_accents


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Đổi mới công nghệ", "Doi moi cong nghe"),
        (unicodedata.normalize("NFD", "nhãn hiệu"), "nhan hieu"),
        ("đường Đ.1", "duong D.1"),
        ("\u00d0ặng \u00f0ại \u0189 \u0256", "Dang dai D d"),
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


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("MÃ SỐ THUẾ: ０１００", "ma so thue: 0100"),
        ("0100\u00a0109–106", "0100 109-106"),
        ("lan＠gmail．com", "lan@gmail.com"),
        ("٠١٢", "012"),
        ("Đường − 5", "duong - 5"),
    ],
)
def test_folded_text_has_plain_letters_digits_and_marks(text: str, read: str) -> None:
    assert folded(text) == read


@given(st.text())
def test_a_place_in_folded_text_is_the_same_place_in_the_original(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)
