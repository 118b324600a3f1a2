"""What answers come to: worth, ladders, gaps, levels, what decides, and what follows."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.path import counted_answers
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Question,
    QuestionKind,
)
from bot.domain.assessments.scoring import Result, score, share
from tests.support.data.assessments import answered, dimension, scored, small_assessment

Data = dict[str, Any]

NOT_KNOWN: Answer = (UNKNOWN,)
LEFT_OUT: Answer = (NOT_APPLICABLE,)
NONE: Answer = (NONE_OF_THEM,)

HALVES: Data = {
    "most": 2,
    "choices": [{"score": n, "title": title} for n, title in enumerate(("no", "half", "yes"))],
}
"""A scale with a middle."""


def question(id_: str, **changes: Any) -> Data:
    return {"id": id_, "text": f"text of {id_}", **changes}


def one_of(id_: str, *scores: int, **changes: Any) -> Data:
    """A question with one answer; its choices are named by what they score."""
    choices = [{"id": f"worth-{n}", "title": f"worth {n}", "score": n} for n in scores]
    return question(id_, kind="one_of", choices=choices, **changes)


def several(id_: str, *scores: int, **changes: Any) -> Data:
    """A question with several answers: `x`, `y` and so on, with the scores of each."""
    choices = [
        {"id": name, "title": f"title {name}", "score": n}
        for name, n in zip("uvwxyz"[-len(scores) :], scores, strict=True)
    ]
    return question(id_, kind="several", choices=choices, **changes)


def number(id_: str) -> Data:
    return question(id_, kind="number")


def part(name: str, *questions: Data, **changes: Any) -> Data:
    """A dimension with given questions."""
    return dimension(name, questions=[*questions], **changes)


def assessment(*dimensions: Data, **changes: Any) -> Assessment:
    return small_assessment(dimensions=[*dimensions], **changes)


def percents(result: Result) -> dict[str, int]:
    return {one.dimension.id: one.percent for one in result.dimensions}


def level(result: Result) -> str:
    return result.level.title if result.level else ""


class TestWorth:
    @pytest.mark.parametrize(
        ("answer", "per_cent"), [("worth-80", 100), ("worth-60", 75), ("worth-0", 0)]
    )
    def test_one_choice_is_worth_its_part_of_the_best(self, answer: str, per_cent: int) -> None:
        whole = assessment(part("a", one_of("q", 80, 60, 0)))
        assert score(whole, {"q": (answer,)}).percent == per_cent

    @pytest.mark.parametrize(
        ("answer", "per_cent"),
        [(("x", "y", "z"), 100), (("x", "z"), 75), (("x",), 25), (("z",), 50), (NONE, 0)],
    )
    def test_several_are_worth_their_part_of_all(self, answer: Answer, per_cent: int) -> None:
        whole = assessment(part("a", several("q", 1, 1, 2)))
        assert score(whole, {"q": answer}).percent == per_cent

    @pytest.mark.parametrize(
        ("answer", "per_cent"),
        [(NONE, 0), (("x",), 50), (("z",), 100), (("x", "y"), 100), (("x", "y", "z"), 100)],
    )
    def test_several_that_are_full_early_are_worth_no_more(
        self, answer: Answer, per_cent: int
    ) -> None:
        whole = assessment(part("a", several("q", 1, 1, 2, full=2)))
        assert score(whole, {"q": answer}).percent == per_cent

    def test_the_order_in_which_several_were_chosen_does_not_matter(self) -> None:
        whole = assessment(part("a", several("q", 1, 1, 2)))
        assert score(whole, {"q": ("z", "x")}).percent == score(whole, {"q": ("x", "z")}).percent

    def test_a_scale_of_a_question_s_own_counts_by_its_own_end(self) -> None:
        whole = assessment(part("a", question("q", scale="halves")), scales={"halves": HALVES})
        assert score(whole, {"q": scored(1)}).percent == 50

    @pytest.mark.parametrize("asked", [one_of("q", 3, 0), several("q", 1, 2), question("q")])
    def test_who_cannot_tell_gets_nothing(self, asked: Data) -> None:
        whole = assessment(part("a", asked))
        assert share(whole, whole.questions[0], NOT_KNOWN) == 0

    @pytest.mark.parametrize("asked", [one_of("q", 3, 0), several("q", 1, 2), question("q")])
    def test_what_does_not_apply_is_worth_nothing_and_lacks_nothing(self, asked: Data) -> None:
        whole = assessment(part("a", asked))
        assert share(whole, whole.questions[0], LEFT_OUT) is None

    def test_what_is_only_asked_does_not_count(self) -> None:
        whole = assessment(part("a", number("n"), question("q")))
        result = score(whole, {"n": ("12",), "q": scored(5)})
        assert (result.percent, result.dimensions[0].answered) == (100, 1)

    def test_questions_weigh_what_they_are_given(self) -> None:
        whole = assessment(part("a", question("q-1", weight=3), one_of("q-2", 100, 40)))
        # (3 × 2/5 + 1 × 40/100) / 4 = 40 %
        assert score(whole, {"q-1": scored(2), "q-2": ("worth-40",)}).percent == 40

    def test_dimensions_weigh_what_they_are_given(self) -> None:
        whole = assessment(part("a", question("q-1"), weight=1.5), part("b", question("q-2")))
        # (1.5 × 4/5 + 1 × 0) / 2.5 = 48 %
        assert score(whole, {"q-1": scored(4), "q-2": scored(0)}).percent == 48


class TestUnknown:
    WHOLE = small_assessment(dimensions=[dimension("a"), dimension("b")])

    def test_it_counts_as_the_lowest_answer(self) -> None:
        known = answered(self.WHOLE, 5, 0, 3, 4)
        unsure = {**known, "a-2": NOT_KNOWN}
        assert percents(score(self.WHOLE, unsure)) == percents(score(self.WHOLE, known))

    def test_it_is_counted(self) -> None:
        answers = {**answered(self.WHOLE, 5, 0, 3, 4), "a-2": NOT_KNOWN, "b-1": NOT_KNOWN}
        assert score(self.WHOLE, answers).unknown == 2

    def test_that_of_a_question_that_is_not_scored_costs_nothing_and_is_not_told(self) -> None:
        whole = assessment(part("a", number("n"), question("q")))
        result = score(whole, {"n": NOT_KNOWN, "q": scored(5)})
        assert (result.percent, result.unknown) == (100, 0)


THREE = [question("a-1", weight=2), question("a-2", may_not_apply=True), question("a-3")]

SCORES = st.integers(0, 5)


class TestNotApplicable:
    @given(SCORES, SCORES, SCORES)
    def test_it_comes_to_what_the_same_comes_to_without_the_question(
        self, first: int, third: int, other: int
    ) -> None:
        whole = assessment(part("a", *THREE), part("b", question("b-1")))
        without = assessment(part("a", THREE[0], THREE[2]), part("b", question("b-1")))
        answers = {"a-1": scored(first), "a-3": scored(third), "b-1": scored(other)}
        here = score(whole, {**answers, "a-2": LEFT_OUT})
        there = score(without, answers)
        assert here.left_out == 1
        assert (here.percent, level(here)) == (there.percent, level(there))
        assert [(one.percent, one.answered, one.deciding) for one in here.dimensions] == [
            (one.percent, one.answered, one.deciding) for one in there.dimensions
        ]

    @given(SCORES, SCORES, SCORES)
    def test_it_never_comes_to_more_than_the_best_answer(
        self, first: int, third: int, other: int
    ) -> None:
        whole = assessment(part("a", *THREE), part("b", question("b-1")))
        answers = {"a-1": scored(first), "a-3": scored(third), "b-1": scored(other)}
        left_out = score(whole, {**answers, "a-2": LEFT_OUT})
        best = score(whole, {**answers, "a-2": scored(5)})
        assert (left_out.percent or 0) <= (best.percent or 0)
        assert percents(left_out)["a"] <= percents(best)["a"]

    def test_a_half_left_out_is_still_scored(self) -> None:
        halves = [question(f"a-{n}", may_not_apply=True) for n in range(1, 5)]
        whole = assessment(part("a", *halves), part("b", question("b-1")))
        answers = {"a-1": LEFT_OUT, "a-2": LEFT_OUT, "a-3": scored(4), "a-4": scored(2)}
        assert percents(score(whole, {**answers, "b-1": scored(5)})) == {"a": 60, "b": 100}

    def test_with_more_than_half_left_out_a_dimension_is_not_scored(self) -> None:
        halves = [question(f"a-{n}", may_not_apply=True) for n in range(1, 5)]
        whole = assessment(part("a", *halves), part("b", question("b-1")))
        answers = {"a-1": LEFT_OUT, "a-2": LEFT_OUT, "a-3": LEFT_OUT, "a-4": scored(2)}
        result = score(whole, {**answers, "b-1": scored(5)})
        assert (percents(result), result.percent, result.left_out) == ({"b": 100}, 100, 3)

    def test_questions_that_do_not_count_are_no_part_of_the_half(self) -> None:
        asked = [number("a-0"), question("a-1", may_not_apply=True), question("a-2")]
        whole = assessment(part("a", *asked))
        answers = {"a-0": NOT_KNOWN, "a-1": LEFT_OUT, "a-2": scored(3)}
        assert percents(score(whole, answers)) == {"a": 60}

    def test_with_everything_left_out_there_is_no_score(self) -> None:
        whole = assessment(part("a", question("a-1", may_not_apply=True)))
        result = score(whole, {"a-1": LEFT_OUT})
        assert (result.percent, result.level, result.kept_from) == (None, None, None)
        assert (result.dimensions, result.weakest, result.to_do) == ((), (), ())


class TestLadder:
    WHOLE = small_assessment(dimensions=[dimension("a", 4, ladder=True), dimension("b", 1)])

    def test_only_the_rungs_reached_one_after_another_count(self) -> None:
        answers = {"a-1": scored(5), "a-2": scored(5), "a-3": scored(4), "b-1": scored(5)}
        result = score(self.WHOLE, answers)
        assert (percents(result), result.percent) == ({"a": 50, "b": 100}, 75)
        assert [one.rungs for one in result.dimensions] == [2, None]

    def test_a_rung_behind_one_that_was_skipped_does_not_count(self) -> None:
        # As after a correction: the third and fourth were reached before.
        answers = {
            "a-1": scored(5),
            "a-2": scored(2),
            "a-3": scored(5),
            "a-4": scored(5),
            "b-1": scored(5),
        }
        result = score(self.WHOLE, answers)
        assert (percents(result)["a"], result.dimensions[0].rungs) == (25, 1)
        assert "a-3" not in counted_answers(self.WHOLE, answers)

    def test_who_stands_on_all_of_them_is_at_the_top(self) -> None:
        answers = {f"a-{n}": scored(5) for n in range(1, 5)} | {"b-1": scored(5)}
        result = score(self.WHOLE, answers)
        assert (percents(result)["a"], result.dimensions[0].rungs) == (100, 4)
        assert result.dimensions[0].deciding == ()

    @pytest.mark.parametrize("first", [scored(0), scored(4), NOT_KNOWN])
    def test_who_misses_the_first_stands_below(self, first: Answer) -> None:
        result = score(self.WHOLE, {"a-1": first, "b-1": scored(5)})
        assert (percents(result)["a"], result.dimensions[0].rungs) == (0, 0)

    def test_the_rung_that_is_missed_decides(self) -> None:
        answers = {"a-1": scored(5), "a-2": scored(3), "b-1": scored(5)}
        deciding = score(self.WHOLE, answers).dimensions[0].deciding
        assert [(one.question.id, one.answer, one.lost) for one in deciding] == [
            ("a-2", scored(3), 75)
        ]


def banded(*bands: Data) -> list[Data]:
    return [{"title": f"from {band['from']}", "meaning": "m", **band} for band in bands]


CRITICAL = part("a", question("a-1", critical=True, scale="halves"), question("a-2"))
OTHERS = part("b", *(question(f"b-{n}") for n in range(1, 5)))


class TestLevels:
    BARRED = small_assessment(
        dimensions=[dimension("a", 1), dimension("b", 1)],
        levels=banded({"from": 0}, {"from": 40, "every": 60}, {"from": 70}),
    )

    def test_a_lower_level_that_fails_bars_the_higher(self) -> None:
        result = score(self.BARRED, answered(self.BARRED, 2, 5))
        assert (result.percent, level(result)) == (70, "from 0")
        assert result.kept_from == self.BARRED.levels[2]

    def test_once_it_holds_the_higher_is_reached(self) -> None:
        result = score(self.BARRED, answered(self.BARRED, 3, 5))
        assert (result.percent, level(result), result.kept_from) == (80, "from 70", None)

    def test_what_every_dimension_must_reach_is_enough_to_the_point(self) -> None:
        result = score(self.BARRED, answered(self.BARRED, 3, 3))
        assert (result.percent, level(result), result.kept_from) == (60, "from 40", None)

    def test_nobody_is_kept_from_a_level_that_the_percent_does_not_reach(self) -> None:
        result = score(self.BARRED, answered(self.BARRED, 1, 2))
        assert (result.percent, level(result), result.kept_from) == (30, "from 0", None)

    @given(st.integers(0, 5), st.integers(0, 5))
    def test_nobody_stands_above_what_the_percent_alone_gives(self, one: int, two: int) -> None:
        result = score(self.BARRED, answered(self.BARRED, one, two))
        alone = self.BARRED.level_at(result.percent or 0)
        assert result.level in self.BARRED.levels[: self.BARRED.levels.index(alone) + 1]
        assert result.kept_from == (None if result.level == alone else alone)


class TestCriticalGap:
    WHOLE = assessment(
        CRITICAL,
        OTHERS,
        scales={"halves": HALVES},
        levels=banded({"from": 0}, {"from": 30}, {"from": 60, "no_gap": True}),
    )

    def result(self, critical: Answer) -> Result:
        answers = {f"b-{n}": scored(5) for n in range(1, 5)}
        return score(self.WHOLE, {**answers, "a-1": critical, "a-2": scored(5)})

    @pytest.mark.parametrize("answer", [scored(0), NOT_KNOWN])
    def test_less_than_half_is_a_gap_and_keeps_from_a_level(self, answer: Answer) -> None:
        result = self.result(answer)
        assert [one.id for one in result.gaps] == ["a-1"]
        assert (result.percent, level(result)) == (75, "from 30")
        assert result.kept_from == self.WHOLE.levels[2]

    @pytest.mark.parametrize("answer", [scored(1), scored(2)])
    def test_half_is_none(self, answer: Answer) -> None:
        result = self.result(answer)
        assert (result.gaps, level(result), result.kept_from) == ((), "from 60", None)

    def test_what_does_not_apply_is_no_gap(self) -> None:
        critical = question("a-1", critical=True, may_not_apply=True)
        whole = assessment(part("a", critical, question("a-2")))
        assert score(whole, {"a-1": LEFT_OUT, "a-2": scored(1)}).gaps == ()

    def test_what_is_not_asked_is_no_gap(self) -> None:
        critical = question("a-2", critical=True, when={"a-1": [0]})
        whole = assessment(part("a", question("a-1"), critical))
        assert score(whole, {"a-1": scored(5), "a-2": scored(0)}).gaps == ()

    def test_a_level_that_asks_for_none_stands_open_to_a_gap(self) -> None:
        whole = assessment(part("a", question("a-1", critical=True)), OTHERS)
        result = score(whole, {"a-1": scored(1), **{f"b-{n}": scored(5) for n in range(1, 5)}})
        assert [one.id for one in result.gaps] == ["a-1"]
        assert (result.percent, level(result)) == (60, "middle")


class TestCondition:
    WHOLE = assessment(
        part(
            "c",
            question("c-1", knock_out=True, scale="halves"),
            one_of("c-2", 1, 0, knock_out=True),
        ),
        part("a", question("a-1"), when={"c-1": [1, 2, UNKNOWN]}),
        scales={"halves": HALVES},
        levels=banded({"from": 0}, {"from": 50, "no_gap": True}),
    )

    def test_it_is_no_part_of_the_score(self) -> None:
        answers = {"c-1": scored(1), "c-2": ("worth-1",), "a-1": scored(3)}
        result = score(self.WHOLE, answers)
        assert percents(result) == {"a": 60}
        assert (result.unmet, result.unsure, level(result)) == ((), (), "from 50")

    def test_nor_is_it_beside_questions_that_are_scored(self) -> None:
        whole = assessment(part("a", question("a-1", knock_out=True), question("a-2")))
        result = score(whole, {"a-1": scored(0), "a-2": scored(3)})
        assert (percents(result), result.dimensions[0].answered) == ({"a": 60}, 1)
        assert [one.id for one in result.unmet] == ["a-1"]

    def test_one_that_is_not_met_is_named_and_nothing_behind_it_is_scored(self) -> None:
        result = score(self.WHOLE, {"c-1": scored(0), "c-2": ("worth-1",)})
        assert [one.id for one in result.unmet] == ["c-1"]
        assert (result.percent, result.level, result.unsure) == (None, None, ())

    def test_one_that_nobody_knows_of_is_named_apart(self) -> None:
        answers = {"c-1": NOT_KNOWN, "c-2": ("worth-0",), "a-1": scored(5)}
        result = score(self.WHOLE, answers)
        assert [one.id for one in result.unsure] == ["c-1"]
        assert [one.id for one in result.unmet] == ["c-2"]

    @pytest.mark.parametrize("answer", [("worth-0",), NOT_KNOWN])
    def test_either_keeps_from_a_level_without_gaps(self, answer: Answer) -> None:
        result = score(self.WHOLE, {"c-1": scored(2), "c-2": answer, "a-1": scored(5)})
        assert (result.percent, level(result)) == (100, "from 0")
        assert (result.gaps, result.kept_from) == ((), self.WHOLE.levels[1])


MIXED = assessment(
    part("a", question("a-1", weight=2), question("a-2"), question("a-3")),
    part("b", one_of("b-1", 4, 1, 0), several("b-2", 1, 1, 2, full=3), question("b-3", weight=0.5)),
    dimension("c", 3, ladder=True),
)
"""Every kind that counts, with weights."""


def answers_to(whole: Assessment, asked: Question) -> list[Answer]:
    """Every answer to a question, or a few where there is no end of them; the worst first."""
    if asked.kind is QuestionKind.SCALE:
        known: list[Answer] = [scored(n) for n in range(whole.scale_of(asked).most + 1)]
    elif asked.kind is QuestionKind.ONE_OF:
        known = [(choice.id,) for choice in asked.choices]
    elif asked.kind is QuestionKind.NUMBER:
        known = [("0",), ("7.5",)]
    else:
        ids = [choice.id for choice in asked.choices]
        known = [NONE, *(tuple(ids[:n]) for n in range(1, len(ids) + 1)), *((id_,) for id_ in ids)]
    every = [NOT_KNOWN, *known]
    return sorted(every, key=lambda answer: share(whole, asked, answer) or 0)


def all_answers(whole: Assessment) -> st.SearchStrategy[dict[str, Answer]]:
    """An answer to every question, on the way or not."""
    return st.fixed_dictionaries(
        {one.id: st.sampled_from(answers_to(whole, one)) for one in whole.questions}
    )


class TestDeciding:
    def test_the_dearest_answer_is_named_first_with_what_it_cost(self) -> None:
        answers = {"a-1": scored(3), "a-2": scored(0), "a-3": scored(5)}
        answers |= {"b-1": ("worth-4",), "b-2": ("z", "x"), "b-3": scored(5), "c-1": scored(0)}
        of_a, of_b, _ = score(MIXED, answers).dimensions
        # Of four weights: 1 × 5/5 = 25 %, 2 × 2/5 = 20 %; together 45 %
        assert [(one.question.id, one.lost) for one in of_a.deciding] == [("a-2", 25), ("a-1", 20)]
        assert (of_a.percent, of_b.deciding) == (55, ())

    def test_each_comes_with_what_was_answered(self) -> None:
        answers = {"a-1": NOT_KNOWN, "a-2": scored(4), "a-3": scored(5), "c-1": scored(0)}
        answers |= {"b-1": ("worth-1",), "b-2": NONE, "b-3": scored(5)}
        of_a, of_b, _ = score(MIXED, answers).dimensions
        assert [one.answer for one in of_a.deciding] == [NOT_KNOWN, scored(4)]
        assert [one.answer for one in of_b.deciding] == [NONE, ("worth-1",)]

    @given(all_answers(MIXED))
    def test_together_they_are_what_is_lost(self, answers: dict[str, Answer]) -> None:
        for one in score(MIXED, answers).dimensions:
            rounded = [*one.deciding, one]
            lost = sum(each.lost for each in one.deciding)
            assert abs(lost - (100 - one.percent)) <= len(rounded) / 2

    @given(all_answers(MIXED))
    def test_only_what_lacks_something_decides(self, answers: dict[str, Answer]) -> None:
        for one in score(MIXED, answers).dimensions:
            assert all(
                share(MIXED, each.question, each.answer) != 1 and each.lost > 0
                for each in one.deciding
            )


def advised(name: str, *bands: tuple[int, int, int]) -> Data:
    """A dimension of one question; its advice by band: from, impact, effort."""
    advice = [
        {"from": start, "do_first": f"{name} from {start}", "impact": impact, "effort": effort}
        for start, impact, effort in bands
    ]
    return dimension(name, 1, advice=advice)


class TestToDo:
    WHOLE = small_assessment(
        dimensions=[
            advised("a", (0, 1, 2), (50, 1, 1)),
            advised("b", (0, 3, 1)),
            advised("c", (0, 1, 3), (60, 2, 1)),
            advised("d", (0, 3, 1)),
        ]
    )

    def test_what_is_to_be_gained_for_the_trouble_comes_first(self) -> None:
        result = score(self.WHOLE, answered(self.WHOLE, 1, 2, 3, 5))
        # a: 80 × 1 ÷ 2 = 40; b: 60 × 3 ÷ 1 = 180; c: 40 × 2 ÷ 1 = 80; d lacks nothing
        assert [one.dimension.id for one in result.weakest] == ["a", "b", "c"]
        assert [one.dimension.id for one in result.to_do] == ["b", "c", "a"]
        assert [int(one.urgency) for one in result.to_do] == [180, 80, 40]

    def test_the_advice_is_that_of_the_band_where_the_dimension_stands(self) -> None:
        result = score(self.WHOLE, answered(self.WHOLE, 1, 2, 2, 5))
        # c now stands below 60 %: 60 × 1 ÷ 3 = 20
        assert [one.advice.do_first for one in result.to_do] == ["b from 0", "a from 0", "c from 0"]

    def test_what_is_as_urgent_comes_weakest_first(self) -> None:
        # a: 40 × 1 ÷ 1 = 40, as c: 20 × 2 ÷ 1
        result = score(self.WHOLE, answered(self.WHOLE, 3, 5, 4, 5))
        assert [one.dimension.id for one in result.to_do] == ["a", "c"]

    @given(all_answers(WHOLE))
    def test_it_is_the_weakest_in_another_order(self, answers: dict[str, Answer]) -> None:
        result = score(self.WHOLE, answers)
        assert {one.dimension.id for one in result.to_do} == {
            one.dimension.id for one in result.weakest
        }
        gains = [one.urgency for one in result.to_do]
        assert gains == sorted(gains, reverse=True)

    @given(all_answers(WHOLE))
    def test_nothing_is_both_weak_and_strong(self, answers: dict[str, Answer]) -> None:
        result = score(self.WHOLE, answers)
        assert not {one.dimension.id for one in result.weakest} & {
            one.dimension.id for one in result.strongest
        }
        assert all(one.percent >= 50 for one in result.strongest)


def follows(whole: Assessment, answers: dict[str, Answer]) -> list[str]:
    return [one.id for one in score(whole, answers, complete=False).consequences]


def consequence(id_: str, *when: Data) -> Data:
    return {"id": id_, "title": id_, "text": id_, "when": [*when]}


class TestConsequences:
    WHOLE = assessment(
        part("a", question("a-1"), several("a-2", 1, 1, 1), number("a-3")),
        part("b", question("b-1", when={"a-1": [5]})),
        consequences=[
            consequence("always"),
            consequence("low", {"a-1": [0, 1, UNKNOWN]}),
            consequence("either", {"a-1": [2]}, {"a-2": ["x"]}),
            consequence("both", {"a-1": [2], "a-2": ["y", "z"]}),
            consequence("much", {"a-3": {"from": 10, "to": 20}}),
            consequence("branch", {"b-1": [0]}),
        ],
    )

    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ({"a-1": scored(3)}, []),
            ({"a-1": scored(1)}, ["low"]),
            ({"a-1": NOT_KNOWN}, ["low"]),
            ({"a-1": scored(2)}, ["either"]),
            ({"a-1": scored(3), "a-2": ("x", "z")}, ["either"]),
            ({"a-1": scored(2), "a-2": ("y",)}, ["either", "both"]),
            ({"a-1": scored(3), "a-2": ("y", "z")}, []),
            ({"a-1": scored(3), "a-2": NONE}, []),
            ({"a-1": scored(3), "a-3": ("10",)}, ["much"]),
            ({"a-1": scored(3), "a-3": ("20",)}, ["much"]),
            ({"a-1": scored(3), "a-3": ("9.9",)}, []),
            ({"a-1": scored(3), "a-3": ("20.5",)}, []),
            ({"a-1": scored(3), "a-3": NOT_KNOWN}, []),
            ({"a-1": scored(5), "b-1": scored(0)}, ["branch"]),
            ({"a-1": scored(3), "b-1": scored(0)}, []),
        ],
    )
    def test_they_follow_from_any_of_their_conditions(
        self, answers: dict[str, Answer], expected: list[str]
    ) -> None:
        assert follows(self.WHOLE, answers) == ["always", *expected]

    def test_a_run_without_a_score_has_nothing_but_them(self) -> None:
        screening = assessment(
            part("a", question("a-1", kind="one_of", choices=[{"id": "x", "title": "x"}])),
            levels=[],
            consequences=[consequence("follows", {"a-1": ["x"]})],
        )
        result = score(screening, {"a-1": ("x",)})
        assert (result.percent, result.level, result.dimensions) == (None, None, ())
        assert [one.id for one in result.consequences] == ["follows"]


class TestFigures:
    WHOLE = assessment(
        part("a", question("a-0"), number("sold"), number("bought"), number("people")),
        ratios=[
            {
                "id": "per-head",
                "title": "t",
                "meaning": "m",
                "over": {"plus": ["sold"], "minus": ["bought"]},
                "under": [{"plus": ["people"]}],
            },
            {
                "id": "own-part",
                "title": "t",
                "meaning": "m",
                "over": {"plus": ["sold"], "minus": ["bought"]},
                "under": [{"plus": ["sold"]}],
                "scale": 100,
                "decimals": 0,
            },
        ],
    )

    def figures(self, **numbers: str) -> dict[str, float]:
        given = {name: (number,) for name, number in numbers.items()}
        result = score(self.WHOLE, {"a-0": scored(5), **given}, complete=False)
        return {one.ratio.id: one.value for one in result.figures}

    def test_they_are_counted_as_a_hand_does(self) -> None:
        # (1000 - 400) / 7 = 85.71…; 600 / 1000 = 60 %
        found = self.figures(sold="1000", bought="400", people="7")
        assert found == {"per-head": 85.7, "own-part": 60}

    def test_without_one_of_its_numbers_a_figure_is_missing(self) -> None:
        assert self.figures(sold="1000", bought="400") == {"own-part": 60}
        assert self.figures(sold="1000", people="7") == {}

    def test_a_number_that_nobody_knows_is_missing_too(self) -> None:
        found = self.figures(sold="1000", bought="400", people=UNKNOWN)
        assert found == {"own-part": 60}

    def test_below_nought_there_is_no_figure(self) -> None:
        assert self.figures(sold="400", bought="1000", people="7") == {}

    def test_nought_is_a_figure(self) -> None:
        found = self.figures(sold="400", bought="400", people="7")
        assert found == {"per-head": 0, "own-part": 0}

    def test_over_nought_there_is_no_figure(self) -> None:
        assert self.figures(sold="0", bought="0", people="0") == {}

    def test_several_terms_below_are_multiplied(self) -> None:
        ratio = {
            "id": "rate",
            "title": "t",
            "meaning": "m",
            "over": {"plus": ["made"]},
            "under": [{"plus": ["pace"]}, {"plus": ["shift"], "minus": ["stop"]}],
            "scale": 100,
        }
        numbers = {"made": "540", "pace": "100", "shift": "8", "stop": "2"}
        whole = assessment(part("a", question("q"), *map(number, numbers)), ratios=[ratio])
        answers = {name: (told,) for name, told in numbers.items()}
        [figure] = score(whole, {"q": scored(5), **answers}).figures
        assert figure.value == 90  # 540 / (100 × 6)


FIXED = assessment(
    part("a", question("a-1", weight=2, critical=True), question("a-2"), weight=3),
    part("b", one_of("b-1", 4, 1, 0), several("b-2", 1, 1, 2, full=3)),
    part("c", question("c-1", scale="halves", critical=True), question("c-2")),
    scales={"halves": HALVES},
    levels=banded({"from": 0}, {"from": 30, "every": 20}, {"from": 60, "no_gap": True}),
)
"""Whatever is answered, the same questions are asked."""

BRANCHED = assessment(
    part("a", question("a-1"), question("a-2", when={"a-1": [0, 1, 2]}), number("a-3")),
    dimension("b", 4, ladder=True),
    part("c", one_of("c-1", 2, 1, 0), question("c-2", critical=True), when={"a-1": [3, 4, 5]}),
    levels=banded({"from": 0}, {"from": 30, "every": 20}, {"from": 60, "no_gap": True}),
    consequences=[consequence("x", {"a-2": [0]}, {"c-1": ["worth-0"]})],
)


class TestAnyAnswers:
    @given(
        st.one_of(
            all_answers(FIXED).map(lambda a: (FIXED, a)),
            all_answers(MIXED).map(lambda a: (MIXED, a)),
        )
    )
    def test_percents_lie_between_nothing_and_everything(
        self, run: tuple[Assessment, dict[str, Answer]]
    ) -> None:
        result = score(*run)
        assert result.percent is not None
        percent = [one.percent for one in result.dimensions]
        assert 0 <= min(percent) <= result.percent <= max(percent) <= 100

    @given(st.data(), all_answers(FIXED))
    def test_a_better_answer_never_lowers_anything(
        self, data: st.DataObject, answers: dict[str, Answer]
    ) -> None:
        asked = data.draw(st.sampled_from(FIXED.questions))
        possible = answers_to(FIXED, asked)
        worth = share(FIXED, asked, answers[asked.id]) or 0
        better = data.draw(
            st.sampled_from([a for a in possible if (share(FIXED, asked, a) or 0) >= worth])
        )
        before = score(FIXED, answers)
        after = score(FIXED, {**answers, asked.id: better})
        assert (before.percent or 0) <= (after.percent or 0)
        assert level_number(before) <= level_number(after)
        assert {one.id for one in after.gaps} <= {one.id for one in before.gaps}
        for one, other in zip(before.dimensions, after.dimensions, strict=True):
            assert one.percent <= other.percent

    @given(st.data(), all_answers(BRANCHED))
    def test_the_order_in_which_they_came_does_not_matter(
        self, data: st.DataObject, answers: dict[str, Answer]
    ) -> None:
        shuffled = dict(data.draw(st.permutations([*answers.items()])))
        assert score(BRANCHED, shuffled) == score(BRANCHED, answers)

    @given(all_answers(FIXED))
    def test_what_nobody_was_asked_does_not_matter(self, answers: dict[str, Answer]) -> None:
        assert score(FIXED, {"nowhere": scored(0), **answers}) == score(FIXED, answers)


def level_number(result: Result) -> int:
    return [one == result.level for one in FIXED.levels].index(True)
