import re

from hypothesis import assume, given
from hypothesis import strategies as st

from vietnamese import tokens
from vietnamese.accents import has_accents, strip_accents
from vietnamese.normal import compose
from vietnamese.teencode import SHORTHAND
from vietnamese.terms import (
    LONGEST_RUN,
    SHORTEST_RUN,
    bare_words,
    letter_terms,
    word_terms,
    words_of,
)

texts = st.text(alphabet="aăâđeêoơuưiymnkhgctồượắệ 0159?.!", max_size=60)


ACCENTED_ONLY = {
    short for short in SHORTHAND if has_accents(short) and strip_accents(short) not in SHORTHAND
}
"""S
import re
horthand that bare means something else, or too much: nđ, đt."""


@given(texts)
def test_accents_make_no_difference(text: str) -> None:
    assume(not ACCENTED_ONLY & set(re.findall(r"\w+", compose(text))))
    assert bare_words(text) == bare_words(strip_accents(text))


@given(st.one_of(texts, st.text(max_size=40)))
def test_a_word_reads_the_same_alone_and_in_its_text(text: str) -> None:
    assert words_of(text) == tokens(text)


def test_shorthand_is_written_out_whether_accents_are_there_or_not() -> None:
    assert bare_words("đk nhãn hiệu bn tiền") == bare_words("dang ky nhan hieu bao nhieu tien")


def test_neighbours_make_pairs() -> None:
    assert word_terms(["ma", "vach", "la"]) == ["ma", "vach", "la", "ma vach", "vach la"]


def test_runs_of_letters_know_the_edges_of_a_word() -> None:
    assert letter_terms(["ma"]) == [" m", "ma", "a ", " ma", "ma ", " ma "]


@given(st.lists(st.text(alphabet="abcd", min_size=1, max_size=12), max_size=5))
def test_runs_are_neither_too_short_nor_too_long(words: list[str]) -> None:
    assert all(SHORTEST_RUN <= len(run) <= LONGEST_RUN for run in letter_terms(words))


def test_no_word_has_no_terms() -> None:
    assert word_terms([]) == letter_terms([]) == []
