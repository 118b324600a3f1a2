"""A word typed with accents is that word; one without them is any with the same letters."""

import unicodedata

import pytest

from bot.domain.text.plain import plain
from bot.domain.text.typed_words import places_of, typed_words


@pytest.mark.parametrize(
    ("typed", "word", "may_be"),
    [
        ("mẫu", "mẫu", True),
        ("mau", "mẫu", True),
        ("mâu", "mẫu", True),
        ("mẩu", "mẫu", True),
        ("màu", "mẫu", False),
        ("máu", "mẫu", False),
        ("mẫu", "mau", False),
        ("nhận", "nhãn", False),
        ("hoá", "hóa", True),
        ("ĐO", "đo", True),
        ("đo", "do", False),
        ("do", "đo", True),
        ("mẫu", "mấu", False),
    ],
)
def test_which_word_can_be_meant(typed: str, word: str, may_be: bool) -> None:  # noqa: FBT001
    for form in ("NFC", "NFD"):
        (one,) = typed_words(unicodedata.normalize(form, typed))
        (other,) = typed_words(word)
        assert one.may_be(other) is may_be


def test_the_words_are_those_of_the_plain_text() -> None:
    text = "Cho em xin “MẪU” TCCS, ISO 9001:2015 (Đường) ạ!"
    assert [word.bare for word in typed_words(text)] == plain(text).split()


def test_where_a_name_stands() -> None:
    words = typed_words("nhãn nhận nhan hàng nhãn hàng")
    assert places_of(typed_words("nhãn hàng"), words) == [2, 4]
    assert places_of(typed_words("hàng nhãn hàng xa"), words) == []
