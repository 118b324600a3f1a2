"""A self-assessment as data: dimensions, questions, scales, levels, advice, and what follows."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal, TypeVar

from pydantic import Field, model_validator

from bot.domain.assessments.question import (
    ArticleId,
    Condition,
    Id,
    Question,
    QuestionKind,
    Scale,
    Weight,
    Words,
    check_once,
    rises,
)
from bot.domain.assessments.question import Part as _Part

FULL = 100
"""Percent."""

LONGEST_LEVEL = 60
"""Characters of a level's title: it is stored with a run."""

Grade = Literal[1, 2, 3]
"""Little, some, much."""


class Band(_Part):
    """A range of percents: from `start` up to where the next band begins."""

    start: int = Field(alias="from", ge=0, le=FULL)


class Level(Band):
    """What a total percent is called and means.

    `every`: percent that each dimension must reach besides. `no_gap`: whether a critical gap keeps
    from it. Who lacks one of these stands on the level below.
    """

    title: Annotated[Words, Field(max_length=LONGEST_LEVEL)]
    meaning: Words
    every: int = Field(default=0, ge=0, le=FULL)
    no_gap: bool = False


class Advice(Band):
    """What to do first in a dimension that stands in this band.

    `impact`, `effort`: 1 to 3. `support`: the article on who pays a part of it.
    """

    do_first: Words
    impact: Grade = 2
    effort: Grade = 2
    support: ArticleId | Literal[""] = ""


