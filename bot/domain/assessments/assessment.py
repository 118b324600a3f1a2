"""A self-assessment as data: dimensions, questions, the scale of answers, levels and advice."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.domain.input import lengths

FULL = 100
"""Percent."""

CHOICE_LIMIT = 27
"""Characters of an answer's title: with its score in front, one line of a button."""

MOST_CHOICES = 6

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=lengths.OFFICE_ID)]
ArticleId = Annotated[str, Field(max_length=lengths.ARTICLE_ID)]
Words = Annotated[str, Field(min_length=1), AfterValidator(str.strip)]
Weight = Annotated[float, Field(gt=0, le=10)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class AnswerChoice(_Part):
    """One answer offered as a button; `words`: other ways to type it."""

    score: int = Field(ge=0)
    title: str = Field(min_length=1, max_length=CHOICE_LIMIT)
    words: tuple[str, ...] = ()


class Scale(_Part):
    """How a question is answered: 0 to `most`, some of it offered as buttons.

    `fillers` are words that may stand around a score and mean nothing, such as its unit.
    """

    most: int = Field(ge=1, le=10)
    choices: tuple[AnswerChoice, ...] = Field(max_length=MOST_CHOICES)
    fillers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _reaches_both_ends(self) -> "Scale":
        scores = [choice.score for choice in self.choices]
        if [*scores[:1], *scores[-1:]] != [0, self.most] or not _rises(scores):
            raise ValueError(f"the choices must rise from 0 to {self.most}")
        return self


class Band(_Part):
    """A range of percents: from `start` up to where the next band begins."""

    start: int = Field(alias="from", ge=0, le=FULL)


class Level(Band):
    """What a total percent is called and means."""

    title: Words
    meaning: Words


class Advice(Band):
    """What to do first in a dimension that stands in this band."""

    do_first: Words


class Question(_Part):
    """One thing to look at. `look`: where, with one's own eyes."""

    id: Id
    text: Words
    look: str = ""
    weight: Weight = 1.0


class Dimension(_Part):
    """What is scored on its own, with advice by band and the articles to read."""

    id: Id
    title: Words
    meaning: Words
    weight: Weight = 1.0
    questions: tuple[Question, ...]
    advice: tuple[Advice, ...]
    articles: tuple[ArticleId, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> "Dimension":
        if not self.questions:
            raise ValueError("a dimension needs questions")
        _check_bands("advice", self.advice)
        return self

    def advice_at(self, percent: int) -> Advice:
        """The advice for a percent."""
        return band_at(self.advice, percent)


class Assessment(_Part):
    """A quiz. `version` changes whenever a question, the scale or a weight does.

    `caveat` stands under every result: what the score is not.
    """

    id: Id
    version: str = Field(min_length=1, max_length=20)
    title: Words
    subject: Words
    intro: Words
    caveat: Words
    request_topic: Id
    scale: Scale
    levels: tuple[Level, ...]
    dimensions: tuple[Dimension, ...]
    articles: tuple[ArticleId, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> "Assessment":
        if not self.dimensions:
            raise ValueError("an assessment needs dimensions")
        _check_bands("levels", self.levels)
        _check_once("dimension", (dimension.id for dimension in self.dimensions))
        _check_once("question", (question.id for question in self.questions))
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, in the order in which they are asked."""
        return tuple(question for d in self.dimensions for question in d.questions)

    def dimension_of(self, question: Question) -> Dimension:
        """The dimension in which a question counts."""
        return next(d for d in self.dimensions if question in d.questions)

    def level_at(self, percent: int) -> Level:
        """The level of a percent."""
        return band_at(self.levels, percent)


B = TypeVar("B", bound=Band)


def band_at(bands: Sequence[B], percent: int) -> B:
    """The band in which a percent lies."""
    return next(band for band in reversed(bands) if band.start <= percent)


def _check_bands(name: str, bands: Sequence[Band]) -> None:
    starts = [band.start for band in bands]
    if not starts or starts[0] != 0:
        raise ValueError(f"{name}: the first band must begin at 0")
    if not _rises(starts):
        raise ValueError(f"{name}: every band must begin above the one before it")


def _rises(numbers: Sequence[int]) -> bool:
    return all(below < above for below, above in pairwise(numbers))


def _check_once(kind: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for item in ids:
        if item in seen:
            raise ValueError(f"{kind} {item} stands here twice")
        seen.add(item)
