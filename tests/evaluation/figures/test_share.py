"""Shares, as they are counted and shown."""

from fractions import Fraction

import pytest

from bot.evaluation.figures.share import Share, share


def test_it_counts_what_is_true() -> None:
    assert share([True, False, True]) == Share(hits=2, of=3)


@pytest.mark.parametrize(("hits", "of", "shown"), [(2, 3, 66.7), (0, 5, 0.0), (5, 5, 100.0)])
def test_its_percentage_has_one_decimal(hits: int, of: int, shown: float) -> None:
    assert Share(hits=hits, of=of).percent == shown


def test_nothing_counted_is_not_nought_per_cent() -> None:
    empty = share([])
    assert empty.percent is None
    assert empty.points is None
    assert str(empty) == "–"


def test_its_points_are_exact() -> None:
    assert Share(hits=1, of=3).points == Fraction(100, 3)


def test_it_reads_as_percentage_and_count() -> None:
    assert str(Share(hits=2, of=3)) == "66.7 % (2/3)"


def test_it_comes_back_from_json_as_it_went() -> None:
    one = Share(hits=2, of=3)
    assert one.model_dump() == {"hits": 2, "of": 3, "percent": 66.7}
    assert Share.model_validate_json(one.model_dump_json()) == one
