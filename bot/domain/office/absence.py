"""Days on which a person is away, and what becomes of the cases in her hands."""

from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=366)
"""Who is away for longer is locked out, or moved to another post."""


class Handing(StrEnum):
    """What becomes of the cases that a person holds when she goes: kept, passed on, put back."""

    KEEP = "keep"
    SUBSTITUTE = "substitute"
    QUEUE = "queue"


def covers(first_day: date, last_day: date, day: date) -> bool:
    """Whether a day is one of an absence; both of its ends are."""
    return first_day <= day <= last_day


def overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Whether two absences have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def may_be_away(first_day: date, last_day: date, *, today: date) -> bool:
    """Whether these are days of an absence: in order, not over yet, and no more than a year."""
    return first_day <= last_day and last_day >= today and last_day - first_day < LONGEST
