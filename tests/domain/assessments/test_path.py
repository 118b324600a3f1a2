"""The way through an assessment: what is asked, in which order, and how much is still to come."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.path import (
    asked,
    counted_answers,
    next_question,
    question_before,
    stands_on,
    to_come,
)
from bot.domain.assessments.question import UNKNOWN, Answer
from tests.support.data.assessments import dimension, scored, small_assessment

Data = dict[str, Any]

PLAIN = small_assessment(dimensions=[dimension("a"), dimension("b", 1)])
"""Three questions, whatever is answered: a-1, a-2, b-1."""


def question(id_: str, **changes: Any) -> Data:
    return {"id": id_, "text": f"text of {id_}", **changes}


def assessment(*questions: Data, **changes: Any) -> Assessment:
    """An assessment of one dimension with given questions."""
    return small_assessment(dimensions=[dimension("a", questions=[*questions], **changes)])


def ids(assessment: Assessment, **answers: str) -> list[str]:
    """The ids of the questions on the way of some answers, given as `q1="3"`."""
    return [one.id for one in asked(assessment, given_as(answers))]


def given_as(answers: dict[str, str]) -> dict[str, Answer]:
    return {name: tuple(answer.split()) for name, answer in answers.items()}


def following(assessment: Assessment, *, after: str = "", **answers: str) -> str | None:
    found = next_question(assessment, given_as(answers), after=after)
    return found.id if found is not None else None


def before(assessment: Assessment, id_: str, **answers: str) -> str | None:
    found = question_before(assessment, given_as(answers), id_)
    return found.id if found is not None else None


class TestAsked:
    def test_without_conditions_every_question_is_asked_in_the_order_of_the_file(self) -> None:
        assert [one.id for one in asked(PLAIN, {})] == ["a-1", "a-2", "b-1"]

    @pytest.mark.parametrize(
        ("answer", "is_asked"), [("0", True), ("2", True), ("3", False), (UNKNOWN, True)]
    )
    def test_a_condition_is_met_by_any_of_its_answers(self, answer: str, *, is_asked: bool) -> None:
        whole = assessment(question("q1"), question("q2", when={"q1": [0, 2, UNKNOWN]}))
        assert ("q2" in ids(whole, q1=answer)) == is_asked

    def test_a_question_without_an_answer_meets_no_condition(self) -> None:
        whole = assessment(question("q1"), question("q2", when={"q1": [0, UNKNOWN]}))
        assert ids(whole) == ["q1"]

    def test_all_of_a_condition_must_hold(self) -> None:
        both = question("q3", when={"q1": [1], "q2": [2]})
        whole = assessment(question("q1"), question("q2"), both)
        assert "q3" not in ids(whole, q1="1", q2="1")
        assert "q3" in ids(whole, q1="1", q2="2")

    @pytest.mark.parametrize(
        ("answer", "is_asked"), [("x", True), ("x y", True), ("y", False), ("khong_co", False)]
    )
    def test_one_of_several_answers_is_enough(self, answer: str, *, is_asked: bool) -> None:
        choices = [{"id": name, "title": f"title {name}"} for name in "xy"]
        several = question("q1", kind="several", choices=choices)
        whole = assessment(several, question("q2", when={"q1": ["x"]}))
        assert ("q2" in ids(whole, q1=answer)) == is_asked

    @pytest.mark.parametrize(
        ("answer", "is_asked"),
        [
            ("9.9", False),
            ("10", True),
            ("15.5", True),
            ("20", True),
            ("21", False),
            (UNKNOWN, False),
        ],
    )
    def test_a_range_of_numbers_holds_with_both_ends(self, answer: str, *, is_asked: bool) -> None:
        number = question("q1", kind="number")
        whole = assessment(
            number, question("q2", when={"q1": {"from": 10, "to": 20}}), question("q3")
        )
        assert ("q2" in ids(whole, q1=answer)) == is_asked

    def test_a_dimension_is_asked_as_a_whole_or_not_at_all(self) -> None:
        whole = small_assessment(
            dimensions=[dimension("a", 1), dimension("b", 2, when={"a-1": [5]}), dimension("c", 1)]
        )
        assert [one.id for one in asked(whole, {"a-1": scored(4)})] == ["a-1", "c-1"]
        assert len(asked(whole, {"a-1": scored(5)})) == 4

    def test_what_was_answered_on_a_way_no_longer_taken_opens_nothing(self) -> None:
        whole = assessment(
            question("q1"),
            question("q2", when={"q1": [5]}),
            question("q3", when={"q2": [5]}),
            question("q4"),
        )
        assert ids(whole, q1="5", q2="5") == ["q1", "q2", "q3", "q4"]
        assert ids(whole, q1="4", q2="5", q3="5") == ["q1", "q4"]


class TestCountedAnswers:
    WHOLE = assessment(question("q1"), question("q2", when={"q1": [5]}), question("q3"))

    def test_they_come_in_the_order_of_the_questions(self) -> None:
        answers = given_as({"q3": "1", "q2": "2", "q1": "5"})
        assert list(counted_answers(self.WHOLE, answers)) == ["q1", "q2", "q3"]

    def test_those_that_are_not_on_the_way_are_none(self) -> None:
        answers = given_as({"q1": "4", "q2": "2", "q3": "1", "nowhere": "5"})
        assert list(counted_answers(self.WHOLE, answers)) == ["q1", "q3"]


class TestLadder:
    WHOLE = small_assessment(dimensions=[dimension("a", 3, ladder=True), dimension("b", 1)])

    def test_of_a_ladder_the_first_rung_is_asked_first(self) -> None:
        assert [one.id for one in asked(self.WHOLE, {})] == ["a-1", "b-1"]

    def test_the_next_rung_is_asked_of_who_stands_on_the_one_before(self) -> None:
        assert [one.id for one in asked(self.WHOLE, {"a-1": scored(5)})] == ["a-1", "a-2", "b-1"]

    @pytest.mark.parametrize("answer", ["0", "4", UNKNOWN])
    def test_nothing_below_the_best_answer_will_do(self, answer: str) -> None:
        assert not stands_on(self.WHOLE, self.WHOLE.questions[0], {"a-1": (answer,)})
        assert [one.id for one in asked(self.WHOLE, {"a-1": (answer,)})] == ["a-1", "b-1"]

    def test_a_rung_behind_one_that_is_missed_is_not_asked(self) -> None:
        answers = {"a-1": scored(5), "a-2": scored(1), "a-3": scored(5)}
        assert [one.id for one in asked(self.WHOLE, answers)] == ["a-1", "a-2", "b-1"]

    def test_while_it_can_be_climbed_all_of_it_can_come(self) -> None:
        assert to_come(self.WHOLE, {}) == 4
        assert to_come(self.WHOLE, {"a-1": scored(5)}) == 3

    def test_whoever_misses_a_rung_is_spared_the_rest(self) -> None:
        assert to_come(self.WHOLE, {"a-1": scored(4)}) == 1
        assert to_come(self.WHOLE, {"a-1": scored(5), "a-2": (UNKNOWN,)}) == 1


class TestToCome:
    BRANCHED = small_assessment(
        dimensions=[
            dimension("a", questions=[question("q1"), question("q2", when={"q1": [5]})]),
            dimension("b", 3, when={"q1": [0]}),
        ]
    )

    def test_at_first_every_branch_can_come(self) -> None:
        assert to_come(self.BRANCHED, {}) == 5

    def test_a_branch_that_was_not_taken_does_not(self) -> None:
        assert to_come(self.BRANCHED, {"q1": scored(5)}) == 1
        assert to_come(self.BRANCHED, {"q1": scored(0)}) == 3
        assert to_come(self.BRANCHED, {"q1": scored(3)}) == 0

    def test_a_correction_that_opens_a_branch_brings_its_questions_back(self) -> None:
        answers = {"q1": scored(3)}
        assert to_come(self.BRANCHED, {**answers, "q1": scored(0)}) == 3

    def test_an_answer_off_the_way_is_no_answer(self) -> None:
        assert to_come(self.BRANCHED, {"q1": scored(0), "q2": scored(1)}) == 3

    @given(st.permutations(["a-1", "a-2", "b-1"]))
    def test_without_branches_every_answer_takes_one(self, order: list[str]) -> None:
        answers: dict[str, Answer] = {}
        for left, name in zip((3, 2, 1), order, strict=True):
            assert to_come(PLAIN, answers) == left
            answers[name] = scored(2)
        assert to_come(PLAIN, answers) == 0


class TestNextQuestion:
    def test_it_is_the_first_without_an_answer(self) -> None:
        assert following(PLAIN) == "a-1"
        assert next_question(PLAIN, {"a-1": scored(1), "b-1": scored(1)}) == PLAIN.questions[1]

    def test_at_the_end_there_is_none(self) -> None:
        answers = {name: scored(0) for name in ("a-1", "a-2", "b-1")}
        assert next_question(PLAIN, answers) is None
        assert next_question(PLAIN, answers, after="a-1") is None

    def test_behind_a_question_it_is_looked_for_there_first(self) -> None:
        assert following(PLAIN, after="a-2") == "b-1"

    def test_and_then_before_it(self) -> None:
        found = next_question(PLAIN, {"b-1": scored(1), "a-2": scored(1)}, after="b-1")
        assert found == PLAIN.questions[0]

    def test_behind_a_question_off_the_way_it_is_looked_for_from_the_start(self) -> None:
        assert following(PLAIN, after="nowhere") == "a-1"

    def test_one_whose_condition_is_not_met_is_never_next(self) -> None:
        whole = assessment(question("q1"), question("q2", when={"q1": [5]}), question("q3"))
        assert following(whole, q1="4") == "q3"
        assert following(whole, q1="5") == "q2"
        assert following(whole, q1="5", after="q2") == "q3"

    @given(st.data())
    def test_answering_what_comes_next_leads_to_an_end(self, data: st.DataObject) -> None:
        whole = small_assessment(
            dimensions=[
                dimension("a", 3, ladder=True),
                dimension("b", 2, when={"a-1": [0, 5]}),
                dimension("c", questions=[question("q1"), question("q2", when={"q1": [3, 4, 5]})]),
            ]
        )
        answers: dict[str, Answer] = {}
        while (found := next_question(whole, answers)) is not None:
            assert found.id not in answers
            answers[found.id] = scored(data.draw(st.integers(0, 5)))
        assert [one.id for one in asked(whole, answers)] == list(answers)


class TestQuestionBefore:
    WHOLE = assessment(question("q1"), question("q2", when={"q1": [5]}), question("q3"))

    def test_it_is_the_one_asked_before(self) -> None:
        assert before(self.WHOLE, "q3", q1="5", q2="1") == "q2"

    def test_one_that_was_not_asked_is_passed_over(self) -> None:
        assert before(self.WHOLE, "q3", q1="4", q2="1") == "q1"

    def test_before_the_first_there_is_none(self) -> None:
        assert before(self.WHOLE, "q1") is None

    def test_at_the_end_it_is_the_last(self) -> None:
        assert before(self.WHOLE, "", q1="5", q2="1", q3="1") == "q3"

    def test_before_one_off_the_way_it_is_the_last_of_the_way(self) -> None:
        assert before(self.WHOLE, "q2", q1="4", q3="1") == "q3"
