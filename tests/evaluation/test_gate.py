"""The gate against a fall of quality."""

from datetime import date

import pytest

from bot.evaluation.asking.result import DialogueResult, MessageResult
from bot.evaluation.gate import falls
from bot.evaluation.quality import Quality, Table, measure
from tests.support.data.evaluation import answer_row, came, dialogue_row, expected

DAY = date(2026, 11, 24)


def messages(first: int, third: int, *, of: int = 100) -> list[MessageResult]:
    """So many right first, so many more in three, the rest wrong."""
    return [
        *(answer_row("a", "a") for _ in range(first)),
        *(answer_row("a", "x y a") for _ in range(third)),
        *(answer_row("a", "x") for _ in range(of - first - third)),
    ]


def dialogues(right: int, *, of: int = 100) -> list[DialogueResult]:
    came_right, came_wrong = came("chitchat"), came("answer", "x")
    return [
        dialogue_row((expected("chitchat"), came_right if number < right else came_wrong))
        for number in range(of)
    ]


def measured(
    first: int = 90, third: int = 5, right: int = 90, *, name: str = "own", of: int = 100
) -> Quality:
    table = Table(messages(first, third, of=of), dialogues(right))
    return Quality(measured_on=DAY, sets={name: measure(table, {})})


def test_the_same_figures_have_not_fallen() -> None:
    assert falls(measured(), measured()) == []


def test_better_figures_have_not_fallen() -> None:
    assert falls(measured(), measured(95, 5, 100)) == []


@pytest.mark.parametrize(
    ("now", "figure"),
    [
        (measured(87, 8), "right first"),
        (measured(90, 2), "in three"),
        (measured(right=87), "dialogues"),
    ],
)
def test_three_points_are_a_fall(now: Quality, figure: str) -> None:
    (fall,) = falls(measured(), now)
    assert (fall.set_name, fall.figure) == ("own", figure)
    assert str(fall).startswith(f"own: {figure} fell from 9")


def test_two_points_are_tolerated_and_a_hair_more_is_not() -> None:
    before = measured(900, 0, of=1000)
    assert falls(before, measured(880, 0, of=1000)) == []
    assert {fall.figure for fall in falls(before, measured(879, 0, of=1000))} == {
        "right first",
        "in three",
    }


def test_sets_are_compared_by_name() -> None:
    assert falls(measured(name="own"), measured(10, 0, 0, name="other")) == []


def test_a_figure_that_is_no_longer_counted_has_fallen() -> None:
    emptied = Quality(measured_on=DAY, sets={"own": measure(Table(messages(90, 5)), {})})
    assert [fall.figure for fall in falls(measured(), emptied)] == ["dialogues"]
    assert falls(emptied, measured()) == []
