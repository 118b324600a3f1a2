"""Others are told only in whole blocks, and never so that one of them stands out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assessments.peers import (
    BLOCK,
    NEAR_THE_END,
    STEP,
    Comparison,
    Place,
    compared,
    whole_blocks,
)

PERCENTS = st.lists(st.integers(0, 100), max_size=60)


@given(st.integers(0, 500))
def test_only_whole_blocks_are_counted(waiting: int) -> None:
    counted = whole_blocks(waiting)

    assert counted % BLOCK == 0
    assert 0 <= waiting - counted < BLOCK


@given(st.integers(0, 100), PERCENTS)
def test_fewer_than_a_block_are_never_told(percent: int, counted: list[int]) -> None:
    told = compared(percent, counted)

    assert told is None or told.count == len(counted) >= BLOCK


@given(st.integers(0, 100), PERCENTS)
def test_a_mean_is_rounded_and_never_lies_at_an_end(percent: int, counted: list[int]) -> None:
    told = compared(percent, counted)

    if told is not None:
        assert told.mean % STEP == 0
        assert NEAR_THE_END <= told.mean <= 100 - NEAR_THE_END
        assert abs(told.mean - sum(counted) / len(counted)) <= STEP / 2


@given(st.lists(st.integers(0, 100), min_size=BLOCK, max_size=40), st.randoms())
def test_the_order_of_results_does_not_matter(counted: list[int], chance: object) -> None:
    shuffled = list(counted)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert compared(50, shuffled) == compared(50, counted)


@pytest.mark.parametrize(
    ("percent", "place"),
    [(60, Place.ABOVE), (54, Place.ABOUT), (50, Place.ABOUT), (46, Place.ABOUT), (45, Place.BELOW)],
)
def test_where_a_result_lies(percent: int, place: Place) -> None:
    assert compared(percent, [40, 60] * 3) == Comparison(count=6, mean=50, place=place)
