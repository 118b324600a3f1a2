import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.normal import compose, normalise, tokens

texts = st.text(
    alphabet="aáàạăắâấeéêếiíoóôốơớuúưứyýđbcghklmnpqrstvx AĐHOÀ0159.,?!-_/%\n🙂", max_size=60
)


@given(texts)
def test_normalising_happens_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(texts)
def test_case_and_way_of_coding_make_no_difference(text: str) -> None:
    assert tokens(text.upper()) == tokens(text.lower())
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(text)


@given(texts)
def test_tokens_are_bare_words(text: str) -> None:
    for token in tokens(text):
        assert token == token.lower()
        assert token.isalnum()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ISO9001 la j z ad", "iso 9001 la gì vậy ad"),
        ("TCVN5603:2023", "tcvn 5603 2023"),
        ("QCVN16", "qcvn 16"),
        ("5S là gì???", "5s là gì"),
        ("đk nh bn tiền v", "đăng ký nhãn hiệu bao nhiêu tiền vậy"),
        ("sp của cty mk", "sản phẩm của công ty mình"),
        ("hoà bình", "hòa bình"),
        ("a_b", "a b"),
        ("  ", ""),
        ("🙂🙂", ""),
    ],
)
def test_what_owners_type_is_written_out(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ngonnnn", "ngon"),
        ("quáaaa", "quá"),
        ("quaaaá", "quá"),
        ("xoong", "xoong"),
        ("100000", "100000"),
        ("...", "..."),
    ],
)
def test_drawn_out_letters_are_shortened(typed: str, meant: str) -> None:
    assert compose(typed) == meant


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("đk tham gia giải thưởng là gì", "điều kiện tham gia giải thưởng là gì"),
        ("dk du giai sao", "điều kiện du giai sao"),
        ("đk hưởng hỗ trợ", "điều kiện hưởng hỗ trợ"),
        ("đk nhãn hiệu", "đăng ký nhãn hiệu"),
        ("muốn đk", "muốn đăng ký"),
    ],
)
def test_a_shorthand_of_two_words_is_read_by_the_word_behind_it(text: str, read: str) -> None:
    assert normalise(text) == read
