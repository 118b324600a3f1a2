"""Models, scoring, and typed scores of self-assessments."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.domain.assessments.assessment import Assessment, band_at
from bot.domain.assessments.scoring import AnswersMissing, score
from bot.domain.assessments.typed_answer import read_score
from tests.support.data.assessments import (
    SCALE,
    answered,
    assessment_data,
    dimension,
    small_assessment,
)

SMALL = small_assessment()
WEIGHTED = small_assessment(
    dimensions=[
        dimension(
            "a",
            weight=3,
            questions=[{"id": "a-1", "text": "t", "weight": 2}, {"id": "a-2", "text": "t"}],
        ),
        dimension("b"),
    ]
)
ASSESSMENTS = st.sampled_from([SMALL, WEIGHTED])


def all_scores(assessment: Assessment) -> st.SearchStrategy[list[int]]:
    n = len(assessment.questions)
    return st.lists(st.integers(0, assessment.scale.most), min_size=n, max_size=n)


class TestScore:
    def test_it_counts_as_a_hand_does(self) -> None:
        result = score(SMALL, answered(SMALL, 5, 5, 3, 2, 0, 1, 4, 4))
        # a 10/10, b 5/10, c 1/10, d 8/10; together 24/40
        assert [(d.dimension.id, d.percent) for d in result.dimensions] == [
            ("a", 100),
            ("b", 50),
            ("c", 10),
            ("d", 80),
        ]
        assert result.percent == 60
        assert result.level.title == "middle"
        assert result.complete

    def test_it_weighs_questions_and_dimensions(self) -> None:
        result = score(WEIGHTED, answered(WEIGHTED, 5, 0, 0, 5))
        # a: (2·5 + 1·0) / (3·5) = 66.7 %; b: 50 %; together (3·2/3 + 1·1/2) / 4 = 62.5 %
        assert [d.percent for d in result.dimensions] == [67, 50]
        assert result.percent == 63

    def test_it_rounds_a_half_up_and_reads_the_level_of_what_is_shown(self) -> None:
        assert score(SMALL, answered(SMALL, 5, 5, 5, 5, 5, 5, 4, 2)).level.title == "middle"
        assert score(SMALL, answered(SMALL, 5, 5, 5, 5, 5, 5, 4, 3)).level.title == "high"
        assert score(SMALL, answered(SMALL, 5, 5, 5, 5, 5, 5, 4, 3)).percent == 93

    def test_it_names_the_weakest_three_weakest_first(self) -> None:
        result = score(SMALL, answered(SMALL, 5, 5, 3, 2, 0, 1, 4, 4))
        assert [d.dimension.id for d in result.weakest] == ["c", "b", "d"]

    def test_it_breaks_ties_in_the_order_of_the_file(self) -> None:
        result = score(SMALL, answered(SMALL, 2, 2, 1, 3, 5, 5, 4, 0))
        assert [d.dimension.id for d in result.weakest] == ["a", "b", "d"]

    def test_it_refuses_open_questions(self) -> None:
        with pytest.raises(AnswersMissing) as raised:
            score(SMALL, answered(SMALL, 5, 5, 5))
        assert raised.value.questions == ["b-2", "c-1", "c-2", "d-1", "d-2"]

    def test_it_leaves_open_questions_out_where_the_caller_says_so(self) -> None:
        result = score(SMALL, answered(SMALL, 5, 5, 2), complete=False)
        assert [(d.dimension.id, d.percent, d.answered) for d in result.dimensions] == [
            ("a", 100, 2),
            ("b", 40, 1),
        ]
        assert result.percent == 70
        assert not result.complete

    def test_nothing_answered_has_no_score(self) -> None:
        with pytest.raises(AnswersMissing):
            score(SMALL, {}, complete=False)

    @pytest.mark.parametrize("wrong", [-1, 6])
    def test_it_refuses_a_score_outside_of_the_scale(self, wrong: int) -> None:
        with pytest.raises(ValueError, match="not between 0 and 5"):
            score(SMALL, answered(SMALL, wrong, 0, 0, 0, 0, 0, 0, 0))

    def test_answers_to_unknown_questions_do_not_count(self) -> None:
        answers = answered(SMALL, *[5] * 8) | {"noise": ("0",)}
        assert score(SMALL, answers).percent == 100

    @given(ASSESSMENTS, st.sampled_from([0, 5]))
    def test_nothing_and_everything_are_reachable(
        self, assessment: Assessment, given_: int
    ) -> None:
        result = score(assessment, answered(assessment, *[given_] * len(assessment.questions)))
        assert {result.percent, *(d.percent for d in result.dimensions)} == {given_ * 20}

    @given(st.data(), ASSESSMENTS)
    def test_a_better_answer_never_lowers_anything(
        self, data: st.DataObject, assessment: Assessment
    ) -> None:
        scores = data.draw(all_scores(assessment))
        place = data.draw(st.integers(0, len(scores) - 1))
        better = [*scores]
        better[place] = data.draw(st.integers(scores[place], assessment.scale.most))
        before, after = (score(assessment, answered(assessment, *s)) for s in (scores, better))
        assert before.percent <= after.percent
        assert before.level.start <= after.level.start
        for one, other in zip(before.dimensions, after.dimensions, strict=True):
            assert one.percent <= other.percent

    @given(st.data(), ASSESSMENTS)
    def test_the_total_lies_between_the_weakest_and_the_strongest(
        self, data: st.DataObject, assessment: Assessment
    ) -> None:
        result = score(assessment, answered(assessment, *data.draw(all_scores(assessment))))
        percents = [d.percent for d in result.dimensions]
        assert min(percents) <= result.percent <= max(percents)


class TestBands:
    @given(st.integers(0, 100))
    def test_every_percent_has_one(self, percent: int) -> None:
        level = band_at(SMALL.levels, percent)
        assert level.start <= percent

    @pytest.mark.parametrize(
        ("percent", "level"),
        [(0, "low"), (59, "low"), (60, "middle"), (90, "middle"), (91, "high"), (100, "high")],
    )
    def test_a_band_begins_at_its_own_percent(self, percent: int, level: str) -> None:
        assert SMALL.level_at(percent).title == level

    def test_advice_is_that_of_the_percent(self) -> None:
        a = SMALL.dimensions[0]
        assert (a.advice_at(49).do_first, a.advice_at(50).do_first) == ("begin a", "go on a")


class TestModel:
    def test_it_asks_the_questions_in_the_order_of_the_file(self) -> None:
        assert [q.id for q in SMALL.questions] == [
            "a-1", "a-2", "b-1", "b-2", "c-1", "c-2", "d-1", "d-2",
        ]  # fmt: skip

    def test_a_question_knows_its_dimension(self) -> None:
        assert SMALL.dimension_of(SMALL.questions[3]).id == "b"

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"levels": []}, "first band must begin at 0"),
            ({"levels": [{"from": 1, "title": "t", "meaning": "m"}]}, "must begin at 0"),
            (
                {"levels": [{"from": 0, "title": "t", "meaning": "m"}] * 2},
                "every band must begin above",
            ),
            ({"levels": [{"from": 101, "title": "t", "meaning": "m"}]}, "less than or equal to"),
            ({"dimensions": []}, "needs dimensions"),
            ({"dimensions": [dimension("a"), dimension("a")]}, "dimension a stands here twice"),
            (
                {
                    "dimensions": [
                        dimension("a"),
                        dimension("b", questions=[{"id": "a-1", "text": "t"}]),
                    ]
                },
                "question a-1 stands here twice",
            ),
            ({"dimensions": [dimension("a", 0)]}, "needs questions"),
            ({"dimensions": [dimension("a", weight=0)]}, "greater than 0"),
            ({"dimensions": [dimension("a", advice=[])]}, "advice: the first band"),
            ({"scale": {**SCALE, "most": 4}}, "must rise from 0 to 4"),
            ({"scale": {**SCALE, "choices": SCALE["choices"][1:]}}, "must rise from 0 to 5"),
            ({"scale": {**SCALE, "choices": SCALE["choices"][:1]}}, "must rise from 0 to 5"),
            ({"scale": {**SCALE, "choices": []}}, "must rise from 0 to 5"),
            ({"title": ""}, "at least 1 character"),
            ({"colour": "red"}, "Extra inputs"),
        ],
    )
    def test_it_refuses_what_could_not_be_asked_or_scored(
        self, changes: dict[str, Any], message: str
    ) -> None:
        with pytest.raises(ValidationError, match=message):
            Assessment.model_validate(assessment_data(**changes))


class TestReadScore:
    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            ("4", 4),
            (" 0 ", 0),
            ("5.", 5),
            ("4 điểm", 4),
            ("4 diem", 4),
            ("dạ cho 3 điểm ạ", 3),
            ("bốn", 4),
            ("dạ cho ba điểm ạ", 3),
            ("4/5", 4),
            ("2 / 5", 2),
            ("chưa", 0),
            ("CHUA", 0),
            ("dạ chưa ạ", 0),
            ("Làm một phần", 2),
            ("lam mot phan", 2),
            ("2 · Làm một phần", 2),
            ("có rồi", 5),
            ("co roi", 5),
        ],
    )
    def test_it_understands(self, text: str, meant: int) -> None:
        assert read_score(text, SMALL.scale) == meant

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "   ",
            "?",
            "điểm",
            "6",
            "45",
            "-1",
            "2.5",
            "2,5",
            "3 hay 4",
            "4/10",
            "9/5",
            "²",
            "5S là gì",
            "iso 9001",
            "chưa rõ câu hỏi lắm",
            "có",
            "3 " * 30,
            "9" * 400,
        ],
    )
    def test_it_does_not_guess(self, text: str) -> None:
        assert read_score(text, SMALL.scale) is None

    @given(st.text(max_size=60))
    def test_it_gives_a_score_of_the_scale_or_none(self, text: str) -> None:
        meant = read_score(text, SMALL.scale)
        assert meant is None or 0 <= meant <= 5

    @given(st.sampled_from(SMALL.scale.choices))
    def test_every_way_to_type_a_choice_means_it(self, choice: Any) -> None:
        for way in (choice.title, f"{choice.score} · {choice.title}", *choice.words):
            assert read_score(way, SMALL.scale) == choice.score
