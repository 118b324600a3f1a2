"""A year of an office on a simulated clock: every hour that owners were told is kept, or told anew.

Tết, swapped days, illness, a week in which far more comes in than three people answer. They work
through what was filed first; the house looks at the queue as often as its caretaker would find
something. The rules are the real ones; that the services follow them is held beside the services.
"""

import heapq
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.office.office_time import DEFAULT_SESSIONS, OfficeCalendar
from bot.domain.office.working_days import WorkingDays
from bot.domain.requests.new_hour import BEFORE, Load, is_near, new_hour
from bot.domain.requests.request import RequestKind

FIRST, DAYS = date(2027, 1, 4), 359
CALENDAR = OfficeCalendar(
    # The days around Tết as `holidays` has them, and two swapped ones.
    WorkingDays(days_off=[date(2027, 4, 29)], worked=[date(2027, 5, 8)]),
    DEFAULT_SESSIONS,
)
PROMISE = timedelta(hours=15)
PEOPLE, A_DAY, MOST_TIMES = 3, 8, 2
FLOOD, FLOOD_DAYS = date(2027, 10, 4), 5
LEAD = BEFORE[RequestKind.REQUEST]
ILL = ((0, date(2027, 3, 8), 5), (1, date(2027, 3, 9), 3), (2, date(2027, 7, 12), 12),
       (0, date(2027, 10, 5), 3))  # fmt: skip
"""Who, from when, how many days."""


@dataclass
class Case:
    """A case with every hour that its owner was told."""

    filed_at: datetime
    told: list[tuple[datetime, datetime]]
    """The hour, and when it was told."""
    answered_at: datetime | None = None


@dataclass
class Year:
    """The events of a year in their order. `flood`: how many come in a week beside the usual."""

    flood: int
    cases: list[Case] = field(default_factory=list)
    events: list[tuple[datetime, int, str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(2027)
        self.number = itertools.count()
        self.idle = set(range(PEOPLE))
        self.waiting: list[int] = []
        self.work: dict[int, int] = {}

    def plan(self, when: datetime, what: str, which: int) -> None:
        heapq.heappush(self.events, (when, next(self.number), what, which))

    def live(self) -> list[Case]:
        for number in range(DAYS):
            for _ in range(self.chance.choice((2, 5, 8, 11))):
                self.plan(self._some_time(FIRST + timedelta(number)), "file", 0)
        for _ in range(self.flood):
            day = FLOOD + timedelta(self.chance.randrange(FLOOD_DAYS))
            self.plan(self._some_time(day), "file", 0)
        for who, day, days in ILL:
            self.plan(CALENDAR.next_open(at(day + timedelta(days))), "wake", who)
        while self.events:
            now, _, what, which = heapq.heappop(self.events)
            if what == "file":
                self._file(now)
            elif what == "look":
                self._look(self.cases[which], which, now)
            elif what == "answer":
                self.idle.add(self.work.pop(which))
                self.cases[which].answered_at = now
            self._take_work(now)
        return self.cases

    def _some_time(self, day: date) -> datetime:
        return at(day) + timedelta(minutes=self.chance.randrange(16 * 60))

    def _file(self, now: datetime) -> None:
        number = len(self.cases)
        case = Case(now, [(CALENDAR.add(now, PROMISE), now)])
        self.cases.append(case)
        self.waiting.append(number)
        self._plan_look(case, number)
        self.plan(CALENDAR.next_open(now), "wake", 0)

    def _plan_look(self, case: Case, number: int) -> None:
        self.plan(CALENDAR.before(case.told[-1][0], LEAD), "look", number)

    def _look(self, case: Case, number: int, now: datetime) -> None:
        hour = case.told[-1][0]
        if case.answered_at is not None or len(case.told) > MOST_TIMES:
            return
        if not is_near(CALENDAR, RequestKind.REQUEST, hour, now=now):
            return
        before = sum(one <= number for one in (*self.waiting, *self.work))
        load = Load(before, PEOPLE - len(self._ill(now)), A_DAY)
        case.told.append((new_hour(CALENDAR, hour, CALENDAR.day_length, load), now))
        self._plan_look(case, number)

    def _take_work(self, now: datetime) -> None:
        """Whoever is there and free takes what was filed first."""
        if not CALENDAR.is_open(now):
            return
        for who in sorted(self.idle - self._ill(now)):
            if not self.waiting:
                return
            number = self.waiting.pop(0)
            self.idle.discard(who)
            self.work[number] = who
            minutes = self.chance.randrange(25, 86)
            self.plan(CALENDAR.add(now, timedelta(minutes=minutes)), "answer", number)

    def _ill(self, now: datetime) -> set[int]:
        today = now.astimezone(VIETNAM).date()
        return {who for who, day, days in ILL if day <= today < day + timedelta(days)}


def at(day: date) -> datetime:
    """The beginning of a day's work."""
    return datetime(day.year, day.month, day.day, 7, 30, tzinfo=VIETNAM)


def kept(case: Case) -> Iterator[bool]:
    """Of each hour that was told, whether it was kept, or a new one told before it passed."""
    instants = [told_at for _, told_at in case.told[1:]]
    for (hour, _), done in zip(case.told, [*instants, case.answered_at], strict=True):
        yield done is not None and done <= hour


@pytest.mark.parametrize(("flood", "least_anew"), [(0, 1), (100, 100), (300, 500)])
def test_of_a_years_hours_ninety_nine_in_a_hundred_are_kept_or_told_anew(
    flood: int, least_anew: int
) -> None:
    cases = Year(flood).live()
    hours = [one for case in cases for one in kept(case)]
    anew = sum(len(case.told) - 1 for case in cases)
    assert all(case.answered_at for case in cases)
    assert anew >= least_anew, "the year did not put the office to the test"
    assert sum(hours) >= 0.99 * len(hours), f"{sum(hours)} of {len(hours)}, {anew} told anew"
