"""What comes from outside is cleaned once, and then can be kept and shown anywhere."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.input.cleaning import MOST_MARKS, clean_line, clean_words, storable
from tests.support.data.hostile import TEXTS, check_clean, texts, with_halves

LIMIT = 4000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("xin chào \ud83d", "xin chào "),
        ("\u202egnơưht\u202c thường", "gnơưht thường"),
        ("\ufeffđầu", "đầu"),
        ("một\r\nhai\rba\u2028bốn\x85năm", "một\nhai\nba\nbốn\nnăm"),
        (unicodedata.normalize("NFD", "Đặng Thị Hường"), "Đặng Thị Hường"),
        ("👨\u200d👩\u200d👧 👍🏽", "👨\u200d👩\u200d👧 👍🏽"),
        ("mã\tvạch\n\n893", "mã\tvạch\n\n893"),
        ("🫨 mới hơn máy này", "🫨 mới hơn máy này"),
        ("\ue000riêng\ufffe", "riêng"),
    ],
)
def test_words_lose_what_no_database_keeps_and_what_hides(typed: str, kept: str) -> None:
    assert clean_words(typed, LIMIT) == kept


def test_a_letter_keeps_no_more_marks_than_a_script_needs() -> None:
    assert clean_words("a" + "\u0323" * 50_000, LIMIT) == "ạ" + "\u0323" * (MOST_MARKS - 1)


@pytest.mark.parametrize("text", TEXTS)
def test_one_of_each_kind_is_clean_afterwards(text: str) -> None:
    check_clean(clean_words(text, LIMIT), LIMIT)
    check_clean(clean_line(text), 200)


@given(texts | with_halves, st.integers(min_value=1, max_value=300))
def test_any_words_are_clean_afterwards_and_stay_as_they_are(text: str, limit: int) -> None:
    cleaned = clean_words(text, limit)

    check_clean(cleaned, limit)
    assert clean_words(cleaned, limit) == cleaned


@given(texts | with_halves)
def test_a_line_is_one_line_without_space_at_its_ends(text: str) -> None:
    line = clean_line(text)

    check_clean(line, 200)
    assert line == " ".join(line.split())
    assert clean_line(line) == line


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=100))
def test_what_is_clean_and_short_is_not_touched(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    assert clean_words(composed, LIMIT) == composed


@given(with_halves)
def test_a_password_stays_as_typed_but_can_be_hashed(text: str) -> None:
    kept = storable(text)

    kept.encode()
    assert [c for c in text if c in kept] == list(kept)
