"""Whatever an owner answers, each of our own assessments comes to an end and to something."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.assessments.answer import is_answer
from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.path import asked, next_question, question_before, to_come
from bot.domain.assessments.question import (
    NONE_OF_THEM,
    NOT_APPLICABLE,
    UNKNOWN,
    Answer,
    Condition,
    Question,
    QuestionKind,
    holds,
)
from bot.domain.assessments.run_words import asks_for_answers, asks_why, question_to_edit
from bot.domain.assessments.scoring import score
from bot.domain.assessments.typed_answer import is_unknown, read_answer
from bot.domain.text.plain import plain
from bot.knowledge.library import Library
from bot.knowledge.tables import read_tables
from bot.services.assessments.product_asked import product_answer
from bot.settings import ROOT

OURS = (
    "5s",
    "chon-bai",
    "chuyen-doi-so",
    "giai-thuong",
    "iso-9001",
    "nang-suat",
    "quan-ly-chat-luong",
    "san-pham",
    "so-huu-tri-tue",
    "truy-xuat",
)

MOST_QUESTIONS = 31

TRIES = 400
"""Walks that are tried until one of them meets a condition."""

SAMPLE = 200
"""Walks of which the longest is looked for."""

Products = tuple[Answer, ...]
"""What can be answered where a product is asked for: any of the lists, or one of no list."""


@dataclass(frozen=True)
class Walk:
    """Answers from the first question to the last; `left`: how many were to come before each."""

    answers: dict[str, Answer]
    left: tuple[int, ...]


@pytest.fixture(scope="module")
def assessments() -> dict[str, Assessment]:
    return dict(read_tables(ROOT / "knowledge_base").assessments)


@pytest.fixture(scope="module")
def products(library: Library) -> Products:
    listed = library.current.products
    found = (product_answer(listed, one.name) for one in listed.products)
    unlisted = product_answer(listed, "đèn lồng giấy kiếng")
    return (*(one for one in (*found, unlisted) if one is not None),)


def own_answers(assessment: Assessment, question: Question, products: Products) -> list[Answer]:
    """What a question can be answered with, the best or last one at the end.

    Of several choices: each alone, then all.
    """
    match question.kind:
        case QuestionKind.SCALE:
            return [(str(n),) for n in range(assessment.scale_of(question).most + 1)]
        case QuestionKind.ONE_OF:
            return [(one.id,) for one in sorted(question.choices, key=lambda one: one.score or 0)]
        case QuestionKind.SEVERAL:
            alone: list[Answer] = [(one.id,) for one in question.choices]
            return [(NONE_OF_THEM,), *alone, tuple(one.id for one in question.choices)]
        case QuestionKind.PRODUCT:
            return [*products]
        case QuestionKind.TEXT:
            return [("lời",)]
        case QuestionKind.NUMBER | QuestionKind.YEAR:
            least, most = question.least or 0, question.most or 100
            return [(f"{least:g}",), (f"{(least + most) / 2:.2f}",), (f"{most:.0f}",)]


def answers_to(assessment: Assessment, question: Question, products: Products) -> list[Answer]:
    """As `own_answers`, with those that say that there is none in front."""
    beside: list[Answer] = [(UNKNOWN,)]
    if question.may_not_apply:
        beside.append((NOT_APPLICABLE,))
    return [*beside, *own_answers(assessment, question, products)]


def drawn(data: st.DataObject, assessment: Assessment, question: Question, of: Products) -> Answer:
    answers = answers_to(assessment, question, of)
    some = st.sampled_from(answers)
    if question.kind is QuestionKind.SEVERAL:
        ids = [one.id for one in question.choices]
        mixed = st.sets(st.sampled_from(ids), min_size=1).map(
            lambda chosen: tuple(id_ for id_ in ids if id_ in chosen)
        )
        return data.draw(st.one_of(some, mixed))
    # A ladder is climbed by its best answers alone.
    return data.draw(st.one_of(some, st.just(answers[-1])))


def walk(data: st.DataObject, assessment: Assessment, products: Products) -> Walk:
    answers: dict[str, Answer] = {}
    left = [to_come(assessment, answers)]
    while (question := next_question(assessment, answers)) is not None:
        answers[question.id] = drawn(data, assessment, question, products)
        left.append(to_come(assessment, answers))
    return Walk(answers, tuple(left))


@pytest.mark.parametrize("id_", OURS)
class TestWalk:
    @given(data=st.data())
    @settings(max_examples=25)
    def test_it_gives_every_question_an_answer_that_it_knows(
        self,
        data: st.DataObject,
        assessments: dict[str, Assessment],
        products: Products,
        id_: str,
    ) -> None:
        assessment = assessments[id_]
        answers = walk(data, assessment, products).answers
        way = asked(assessment, answers)
        assert [question.id for question in way] == list(answers)
        assert all(is_answer(assessment, one, answers[one.id]) for one in way)

    @given(data=st.data())
    @settings(max_examples=25)
    def test_every_answer_brings_the_end_nearer(
        self,
        data: st.DataObject,
        assessments: dict[str, Assessment],
        products: Products,
        id_: str,
    ) -> None:
        left = walk(data, assessments[id_], products).left
        assert left[0] <= len(assessments[id_].questions)
        assert all(after < before for before, after in pairwise(left))

    @given(data=st.data())
    @settings(max_examples=25)
    def test_what_is_said_to_come_is_enough(
        self,
        data: st.DataObject,
        assessments: dict[str, Assessment],
        products: Products,
        id_: str,
    ) -> None:
        done = walk(data, assessments[id_], products)
        still_asked = range(len(done.answers), -1, -1)
        assert all(told >= true for told, true in zip(done.left, still_asked, strict=True))

    @given(data=st.data())
    @settings(max_examples=25)
    def test_a_score_stays_between_nothing_and_everything(
        self,
        data: st.DataObject,
        assessments: dict[str, Assessment],
        products: Products,
        id_: str,
    ) -> None:
        assessment = assessments[id_]
        answers = walk(data, assessment, products).answers
        result = score(assessment, answers)
        assert result.complete
        assert all(0 <= one.percent <= 100 for one in result.dimensions)
        assert result.percent is None or 0 <= result.percent <= 100
        assert (result.percent is None) == (result.level is None) == (not result.dimensions)

    @given(data=st.data())
    @settings(max_examples=15)
    def test_so_does_that_of_a_run_left_half_way(
        self,
        data: st.DataObject,
        assessments: dict[str, Assessment],
        products: Products,
        id_: str,
    ) -> None:
        assessment = assessments[id_]
        whole = [*walk(data, assessment, products).answers.items()]
        some = dict(whole[: data.draw(st.integers(1, len(whole)))])
        result = score(assessment, some, complete=False)
        assert result.percent is None or 0 <= result.percent <= 100

    @given(data=st.data())
    @settings(max_examples=15)
    def test_the_order_in_which_answers_came_does_not_matter(
        self,
        data: st.DataObject,
        assessments: dict[str, Assessment],
        products: Products,
        id_: str,
    ) -> None:
        assessment = assessments[id_]
        answers = walk(data, assessment, products).answers
        shuffled = dict(data.draw(st.permutations([*answers.items()])))
        assert asked(assessment, shuffled) == asked(assessment, answers)
        assert score(assessment, shuffled) == score(assessment, answers)

    @given(data=st.data())
    @settings(max_examples=15)
    def test_who_goes_back_comes_by_every_question_to_the_first(
        self,
        data: st.DataObject,
        assessments: dict[str, Assessment],
        products: Products,
        id_: str,
    ) -> None:
        assessment = assessments[id_]
        answers = walk(data, assessment, products).answers
        back = []
        here = question_before(assessment, answers, "")
        while here is not None:
            back.append(here.id)
            here = question_before(assessment, answers, here.id)
        assert back == list(reversed(answers))


@pytest.mark.parametrize("id_", [id_ for id_ in OURS if id_ != "so-huu-tri-tue"])
def test_no_way_has_more_questions_than_anybody_answers(
    assessments: dict[str, Assessment], products: Products, id_: str
) -> None:
    draw = random.Random(7)
    walks = [any_answers(draw, assessments[id_], products, {}) for _ in range(SAMPLE)]
    assert max(map(len, walks)) <= MOST_QUESTIONS


class TestConsequences:
    @pytest.mark.parametrize("id_", ["chon-bai", "san-pham"])
    @given(data=st.data())
    @settings(max_examples=100)
    def test_a_run_without_a_score_leads_somewhere(
        self,
        data: st.DataObject,
        assessments: dict[str, Assessment],
        products: Products,
        id_: str,
    ) -> None:
        assessment = assessments[id_]
        result = score(assessment, walk(data, assessment, products).answers)
        assert result.percent is None
        assert result.consequences

    @pytest.mark.parametrize("id_", [id_ for id_ in OURS if id_ != "5s"])
    def test_every_one_is_reached_by_each_of_its_conditions(
        self, assessments: dict[str, Assessment], products: Products, id_: str
    ) -> None:
        assessment = assessments[id_]
        unreached = [
            (consequence.id, condition)
            for consequence in assessment.consequences
            for condition in consequence.when
            if not is_reached(assessment, consequence.id, condition, products)
        ]
        assert assessment.consequences
        assert unreached == []

    def test_the_screening_sends_everybody_on_to_one_assessment_first(
        self, assessments: dict[str, Assessment]
    ) -> None:
        screening = assessments["chon-bai"]
        first = [one for one in screening.consequences if one.id.startswith("bai-")]
        assert len(first) == 7
        for answers in all_answers(
            screening, "dau-nhat", "lam-gi", "may-nguoi", "chung-nhan", "so-lieu"
        ):
            met = [one.id for one in first if any(holds(when, answers) for when in one.when)]
            assert len(met) == 1, (answers, met)

    @given(data=st.data())
    @settings(max_examples=150)
    def test_the_screening_sends_on_to_three_at_most_and_to_none_twice(
        self, data: st.DataObject, assessments: dict[str, Assessment], products: Products
    ) -> None:
        screening = assessments["chon-bai"]
        result = score(screening, walk(data, screening, products).answers)
        sent_on = [one.assessment for one in result.consequences if one.assessment]
        assert 1 <= len(sent_on) <= 3
        assert len(set(sent_on)) == len(sent_on)


def is_reached(
    assessment: Assessment, consequence: str, condition: Condition, products: Products
) -> bool:
    """Whether a walk that gives a condition what it wants, and else anything, leads there."""
    draw = random.Random(7)
    for _ in range(TRIES):
        answers = any_answers(draw, assessment, products, condition)
        if holds(condition, answers):
            return consequence in [one.id for one in score(assessment, answers).consequences]
    return False


def any_answers(
    draw: random.Random, assessment: Assessment, products: Products, wanted: Condition
) -> dict[str, Answer]:
    """A walk by chance that answers as a condition wants where it names the question.

    Half of the rest are the best or fullest answers: so ladders are climbed and branches opened.
    """
    answers: dict[str, Answer] = {}
    while (question := next_question(assessment, answers)) is not None:
        possible = answers_to(assessment, question, products)
        if question.id in wanted:
            here = {question.id: wanted[question.id]}
            possible = [one for one in possible if holds(here, {question.id: one})]
        elif draw.random() < 0.5:
            possible = possible[-1:]
        answers[question.id] = draw.choice(possible)
    return answers


def all_answers(assessment: Assessment, *names: str) -> Iterator[Mapping[str, Answer]]:
    """Every way to answer some questions that have one answer each."""
    questions = [one for one in assessment.questions if one.id in names]
    assert len(questions) == len(names)
    for chosen in product(*(answers_to(assessment, one, ()) for one in questions)):
        yield {one.id: answer for one, answer in zip(questions, chosen, strict=True)}


def ways_to_type(assessment: Assessment) -> Iterator[tuple[Question, Answer, str]]:
    """Every title and word of every choice, as typed to the question that offers it.

    A scale once: it reads the same to all of its questions.
    """
    scales = {one.scale: one for one in assessment.questions if one.kind is QuestionKind.SCALE}
    for question in assessment.questions:
        if scales.get(question.scale) == question:
            for level in assessment.scale_of(question).choices:
                shown = f"{level.score} · {level.title}"
                for way in (str(level.score), level.title, shown, *level.words):
                    yield question, (str(level.score),), way
        for choice in question.choices:
            for way in (choice.title, *choice.words):
                yield question, (choice.id,), way


@pytest.mark.parametrize("id_", OURS)
class TestTyped:
    def test_every_title_and_every_word_is_read_as_its_own_choice(
        self, assessments: dict[str, Assessment], id_: str
    ) -> None:
        assessment = assessments[id_]
        misread = [
            (question.id, typed, read)
            for question, meant, way in ways_to_type(assessment)
            for typed in (way, plain(way), way.upper(), f" {way}. ")
            if (read := read_answer(typed, assessment, question)) != meant
        ]
        assert misread == []

    def test_the_number_of_a_choice_in_its_list_is_read_as_that_choice(
        self, assessments: dict[str, Assessment], id_: str
    ) -> None:
        assessment = assessments[id_]
        for question in assessment.questions:
            if any(choice.within for choice in question.choices):
                continue  # a number is a quantity there
            for number, choice in enumerate(question.choices, start=1):
                assert read_answer(str(number), assessment, question) == (choice.id,)

    def test_none_of_them_says_that_there_is_no_answer(
        self, assessments: dict[str, Assessment], id_: str
    ) -> None:
        ways = ways_to_type(assessments[id_])
        assert [way for _, _, way in ways if is_unknown(way)] == []

    def test_none_of_them_speaks_of_the_run(
        self, assessments: dict[str, Assessment], id_: str
    ) -> None:
        caught = [
            way
            for _, _, way in ways_to_type(assessments[id_])
            if asks_why(way) or asks_for_answers(way) or question_to_edit(way) is not None
        ]
        assert caught == []
