"""A period of the law, counted from a day that the owner tells."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.files.day import Day


class PeriodEnd(StrEnum):
    """What comes with the end: something no longer holds, or something is fulfilled."""

    OVER = "over"
    FULFILLED = "fulfilled"


class Renewal(BaseModel):
    """When what ends may be asked for anew: so many months before the end, and so many after it.

    `surcharge_percent`: what each month after it costs more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: int = Field(ge=0)
    after: int = Field(gt=0)
    surcharge_percent: int = Field(default=0, ge=0)


class Length(BaseModel):
    """How long it is.

    `called`: words of the question without which it is not meant; one that is written with accents
    is that word alone where the question has accents.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    months: int = Field(gt=0)
    called: list[str] = []


class Period(BaseModel):
    """Months from an event, in the words of `clause`.

    `articles`: those whose question it answers. `told_by`: words beside a date that name the event;
    `told_instead`: words of an event from which it is not counted. `since`: days before it follow
    another rule, told by `before`. `longest`: months in all, in terms of the same length that are
    each to be renewed. `apply_before`: months before the end by which one applies anew.
    Words are compared without accents.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    articles: list[str] = Field(min_length=1)
    event: str = Field(min_length=1)
    told_by: list[str] = Field(min_length=1)
    told_instead: list[str] = []
    lengths: list[Length] = Field(min_length=1)
    says: str = Field(min_length=1)
    ends: PeriodEnd = PeriodEnd.OVER
    since: Day | None = None
    before: str = ""
    renewal: Renewal | None = None
    longest: int | None = Field(default=None, gt=0)
    apply_before: int | None = Field(default=None, gt=0)
    document: str
    clause: str = Field(min_length=1)


class Periods(BaseModel):
    """`periods.yml`; nothing where there is no file."""

    model_config = ConfigDict(extra="forbid")

    periods: list[Period] = []
