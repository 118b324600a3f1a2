"""One run beside another."""

from datetime import date

from bot.evaluation.comparison import compare, shared_sets, shares
from bot.evaluation.figures.share import Share
from bot.evaluation.quality import Quality, SetFigures, Table, measure
from tests.support.data.evaluation import answer_row, came, labelled, result

# Right first: 2 of 4, then 3 of 4; off-topic answered: 1 of 1, then 0 of 1.
BEFORE = [
    answer_row("a", "a"),
    answer_row("a", "a"),
    answer_row("b", "x b", style="typo"),
    answer_row("b", "- x", style="typo"),
    result(labelled("chitchat"), came("answer", "a")),
]
NOW = [
    answer_row("a", "a"),
    answer_row("a", "x a"),
    answer_row("b", "b", style="typo"),
    answer_row("b", "b", style="typo"),
    result(labelled("chitchat"), came("chitchat")),
]
A, B = measure(Table(BEFORE), {}), measure(Table(NOW), {})


def differences(a: SetFigures, b: SetFigures) -> dict[str, float | None]:
    return {one.figure: one.difference for one in compare(a, b)}


def test_each_figure_is_there_twice_with_its_difference() -> None:
    assert differences(A, B) == {
        "right first": 25.0,
        "in three": 25.0,
        "two questions": None,
        "off-topic answered": -100.0,
        "asked back or refused": -25.0,
        "clarifications that helped": None,
        "dialogues: turns as expected": None,
        "dialogues: whole": None,
        "dialogues: form resumed": None,
        "recognised: request": None,
        "recognised: request status": None,
        "recognised: handover": None,
        "recognised: assessment": None,
        "recognised: privacy": None,
        "right first, plain": -50.0,
        "right first, typo": 100.0,
    }


def test_a_run_beside_itself_differs_in_nothing() -> None:
    assert {one for one in differences(A, A).values() if one} == set()


def test_the_difference_is_of_the_exact_shares() -> None:
    thirds = measure(Table([answer_row("a", "a"), *[answer_row("a", "x")] * 2]), {})
    assert differences(thirds, A)["right first"] == 16.7


def test_a_style_of_one_run_only_is_not_compared() -> None:
    other = measure(Table([answer_row("a", "a", style="caps")]), {})
    assert "right first, caps" in shares(other)
    assert "right first, caps" not in differences(A, other)


def test_spellings_are_compared() -> None:
    bare = measure(Table(BEFORE, respelled={"no_accents": NOW}), {})
    assert shares(bare)["right first, all no accents"] == Share(hits=3, of=4)


def test_only_sets_of_both_runs_are_compared() -> None:
    day = date(2026, 11, 24)
    one = Quality(measured_on=day, sets={"own": A, "other": A})
    two = Quality(measured_on=day, sets={"third": B, "own": B})
    assert shared_sets(one, two) == ["own"]
