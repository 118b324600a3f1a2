"""The office time between many pairs of instants, counted once for all of them."""

from bisect import bisect_right
from datetime import datetime, timedelta
from itertools import accumulate

from bot.domain.office.office_time import OfficeCalendar


class OfficeHours:
    """As `OfficeCalendar.working_time`, for instants of one span, each by a look into a table."""

    def __init__(self, calendar: OfficeCalendar, start: datetime, end: datetime) -> None:
        """Counts between `start` and `end`; what lies outside of them is not counted."""
        sittings = calendar.sittings(start, end)
        self._opens = [opens for opens, _ in sittings]
        lengths = [closes - opens for opens, closes in sittings]
        self._lengths = lengths
        self._before = [timedelta(), *accumulate(lengths)]

    def between(self, start: datetime, end: datetime) -> timedelta:
        """The office time from one instant to another; none where `end` is not after `start`."""
        return max(timedelta(), self._until(end) - self._until(start))

    def _until(self, instant: datetime) -> timedelta:
        place = bisect_right(self._opens, instant) - 1
        if place < 0:
            return timedelta()
        return self._before[place] + min(self._lengths[place], instant - self._opens[place])
