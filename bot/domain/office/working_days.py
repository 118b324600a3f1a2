"""Which days the office works: Monday to Friday, less the public holidays, as decided each year."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from holidays import HolidayBase, country_holidays

YEARS = range(2015, 2061)
"""Filled in at once: `holidays` fills a year in on demand, which two threads may do at a time."""

SATURDAY = 5


class WorkingDays:
    """Tells working days from days off.

    What a person wrote down wins over `holidays`, which knows the fixed and the lunar days, the
    days given in lieu, and those swaps that were published before its release.
    """

    def __init__(self, *, days_off: Iterable[date] = (), worked: Iterable[date] = ()) -> None:
        self._days_off = frozenset(days_off)
        self._worked = frozenset(worked)

    def __contains__(self, day: object) -> bool:
        """Whether the office works on a day."""
        if not isinstance(day, date):
            return False
        if day in self._worked:
            return True
        public = _public_holidays()
        if day in self._days_off or day in public:
            return False
        return day.weekday() < SATURDAY or day in public.weekend_workdays


@cache
def _public_holidays() -> HolidayBase:
    return country_holidays("VN", years=YEARS)
