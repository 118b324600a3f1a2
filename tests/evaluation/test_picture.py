"""The reliability curve."""

from datetime import date

from bot.evaluation.asking.result import MessageResult
from bot.evaluation.figures.calibration import calibration
from bot.evaluation.picture import calibration_picture, curve
from bot.evaluation.quality import Quality, Table, measure
from tests.support.data.evaluation import came, labelled, result


def row(confidence: float, *, right: bool) -> MessageResult:
    served = "a" if right else "x"
    return result(labelled("answer", "a"), came("answer", served, confidence=confidence))


# Bin 0.5: one of two right, mean 0.55; bin 0.9: two of two right, mean 0.95; the others are empty.
ROWS = [
    row(0.5, right=True),
    row(0.6 - 1e-9, right=False),
    row(0.9, right=True),
    row(1.0, right=True),
]


def test_the_curve_has_a_point_for_each_bin_with_answers() -> None:
    assert curve(calibration(ROWS)) == [(0.55, 0.5, 2), (0.95, 1.0, 2)]


def test_the_picture_is_drawn_also_of_nothing() -> None:
    for rows in (ROWS, []):
        sets = {"own": measure(Table(rows), {})}
        picture = calibration_picture(Quality(measured_on=date(2026, 11, 24), sets=sets))
        assert picture.startswith(b"\x89PNG")


def test_the_same_figures_make_the_same_picture() -> None:
    quality = Quality(measured_on=date(2026, 11, 24), sets={"own": measure(Table(ROWS), {})})
    assert calibration_picture(quality) == calibration_picture(quality)
