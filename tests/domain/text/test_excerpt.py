"""The piece of a text around what was looked for."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text.excerpt import LONGEST, excerpt


def test_the_line_begins_a_little_before_the_word_and_says_what_it_leaves_out() -> None:
    text = "Dạ thưa anh chị ở Sở, hôm trước em có hỏi rồi, nay hỏi thêm: nhập thép không gỉ? " * 3
    line = excerpt(text, {"thep"})
    assert line.startswith("… ")
    assert "nhập thép không gỉ?" in line
    assert line.endswith(" …")
    assert "  " not in line


def test_a_short_text_stands_as_it_is_and_one_without_the_word_from_its_beginning() -> None:
    assert excerpt("Nhập\nthép", {"thep"}) == excerpt("Nhập thép", {"go"}) == "Nhập thép"
    assert excerpt("", {"go"}) == ""


@given(st.text(max_size=600), st.sets(st.text(max_size=5)))
def test_no_text_breaks_it_or_makes_it_long(text: str, words: set[str]) -> None:
    assert len(excerpt(text, words)) <= LONGEST + 4
