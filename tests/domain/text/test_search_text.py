"""Words as the console's search compares them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.search_text import MOST_TERMS, Term, search_text, terms_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Hương", "dang thi huong"),
        (unicodedata.normalize("NFD", "Đặng Thị Hương"), "dang thi huong"),
        ("\u00d0ặng Thị Hương, \u0189ại Phát", "dang thi huong dai phat"),
        ("Đức Hoà", "duc hoa"),
        ("Đức Hòa", "duc hoa"),
        ("thuý, thúy", "thuy thuy"),
        ("Ưu điểm", "uu diem"),
        ("ISO9001:2015", "iso 9001 2015"),
        ("ＩＳＯ　９００１", "iso 9001"),
        ("lan_hue@may-tan-tru.example", "lan hue may tan tru example"),
        ("a\x00b\ud83d 🙂%", "a b"),
        ("", ""),
    ],
)
def test_text_is_kept_as_words_without_accents_case_and_signs(text: str, folded: str) -> None:
    assert search_text(text) == folded


@pytest.mark.parametrize(
    "number",
    [
        "0912.345.678",
        "0912 345-678",
        "(0912) 345 678",
        "0912\u00a0345\u00a0678",
        "0912/345/678",
        "0912_345,678",
    ],
)
def test_a_number_written_in_groups_is_kept_in_one_piece_too(number: str) -> None:
    assert search_text("Gọi", number) == "goi 0912 345 678 0912345678"


def test_a_number_in_one_piece_is_kept_once() -> None:
    assert search_text("0312345678", "") == "0312345678"


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("Đặng  HƯƠNG", [Term(("dang",)), Term(("huong",))]),
        ("iso9001", [Term(("iso 9001",))]),
        ("+84 912.345.678", [Term(("84", "912", "345", "678"), digits="912345678")]),
        ("0912345678", [Term(("0912345678",), digits="912345678")]),
        ("ISO 9001 2015", [Term(("iso",)), Term(("9001", "2015"), digits="90012015")]),
        ("Hương 345678", [Term(("345678",), digits="345678"), Term(("huong",))]),
        ("mst 0312345678", [Term(("0312345678",), digits="312345678")]),
        ("SĐT: 0912/345/678", [Term(("0912", "345", "678"), digits="912345678")]),
        ("Mã số thuế (0312345678)", [Term(("0312345678",), digits="312345678")]),
        ("sđt Hương", [Term(("sdt",)), Term(("huong",))]),
        ("mst 2026", [Term(("mst",)), Term(("2026",))]),
        ("năm 2026", [Term(("nam",)), Term(("2026",))]),
        ("%_ 🙂 \x00", []),
    ],
)
def test_a_query_names_what_must_be_found(query: str, terms: list[Term]) -> None:
    assert set(terms_of(query)) == set(terms)


def test_a_query_without_end_names_only_so_much() -> None:
    assert len(terms_of(" ".join(f"a{'b' * n}" for n in range(2000)))) == MOST_TERMS


@given(st.text())
def test_only_letters_and_digits_parted_by_single_spaces_are_kept(text: str) -> None:
    folded = search_text(text)

    assert all(word.isalnum() for word in folded.split(" ")) or folded == ""
    assert folded == folded.lower()


@given(st.text(), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]), st.booleans())
def test_the_same_words_in_another_spelling_are_kept_the_same(
    text: str,
    form: str,
    loud: bool,  # noqa: FBT001
) -> None:
    text = "".join(c for c in text if c.lower() == c.casefold() and len(c.upper()) == 1)
    other = unicodedata.normalize(form, text)  # type: ignore[arg-type]

    assert search_text(other.upper() if loud and text.isascii() else other) == search_text(text)
