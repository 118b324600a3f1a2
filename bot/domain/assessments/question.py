"""One question of a self-assessment: what is asked, how it is answered, when it is asked at all."""

from collections.abc import Container, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from bot.domain.input import lengths

CHOICE_LIMIT = 27
"""Characters of an answer's title: with its score in front, one line of a button."""

MOST_CHOICES = 8

UNKNOWN = "khong_biet"
"""The answer of who cannot tell. It counts as the lowest answer, and is counted in the result."""

NOT_APPLICABLE = "khong_ap_dung"
"""The answer of whom the question does not concern. It is left out of the count."""

NONE_OF_THEM = "khong_co"
"""The answer to a question with several answers, of which none holds."""

Answer = tuple[str, ...]
"""What was answered, as tokens: a score, ids of choices, a number, or one of the words above."""

Answers = Mapping[str, Answer]
"""Answers by question id."""

NOTHING_ANSWERED: Answers = MappingProxyType({})

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=lengths.OFFICE_ID)]
ArticleId = Annotated[str, Field(max_length=lengths.ARTICLE_ID)]
Words = Annotated[str, Field(min_length=1), AfterValidator(str.strip)]
Weight = Annotated[float, Field(gt=0, le=10)]


class Part(BaseModel):
    """What the parts of an assessment share: no unknown field, no change."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class AnswerChoice(Part):
    """One answer of a scale, offered as a button; `words`: other ways to type it."""

    score: int = Field(ge=0)
    title: str = Field(min_length=1, max_length=CHOICE_LIMIT)
    words: tuple[str, ...] = ()


class Scale(Part):
    """How a question is answered: 0 to `most`, some of it offered as buttons.

    `fillers` are words that may stand around a score and mean nothing, such as its unit.
    """

    most: int = Field(ge=1, le=10)
    choices: tuple[AnswerChoice, ...] = Field(max_length=MOST_CHOICES)
    fillers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _reaches_both_ends(self) -> "Scale":
        scores = [choice.score for choice in self.choices]
        if [*scores[:1], *scores[-1:]] != [0, self.most] or not rises(scores):
            raise ValueError(f"the choices must rise from 0 to {self.most}")
        return self


class Within(Part):
    """A range of numbers, both ends included."""

    least: float | None = Field(default=None, alias="from")
    most: float | None = Field(default=None, alias="to")

    def holds(self, number: float) -> bool:
        """Whether a number lies in the range."""
        return (self.least is None or number >= self.least) and (
            self.most is None or number <= self.most
        )


class OwnChoice(Part):
    """One answer that belongs to a single question; `hint` is read beside its title.

    `score`: what it counts, where the question counts. `within`: the numbers that it stands for,
    so that a typed number chooses it.
    """

    id: Id
    title: str = Field(min_length=1, max_length=CHOICE_LIMIT)
    hint: str = ""
    words: tuple[str, ...] = ()
    score: int | None = Field(default=None, ge=0, le=100)
    within: Within | None = None


def _as_tokens(value: Any) -> Any:
    if isinstance(value, Mapping):
        return value
    listed = value if isinstance(value, list | tuple) else [value]
    return tuple(str(one) for one in listed)


Wanted = Annotated[Within | tuple[str, ...], BeforeValidator(_as_tokens)]

Condition = dict[str, Wanted]
"""By question id: the answers of which one must have been given. All of them must hold.

A question that was not asked, or not answered yet, meets no condition.
"""


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"
    ONE_OF = "one_of"
    SEVERAL = "several"
    NUMBER = "number"
    YEAR = "year"
    PRODUCT = "product"
    TEXT = "text"


_WITH_CHOICES = (QuestionKind.ONE_OF, QuestionKind.SEVERAL)


class Question(Part):
    """One thing to look at.

    `look`: where, with one's own eyes. `why`: why it is asked. `scale`: one of the file's, where
    it is not the first. `full`: the points of several answers from which nothing is lacking.
    `least`, `most`: what a number can plausibly be; `at_most`: the question whose number it cannot
    be above. `longest`: characters of an answer in free words, which counts for nothing.
    `may_not_apply`: whether it may not concern an enterprise. `critical`: a gap here is named apart
    from the score. `knock_out`: without it the rest is in vain.
    """

    id: Id
    text: Words
    kind: QuestionKind = QuestionKind.SCALE
    look: str = ""
    example: str = ""
    why: str = ""
    weight: Weight = 1.0
    scale: str = ""
    choices: tuple[OwnChoice, ...] = Field(default=(), max_length=MOST_CHOICES)
    full: int | None = Field(default=None, ge=1)
    unit: str = ""
    least: float | None = None
    most: float | None = None
    at_most: str = ""
    longest: int | None = Field(default=None, ge=1, le=lengths.ANSWER_WORDS)
    when: Condition = Field(default_factory=dict)
    may_not_apply: bool = False
    critical: bool = False
    knock_out: bool = False

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Question":
        if (self.kind in _WITH_CHOICES) != bool(self.choices):
            raise ValueError("`choices` belong to one_of and several, and to these alone")
        if (self.kind is QuestionKind.TEXT) != (self.longest is not None):
            raise ValueError("`longest` belongs to the kind text, which needs it")
        if self.scale and self.kind is not QuestionKind.SCALE:
            raise ValueError("`scale` belongs to the kind scale")
        given = [choice.score is not None for choice in self.choices]
        if any(given) and not all(given):
            raise ValueError("either every choice has a `score` or none has")
        if any(given) and max(choice.score or 0 for choice in self.choices) == 0:
            raise ValueError("some choice must score more than 0")
        if (self.critical or self.knock_out) and not self.counts:
            raise ValueError("only what is scored can be `critical` or `knock_out`")
        check_once("choice", [choice.id for choice in self.choices])
        return self

    @property
    def counts(self) -> bool:
        """Whether an answer to it is scored."""
        if self.kind is QuestionKind.SCALE:
            return True
        return bool(self.choices) and self.choices[0].score is not None

    def choice(self, id_: str) -> OwnChoice | None:
        """Its own choice of an id."""
        return next((choice for choice in self.choices if choice.id == id_), None)


def holds(condition: Mapping[str, Within | tuple[str, ...]], answers: Answers) -> bool:
    """Whether the answers meet a condition; the empty one always holds."""
    return all(_is_met(wanted, answers.get(name, ())) for name, wanted in condition.items())


def may_hold(
    condition: Mapping[str, Within | tuple[str, ...]], answers: Answers, to_come: Container[str]
) -> bool:
    """Whether a condition holds, or can still come to hold.

    `to_come`: the ids of questions without an answer that can still be asked.
    """
    return all(
        _is_met(wanted, answers[name]) if name in answers else name in to_come
        for name, wanted in condition.items()
    )


def _is_met(wanted: Within | tuple[str, ...], answer: Answer) -> bool:
    if isinstance(wanted, tuple):
        return not set(wanted).isdisjoint(answer)
    return any(wanted.holds(float(token)) for token in answer if is_number(token))


def is_number(token: str) -> bool:
    """Whether a token of an answer is a number."""
    return token.replace(".", "", 1).isdecimal() and token.isascii()


def rises(numbers: Sequence[int]) -> bool:
    """Whether every number is above the one before it."""
    return all(below < above for below, above in pairwise(numbers))


def check_once(kind: str, ids: Sequence[str]) -> None:
    """Refuses an id that stands twice.

    Raises:
        ValueError: one does.
    """
    twice = next((id_ for id_ in ids if list(ids).count(id_) > 1), None)
    if twice is not None:
        raise ValueError(f"{kind} {twice} stands here twice")
