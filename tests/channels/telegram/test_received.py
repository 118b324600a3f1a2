"""The numbers by which updates are confirmed, told or not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.received import LARGEST_NUMBER, received


def numbers(batch: list[Any], offset: int | None) -> list[int | None]:
    return [update.number for update in received(batch, offset)]


@pytest.mark.parametrize("told", [905, "905", 905.0])
def test_a_whole_number_counts_in_whatever_way_it_is_told(told: Any) -> None:
    assert numbers([{"update_id": told}], None) == [905]


@pytest.mark.parametrize("told", [None, "x", -5, 0, True, 1.5, [], {}, "9" * 5000, "٣"])
def test_what_tells_no_number_has_the_next_one(told: Any) -> None:
    batch = [{"update_id": told}, {"update_id": 905}, {"update_id": told}]

    assert numbers(batch, 900) == [900, 905, 906]
    assert numbers(batch, None) == [None, 905, 906]


@pytest.mark.parametrize("told", [LARGEST_NUMBER + 1, 2**70, 1e300])
def test_a_number_that_cannot_be_is_not_taken_for_another(told: Any) -> None:
    assert numbers([{"update_id": 904}, {"update_id": told}], 900) == [904, None]


@given(
    missing=st.sets(st.integers(0, 9)),
    gaps=st.lists(st.integers(1, 4), min_size=10, max_size=10),
    start=st.integers(1, 10**9),
)
def test_what_has_not_come_yet_is_never_confirmed(
    missing: set[int], gaps: list[int], start: int
) -> None:
    true = [start + sum(gaps[:place]) for place in range(10)]
    batch = [{} if place in missing else {"update_id": id_} for place, id_ in enumerate(true)]

    given_numbers = numbers(batch, start)

    assert all(number is not None for number in given_numbers)
    assert all(number <= id_ for number, id_ in zip(given_numbers, true, strict=True) if number)
