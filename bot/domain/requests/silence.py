"""An owner who was asked something and says nothing: reminded once, then the case is closed.

Both count days of office time. The hour of the close is the one that the reminder told: what a
table says later closes no case earlier than its owner was told, and none of which he was not told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.office.asking_hours import is_asking_time
from bot.domain.office.measures import Measures
from bot.domain.office.office_time import OfficeCalendar
from bot.domain.requests.request import Step


class Due(StrEnum):
    """What the house does about a silence."""

    REMIND = "remind"
    CLOSE = "close"


class Line(Protocol):
    """A line of a request's history."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def detail(self) -> str: ...  # noqa: D102
    @property
    def created_at(self) -> datetime: ...  # noqa: D102


TELLING = frozenset(
    {Step.ASKED_BACK, Step.SILENCE_REMINDED, Step.SILENCE_LEFT, Step.SILENCE_COUNTED}
)
"""The steps that say how a silence stands."""


@dataclass(frozen=True)
class Silence:
    """How long an owner has been silent, by the history of a request that waits for him.

    `closes_at`: the hour that the reminder told; None where it told none. `is_left`: an officer
    wants it neither reminded of nor closed.
    """

    asked_at: datetime
    reminded_at: datetime | None = None
    closes_at: datetime | None = None
    is_left: bool = False

    def due(self, measures: Measures, calendar: OfficeCalendar, *, now: datetime) -> Due | None:
        """What is to be done now; nothing at night, on a day off, or where nobody wants it."""
        if self.is_left or not measures.remind_days or not is_asking_time(calendar, now):
            return None
        if self.reminded_at is None:
            until = calendar.add(self.asked_at, calendar.day_length * measures.remind_days)
            return Due.REMIND if until <= now else None
        is_over = self.closes_at is not None and self.closes_at <= now
        return Due.CLOSE if is_over and measures.silent_days else None


def silence_of(lines: Iterable[Line]) -> Silence | None:
    """The silence of a request that waits for its owner; None where it never asked him.

    `lines`: its history, oldest first. A further question begins anew.
    """
    found: Silence | None = None
    is_left = False
    for line in lines:
        if line.kind == Step.ASKED_BACK:
            found = Silence(line.created_at)
        elif line.kind == Step.SILENCE_REMINDED and found is not None:
            found = Silence(found.asked_at, line.created_at, _read(line.detail))
        elif line.kind in (Step.SILENCE_LEFT, Step.SILENCE_COUNTED):
            is_left = line.kind == Step.SILENCE_LEFT
    if found is None:
        return None
    return Silence(found.asked_at, found.reminded_at, found.closes_at, is_left=is_left)


def closing_hour(measures: Measures, calendar: OfficeCalendar, *, now: datetime) -> datetime | None:
    """The hour of the close that a reminder tells; None where nothing is closed by itself."""
    days: timedelta = calendar.day_length * measures.silent_days
    return calendar.add(now, days) if measures.silent_days else None


def _read(detail: str) -> datetime | None:
    return datetime.fromisoformat(detail) if detail else None
