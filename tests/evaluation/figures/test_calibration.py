"""Calibration, counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.asking.result import MessageResult
from bot.evaluation.figures.calibration import calibration
from bot.evaluation.figures.share import Share
from tests.support.data.evaluation import came, labelled, result


def row(confidence: float, *, right: bool) -> MessageResult:
    return result(
        labelled("answer", "a"), came("answer", "a" if right else "x", confidence=confidence)
    )


def test_each_confidence_falls_into_its_bin() -> None:
    rows = [
        row(0.0, right=False),
        row(0.81, right=True),
        row(0.85, right=True),
        row(0.89, right=False),
        row(0.9, right=True),
        row(1.0, right=True),
    ]
    bins = calibration(rows).bins
    assert [one.right for one in bins if one.right.of] == [
        Share(hits=0, of=1),
        Share(hits=2, of=3),
        Share(hits=2, of=2),
    ]
    assert bins[8].mean_confidence == pytest.approx(0.85)
    assert bins[1].mean_confidence is None
    assert (bins[0].low, bins[9].high) == (0.0, 1.0)


def test_the_error_is_the_weighted_distance_of_confidence_and_truth() -> None:
    # Bin 0.8: two of four right, mean 0.8, 0.3 apart. Bin 0.2: none of one right, 0.2 apart.
    rows = [*(row(0.8, right=right) for right in (True, True, False, False)), row(0.2, right=False)]
    assert calibration(rows).error == pytest.approx((4 * 0.3 + 1 * 0.2) / 5)


def test_an_article_served_to_small_talk_can_only_be_wrong() -> None:
    one = result(labelled("chitchat"), came("answer", "a", confidence=0.95))
    assert calibration([one]).bins[9].right == Share(hits=0, of=1)


def test_what_was_not_served_is_not_counted() -> None:
    table = calibration([result(labelled("answer", "a"), came("clarify", "- a"))])
    assert sum(one.right.of for one in table.bins) == 0
    assert table.error is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans())))
def test_every_served_article_is_in_one_bin(served: list[tuple[float, bool]]) -> None:
    table = calibration(row(confidence, right=right) for confidence, right in served)
    assert sum(one.right.of for one in table.bins) == len(served)
    assert table.error is None or 0 <= table.error <= 1
    for one in table.bins:
        assert one.mean_confidence is None or one.low <= one.mean_confidence + 1e-4
        assert one.mean_confidence is None or one.mean_confidence - 1e-4 <= one.high