class Dimension(_Part):
    """What is scored on its own, with advice by band and the articles to read.

    `ladder`: its questions are rungs; the next is asked only of who stands on the one before, and
    only rungs without a gap below count (the rule of levels in ISO 9004, annex A).
    """

    id: Id
    title: Words
    meaning: Words
    weight: Weight = 1.0
    ladder: bool = False
    when: Condition = Field(default_factory=dict)
    questions: tuple[Question, ...]
    advice: tuple[Advice, ...] = ()
    articles: tuple[ArticleId, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> "Dimension":
        if not self.questions:
            raise ValueError("a dimension needs questions")
        if self.is_scored or self.advice:
            _check_bands("advice", self.advice)
        if self.ladder and not all(q.kind is QuestionKind.SCALE for q in self.questions):
            raise ValueError("the rungs of a ladder are of the kind scale")
        if self.ladder and any(q.may_not_apply for q in self.questions):
            raise ValueError("a rung always applies")
        return self

    @property
    def is_scored(self) -> bool:
        """Whether a question of it counts."""
        return any(q.counts and not q.knock_out for q in self.questions)

    def advice_at(self, percent: int) -> Advice:
        """The advice for a percent."""
        return band_at(self.advice, percent)


class Consequence(_Part):
    """What follows from some answers: an assessment to take, an article to read, a duty.

    `when`: any of these conditions. A duty names its `document` and `clause`, and, as far as the
    text says so, to whom it goes (`place`), how long it takes (`takes`), what it costs (`costs`)
    and by when it is due.
    """

    id: Id
    title: Words
    text: Words
    when: tuple[Condition, ...] = ()
    assessment: Id | Literal[""] = ""
    article: ArticleId | Literal[""] = ""
    document: str = Field(default="", max_length=80)
    clause: str = ""
    place: str = ""
    takes: str = ""
    costs: str = ""
    due: str = ""


class Term(_Part):
    """Numbers that are added up or taken away, by question id."""

    plus: tuple[Id, ...] = Field(min_length=1)
    minus: tuple[Id, ...] = ()


class Ratio(_Part):
    """A figure computed from the numbers that the owner gave: one term over the product of others.

    `scale`: what the quotient is multiplied by (100 for percent).
    """

    id: Id
    title: Words
    meaning: Words
    over: Term
    under: tuple[Term, ...] = ()
    scale: float = 1
    unit: str = ""
    decimals: int = Field(default=1, ge=0, le=3)


class RegisterField(_Part):
    """Which field of the department's register an answer speaks of, where an officer takes it over.

    `choices`: the value that each choice stands for, as it is typed; one that is not named stands
    for none. `last_year`: the figure is of the year before the answer.
    """

    field: str = Field(max_length=20)
    choices: dict[Id, str] = Field(default_factory=dict)
    last_year: bool = False


class InstrumentKind(StrEnum):
    """Who wants it: its owner a result of it, or the department the answers (a questionnaire)."""

    ASSESSMENT = "assessment"
    SURVEY = "survey"


class Assessment(_Part):
    """A quiz. `version` changes whenever a question, a scale or a weight does.

    `called`: how owners name it, besides `subject`. `caveat` stands under every result: what the
    score is not; of a questionnaire, what becomes of the answers. `levels` is empty where nothing
    is scored, as in a screening. `register_fields`: what answers propose to the register, by
    question.
    """

    id: Id
    kind: InstrumentKind = InstrumentKind.ASSESSMENT
    version: str = Field(min_length=1, max_length=20)
    title: Words
    subject: Words
    button: str = Field(default="", max_length=40)
    called: tuple[Words, ...] = ()
    minutes: int = Field(default=8, ge=1, le=30)
    intro: Words
    caveat: Words
    request_topic: Id
    scale: Scale
    scales: dict[str, Scale] = Field(default_factory=dict)
    levels: tuple[Level, ...] = ()
    dimensions: tuple[Dimension, ...]
    consequences: tuple[Consequence, ...] = ()
    ratios: tuple[Ratio, ...] = ()
    articles: tuple[ArticleId, ...] = ()
    register_fields: dict[Id, RegisterField] = Field(default_factory=dict, alias="register")

    @model_validator(mode="after")
    def _is_whole(self) -> "Assessment":
        if not self.dimensions:
            raise ValueError("an assessment needs dimensions")
        if self.is_scored or self.levels:
            _check_bands("levels", self.levels)
        elif not self.consequences and not self.is_survey:
            raise ValueError("without a score there must be `consequences`")
        check_once("dimension", [dimension.id for dimension in self.dimensions])
        check_once("question", [question.id for question in self.questions])
        check_once("consequence", [one.id for one in self.consequences])
        _check_scales(self)
        _check_conditions(self)
        _check_ratios(self)
        return self

    @cached_property
    def content(self) -> str:
        """All of it as JSON, from which it can be read again."""
        return self.model_dump_json(by_alias=True, exclude_defaults=True)

    @cached_property
    def digest(self) -> str:
        """What tells it from any other that says or counts something else."""
        return sha256(self.content.encode()).hexdigest()

    @property
    def is_survey(self) -> bool:
        """Whether it is a questionnaire of the department's."""
        return self.kind is InstrumentKind.SURVEY

    @property
    def is_scored(self) -> bool:
        """Whether there is a score at the end."""
        return any(dimension.is_scored for dimension in self.dimensions)

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order in which they are asked."""
        return tuple(question for d in self.dimensions for question in d.questions)

    def question(self, id_: str) -> Question | None:
        """The question of an id."""
        return next((question for question in self.questions if question.id == id_), None)

    def dimension_of(self, question: Question) -> Dimension:
        """The dimension in which a question counts."""
        return next(d for d in self.dimensions if question in d.questions)

    def level_at(self, percent: int) -> Level:
        """The level of a percent, whatever else it asks for."""
        return band_at(self.levels, percent)

    def scale_of(self, question: Question) -> Scale:
        """The scale on which a question is answered."""
        return self.scales[question.scale] if question.scale else self.scale


B = TypeVar("B", bound=Band)


def band_at(bands: Sequence[B], percent: int) -> B:
    """The band in which a percent lies."""
    return next(band for band in reversed(bands) if band.start <= percent)


def _check_bands(name: str, bands: Sequence[Band]) -> None:
    starts = [band.start for band in bands]
    if not starts or starts[0] != 0:
        raise ValueError(f"{name}: the first band must begin at 0")
    if not rises(starts):
        raise ValueError(f"{name}: every band must begin above the one before it")


def _check_scales(assessment: Assessment) -> None:
    for question in assessment.questions:
        if question.scale and question.scale not in assessment.scales:
            raise ValueError(f"{question.id}: there is no scale {question.scale}")


def _check_conditions(assessment: Assessment) -> None:
    """A condition looks back only: whether a question is asked never hangs on a later answer."""
    before: set[str] = set()
    words = {one.id for one in assessment.questions if one.kind is QuestionKind.TEXT}
    for dimension in assessment.dimensions:
        _check_known(dimension.id, dimension.when, before)
        for question in dimension.questions:
            _check_known(question.id, question.when, before)
            if question.at_most:
                _check_known(question.id, {question.at_most: ()}, before)
            # On free words nothing can hang: nobody knows them before.
            before |= {question.id} - words
    for consequence in assessment.consequences:
        for condition in consequence.when:
            _check_known(consequence.id, condition, before)


def _check_known(name: str, condition: Condition, before: set[str]) -> None:
    for question in condition:
        if question not in before:
            raise ValueError(f"{name}: `when` names {question}, which is not asked before it")


def _check_ratios(assessment: Assessment) -> None:
    numbers = {q.id for q in assessment.questions if q.kind is QuestionKind.NUMBER}
    for ratio in assessment.ratios:
        for name in _named(ratio):
            if name not in numbers:
                raise ValueError(f"{ratio.id}: {name} is no question that asks for a number")


def _named(ratio: Ratio) -> Iterator[str]:
    for term in (ratio.over, *ratio.under):
        yield from term.plus
        yield from term.minus
