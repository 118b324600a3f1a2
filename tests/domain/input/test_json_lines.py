"""A bad line is bad alone, whatever is in it."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.input.json_lines import BadLine, is_whole, lines_of, object_of

INSIDE = "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e\r"
"""What Python's own `splitlines` takes for the end of a line."""


def test_lines_end_at_a_line_feed_only() -> None:
    text = json.dumps({"text": f"a{INSIDE}b"}, ensure_ascii=False)

    assert lines_of(f"\ufeff{text}\r\n{text}\n".encode()) == [text.encode(), text.encode(), b""]


def test_files_that_were_joined_have_a_mark_before_each() -> None:
    one = b'\xef\xbb\xbf{"text": "\xef\xbb\xbf"}\n'

    assert lines_of(one + one) == [one[3:-1], one[3:-1], b""]


@given(st.lists(st.dictionaries(st.text(), st.text(), max_size=3), min_size=1))
def test_what_was_written_comes_back(objects: list[dict[str, str]]) -> None:
    raw = "\n".join(json.dumps(one, ensure_ascii=False) for one in objects)

    assert [object_of(line) for line in lines_of(raw.encode())] == objects


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b'{"text": "\xff"}', "no UTF-8"),
        ('{"text": "á"}'.encode("utf-16"), "no UTF-8"),
        (b'{"text": "a\x00b"}', "no JSON"),
        (b"[]", "no JSON object"),
        (b'"x"', "no JSON object"),
        (b"null", "no JSON object"),
        (b"[" * 200_000, "no JSON"),
        (b'{"text": ' + b"1" * 5000 + b"}", "no JSON"),
    ],
)
def test_a_bad_line_says_why(line: bytes, why: str) -> None:
    with pytest.raises(BadLine, match=why):
        object_of(line)


@given(st.binary(max_size=60))
def test_no_bytes_make_it_stumble(line: bytes) -> None:
    with contextlib.suppress(BadLine):
        assert isinstance(object_of(line), dict)


@pytest.mark.parametrize("text", ["\ud83d xin chao", "a\udfff", "\udcff"])
def test_half_a_character_is_noticed(text: str) -> None:
    assert not is_whole(text)


@given(st.text())
def test_a_text_that_can_be_written_is_whole(text: str) -> None:
    assert is_whole(text)
