"""Office time: promises are made in the hours in which somebody is at the desk."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate

from bot.domain.clock import VIETNAM

LONGEST_CLOSURE = timedelta(days=60)
"""No calendar of an office shuts for longer: behind it the working days are wrong."""


@dataclass(frozen=True)
class Session:
    """One sitting of the day, from `start` up to but not including `end`, in Vietnam's time."""

    start: time
    end: time


DEFAULT_SESSIONS = (Session(time(7, 30), time(11, 30)), Session(time(13, 30), time(17)))


class NeverOpen(Exception):
    """The calendar has no working day within reach."""


class OfficeCalendar:
    """Sittings of the working days. `sessions` are in order and do not overlap.

    Instants come in aware, in any zone, and go out in UTC.
    """

    def __init__(self, days: Container[date], sessions: tuple[Session, ...]) -> None:
        self._days = days
        self._sessions = sessions
        # Asked for the same days over and over, by every row of a list.
        self._known: dict[date, bool] = {}
        self._years: dict[int, list[int]] = {}

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sittings of a working day."""
        return self._sessions

    @property
    def day_length(self) -> timedelta:
        """The office time of a working day."""
        return sum((_length(one) for one in self._sessions), timedelta())

    def is_open(self, instant: datetime) -> bool:
        """Whether the office sits at an instant. A sitting's last instant is outside of it."""
        local = instant.astimezone(VIETNAM)
        if not self._works(local.date()):
            return False
        return any(s.start <= local.time() < s.end for s in self._sessions)

    def next_open(self, instant: datetime) -> datetime:
        """The instant itself while the office sits, else the beginning of the next sitting.

        Raises:
            NeverOpen: no sitting follows within `LONGEST_CLOSURE`.
        """
        start, _ = next(self._sittings(instant))
        return max(start, instant.astimezone(UTC))

    def add(self, instant: datetime, working: timedelta) -> datetime:
        """The instant at which `working` office time has passed; for none of it: `next_open`.

        What fills a sitting to its end comes due at that end, not at the next morning.

        Raises:
            ValueError: `working` is negative.
            NeverOpen: the calendar has no such day.
        """
        if working < timedelta():
            raise ValueError("office time is not taken back")
        if not working:
            return self.next_open(instant)
        left = working
        sittings = self._sittings(instant)
        while True:
            opens, closes = next(sittings)
            begun = max(opens, instant)
            if left <= closes - begun:
                return (begun + left).astimezone(UTC)
            left -= closes - begun

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """The office time between two instants; none where `end` is not after `start`."""
        if end <= start:
            return timedelta()
        first, last = start.astimezone(VIETNAM).date(), end.astimezone(VIETNAM).date()
        total = self.day_length * self._working_days_between(first, last)
        for day in {first, last}:
            for opens, closes in self._on(day):
                total += max(timedelta(), min(closes, end) - max(opens, start))
        return total

    def before(self, instant: datetime, working: timedelta) -> datetime:
        """The latest instant from which `working` office time passes until `instant`.

        Raises:
            ValueError: `working` is not positive.
            NeverOpen: the calendar has no such day.
        """
        if working <= timedelta():
            raise ValueError("no office time to go back over")
        left, day = working, instant.astimezone(VIETNAM).date()
        last_open = day
        while True:
            for opens, closes in reversed(self._on(day)):
                last_open = day
                sat = min(closes, instant) - opens
                if left <= sat:
                    return opens + (sat - left)
                left -= max(timedelta(), sat)
            if last_open - day > LONGEST_CLOSURE:
                raise NeverOpen(f"no working day up to {last_open}")
            day -= timedelta(days=1)

    def sittings(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The sittings of all days from the one instant to the other, each from when to when."""
        return [one for day in _days_between(start, end) for one in self._on(day)]

    def _sittings(self, after: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Sittings that end after an instant, in order, without end."""
        day = after.astimezone(VIETNAM).date()
        last_open = day
        while True:
            for opens, closes in self._on(day):
                last_open = day
                if closes > after:
                    yield opens, closes
            if day - last_open > LONGEST_CLOSURE:
                raise NeverOpen(f"no working day from {last_open} on")
            day += timedelta(days=1)

    def _working_days_between(self, first: date, last: date) -> int:
        """How many days behind `first` and before `last` the office works."""
        if first >= last:
            return 0
        years = sum(self._worked(year)[-1] for year in range(first.year, last.year))
        behind = years + self._worked(last.year)[_day_of_year(last)]
        return behind - self._worked(first.year)[_day_of_year(first) + 1]

    def _worked(self, year: int) -> list[int]:
        """How many working days stand before each day of a year; the last one: in the year."""
        known = self._years.get(year)
        if known is None:
            first = date(year, 1, 1)
            days = (first + timedelta(days=n) for n in range(_day_of_year(date(year, 12, 31)) + 1))
            known = self._years[year] = list(accumulate(map(self._works, days), initial=0))
        return known

    def _works(self, day: date) -> bool:
        known = self._known.get(day)
        if known is None:
            known = self._known[day] = day in self._days
        return known

    def _on(self, day: date) -> list[tuple[datetime, datetime]]:
        if not self._works(day):
            return []
        return [(_instant(day, s.start), _instant(day, s.end)) for s in self._sessions]


def _length(session: Session) -> timedelta:
    opens, closes = (
        timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
        for at in (session.start, session.end)
    )
    return closes - opens


def _day_of_year(day: date) -> int:
    """From 0."""
    return day.timetuple().tm_yday - 1


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, VIETNAM).astimezone(UTC)


def _days_between(start: datetime, end: datetime) -> Iterator[date]:
    day, last = start.astimezone(VIETNAM).date(), end.astimezone(VIETNAM).date()
    while day <= last:
        yield day
        day += timedelta(days=1)
