"""A case that an officer entered, and what she notes of the answer that she gave by hand."""

from datetime import datetime, timedelta
from enum import StrEnum

FIELD_STEP = timedelta(minutes=1)
"""A field of date and time tells minutes only."""


class AnswerWay(StrEnum):
    """How an officer told the owner."""

    PHONE = "phone"
    COUNTER = "counter"
    EMAIL = "email"
    POST = "post"


def told_at(typed: datetime, *, filed: datetime, now: datetime) -> datetime | None:
    """The instant of an answer, as its officer gives it; None before the filing or still to come.

    Of the minute of the filing, and of the present one, it is never outside these two.
    """
    if typed > now or typed <= filed - FIELD_STEP:
        return None
    return max(typed, filed)
