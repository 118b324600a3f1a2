"""Confusions, counted by hand."""

from bot.evaluation.figures.confusion import Confusion, worst_confusions
from tests.support.data.evaluation import answer_row, came, labelled, result

ROWS = [
    answer_row("a", "x"),
    answer_row("a b", "x a"),
    answer_row("b", "y"),
    answer_row("a", "y"),
    answer_row("a", "a"),
    answer_row("a", "- x"),
    result(labelled("chitchat"), came("answer", "x")),
]


def test_the_most_frequent_come_first_and_ties_by_name() -> None:
    assert worst_confusions(ROWS) == [
        Confusion(wanted="a", served="x", count=2),
        Confusion(wanted="a", served="y", count=1),
        Confusion(wanted="b", served="y", count=1),
    ]


def test_only_the_worst_are_shown() -> None:
    assert len(worst_confusions(ROWS, shown=1)) == 1
