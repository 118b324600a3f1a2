"""What a head counts of requests: each figure is a question to one request."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.requests.closing import ASIDE, Ending
from bot.domain.requests.request import RequestState

LOW_RATING = 2
"""Stars up to which an owner was not content."""


class Figure(StrEnum):
    """One figure.

    Of what was received, each is of one answer (`answer_of`), open or closed, and was right first
    time or corrected. What turned out to be a duplicate or spam is aside, and in no other figure.
    """

    RECEIVED = "received"
    ASIDE = "aside"
    IN_TIME = "in_time"
    LATE = "late"
    STILL_OWED = "still_owed"
    UNANSWERED = "unanswered"
    OPEN = "open"
    CLOSED = "closed"
    SILENT = "silent"
    RATED = "rated"
    LOW = "low"
    RIGHT_FIRST = "right_first"
    CORRECTED = "corrected"


class Age(StrEnum):
    """How long ago an open request was received, in days of the calendar."""

    UNDER_1 = "under_1"
    FROM_1 = "from_1"
    FROM_3 = "from_3"
    FROM_7 = "from_7"
    FROM_30 = "from_30"


AGES: Mapping[Age, tuple[timedelta | None, timedelta | None]] = {
    Age.UNDER_1: (None, timedelta(days=1)),
    Age.FROM_1: (timedelta(days=1), timedelta(days=3)),
    Age.FROM_3: (timedelta(days=3), timedelta(days=7)),
    Age.FROM_7: (timedelta(days=7), timedelta(days=30)),
    Age.FROM_30: (timedelta(days=30), None),
}
"""From the one age on, and under the other; none where there is no end."""


class Counted(Protocol):
    """What the rules look at in a request. `promised_at`: what its first answer is held against.

    `corrected`: somebody moved it to where it belongs.
    """

    @property
    def state(self) -> str: ...  # noqa: D102
    @property
    def ending(self) -> str | None: ...  # noqa: D102
    @property
    def created_at(self) -> datetime: ...  # noqa: D102
    @property
    def promised_at(self) -> datetime: ...  # noqa: D102
    @property
    def first_reply_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def rating(self) -> int | None: ...  # noqa: D102
    @property
    def corrected(self) -> bool: ...  # noqa: D102


def is_counted(one: Counted, figure: Figure, *, now: datetime) -> bool:
    """Whether a request is among those of a figure."""
    if (one.ending in ASIDE) or figure is Figure.ASIDE:
        return one.ending in ASIDE and figure is Figure.ASIDE
    answer = answer_of(one, now=now)
    rated = one.rating is not None
    rules: Mapping[Figure, Callable[[], bool]] = {
        Figure.RECEIVED: lambda: True,
        Figure.OPEN: lambda: one.state != RequestState.CLOSED,
        Figure.CLOSED: lambda: one.state == RequestState.CLOSED,
        Figure.SILENT: lambda: one.ending == Ending.SILENT,
        Figure.RATED: lambda: rated,
        Figure.LOW: lambda: one.rating is not None and one.rating <= LOW_RATING,
        Figure.RIGHT_FIRST: lambda: not one.corrected,
        Figure.CORRECTED: lambda: one.corrected,
    }
    return rules[figure]() if figure in rules else answer is figure


def answer_of(one: Counted, *, now: datetime) -> Figure:
    """How the first answer came: in time, late, owed and not due yet, or never.

    Late is also what is overdue now; never, where the request was closed without one.
    """
    if one.first_reply_at is not None:
        return Figure.IN_TIME if one.first_reply_at <= one.promised_at else Figure.LATE
    if one.state == RequestState.CLOSED:
        return Figure.UNANSWERED
    return Figure.LATE if one.promised_at < now else Figure.STILL_OWED


def age_of(one: Counted, *, now: datetime) -> Age:
    """How old a request is; one from the future, of a clock set back, is of the youngest."""
    passed = now - one.created_at
    return next(
        age
        for age, (least, most) in AGES.items()
        if (least is None or passed >= least) and (most is None or passed < most)
    )
