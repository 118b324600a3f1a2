"""An id in an address names a row, or nothing that a database could hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.input.row_id import MOST_ROW_ID, read_row_id
from tests.support.data.hostile import texts


@pytest.mark.parametrize("text", ["1", "7", "2147483647"])
def test_what_a_database_can_hold_is_read(text: str) -> None:
    assert read_row_id(text) == int(text)


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "+1", "1.0", "1e3", " 1", "٣", "²", "2147483648", "9" * 30, "1\x00"]
)
def test_what_it_cannot_hold_names_nothing(text: str) -> None:
    assert read_row_id(text) is None


@given(texts | st.integers().map(str))
def test_whatever_is_read_lies_in_the_range(text: str) -> None:
    read = read_row_id(text)

    assert read is None or 0 < read <= MOST_ROW_ID
