import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.lexical.groups import BEST, Groups

sizes = st.lists(st.integers(1, 6), min_size=1, max_size=5)


@given(sizes, st.randoms(use_true_random=False))
def test_it_is_the_mean_of_the_best_three_of_each_group(counts: list[int], dice: object) -> None:
    values = np.random.default_rng(sum(counts)).normal(size=sum(counts))
    expected, start = [], 0
    for count in counts:
        best = sorted(values[start : start + count], reverse=True)[:BEST]
        expected.append(sum(best) / len(best))
        start += count
    assert Groups(counts).mean_of_best(values) == pytest.approx(np.array(expected))


def test_negative_scores_are_no_worse_than_missing_ones() -> None:
    assert Groups([1, 4]).mean_of_best(np.array([-2.0, -1.0, -1.0, -1.0, -9.0])).tolist() == [
        -2.0,
        -1.0,
    ]
