"""Numbers of many, told in few."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.surveys.spread import spread_of

NUMBERS = st.dictionaries(
    st.integers(min_value=0, max_value=10**8).map(float),
    st.integers(min_value=1, max_value=5),
    min_size=1,
)


@given(NUMBERS)
def test_it_is_what_the_numbers_are_one_by_one(numbers: dict[float, int]) -> None:
    listed = [number for number, times in numbers.items() for _ in range(times)]
    spread = spread_of(numbers)
    assert spread is not None
    assert spread.count == len(listed)
    assert (spread.least, spread.most) == (min(listed), max(listed))
    assert spread.median == statistics.median_low(listed)
    assert spread.mean == pytest.approx(statistics.fmean(listed))


@given(NUMBERS)
def test_each_number_lies_in_one_range_and_the_ranges_follow_one_another(
    numbers: dict[float, int],
) -> None:
    spread = spread_of(numbers)
    assert spread is not None
    assert sum(one.count for one in spread.ranges) == spread.count
    for number in numbers:
        assert sum(one.holds(number) for one in spread.ranges) == 1
    ends = [one.most for one in spread.ranges]
    assert ends[:-1] == [one.least for one in spread.ranges[1:]]
    assert ends[-1] is None


def test_a_hundred_is_a_percent_and_more_is_not() -> None:
    low, high = spread_of({100.0: 1}), spread_of({101.0: 1})
    assert low is not None
    assert high is not None
    assert [one.least for one in low.ranges] == [0, 20, 40, 60, 80]
    assert [one.least for one in high.ranges] == [0, 10, 100, 1_000, 10_000, 100_000]
    assert spread_of({}) is None
