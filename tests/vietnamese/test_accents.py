import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.accents import has_accents, place_tones, strip_accents

VIETNAMESE = (
    "aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵđbcghklmnpqrstvx "
)

texts = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper(), max_size=40)


def test_all_vietnamese_letters_become_plain_ascii() -> None:
    assert strip_accents(VIETNAMESE + VIETNAMESE.upper()).isascii()


@given(texts)
def test_stripping_keeps_the_length_and_happens_once(text: str) -> None:
    bare = strip_accents(text)
    assert len(bare) == len(text)
    assert strip_accents(bare) == bare
    assert not has_accents(bare)


@given(texts)
def test_composed_and_decomposed_text_strip_alike(text: str) -> None:
    assert strip_accents(unicodedata.normalize("NFD", text)) == strip_accents(text)


def test_other_scripts_and_signs_stay() -> None:
    assert strip_accents("ISO 9001 🙂 日本 — €") == "ISO 9001 🙂 日本 — €"


@pytest.mark.parametrize(
    ("typed", "placed"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("toạ đàm", "tọa đàm"),
        ("hòa", "hòa"),
    ],
)
def test_tones_are_placed_one_way(typed: str, placed: str) -> None:
    assert place_tones(typed) == placed


@given(texts.map(str.lower))
def test_placing_tones_changes_no_letter_and_happens_once(text: str) -> None:
    placed = place_tones(text)
    assert strip_accents(placed) == strip_accents(text)
    assert place_tones(placed) == placed
