"""How dates, times and numbers are written in English sentences."""

from datetime import date, datetime

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.domain.clock import VIETNAM
from bot.texts.filters import FILTERS

LOCALE = "en_GB"


def day(value: date) -> str:
    """`24 November 2026`."""
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM)
    return str(format_date(value, "d MMMM y", locale=LOCALE))


def moment(value: datetime) -> str:
    """`10:30 on Tuesday, 24 November 2026`, in Vietnam's time."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H:%M} on {format_date(local, 'EEEE', locale=LOCALE)}, {day(local)}"


def number(value: float) -> str:
    """`1,500`, `37.5`."""
    return str(format_decimal(value, locale=LOCALE))


ENGLISH_FILTERS = FILTERS | {"day": day, "moment": moment, "number": number}
