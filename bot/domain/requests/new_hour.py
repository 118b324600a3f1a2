"""A new hour for an answer that will be late: told before the old one passes.

The rule is one that anybody recomputes by hand: so many units of office time behind the old hour
as the people at work need for what waits before it, at least one, at most `MOST_UNITS`. The unit
is a working day; of who asks for a person it is the time that was promised for that.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.office.office_time import OfficeCalendar
from bot.domain.requests.request import RequestKind

MOST_UNITS = 5

BEFORE = {RequestKind.REQUEST: timedelta(minutes=30), RequestKind.TALK: timedelta(minutes=5)}
"""Office time before the hour at which a slip is told."""

SIGN = " → "
"""Between the two hours of a line of history."""


@dataclass(frozen=True)
class Load:
    """What waits in an office: answers owed no later than this one, itself among them.

    `people`: who may answer there and is not away. `a_unit`: how many answers one of them gives in
    a unit.
    """

    waiting: int
    people: int
    a_unit: int = 1

    @property
    def units(self) -> int:
        """The units of office time that the answer needs; with nobody at work, the most."""
        if self.people <= 0:
            return MOST_UNITS
        needed = -(-self.waiting // (self.people * self.a_unit))
        return min(max(1, needed), MOST_UNITS)


@dataclass(frozen=True)
class NewHour:
    """One hour in the place of another, as a line of history keeps it, perhaps with a reason."""

    before: datetime
    after: datetime
    reason: str = ""

    @property
    def detail(self) -> str:
        """As it is written down."""
        hours = f"{self.before.isoformat()}{SIGN}{self.after.isoformat()}"
        return f"{hours}: {self.reason}" if self.reason else hours


def read_new_hour(detail: str) -> NewHour:
    """What a line of history says.

    Raises:
        ValueError: it is none of a new hour.
    """
    before, _, rest = detail.partition(SIGN)
    after, _, reason = rest.partition(": ")
    return NewHour(datetime.fromisoformat(before), datetime.fromisoformat(after), reason)


def new_hour(
    calendar: OfficeCalendar, promised_at: datetime, unit: timedelta, load: Load
) -> datetime:
    """The hour that is told instead of one that cannot be kept."""
    return calendar.add(promised_at, unit * load.units)


def is_near(
    calendar: OfficeCalendar, kind: RequestKind, promised_at: datetime, *, now: datetime
) -> bool:
    """Whether a slip is told now: somebody sits there, and the hour comes within reach."""
    return calendar.is_open(now) and now <= promised_at <= calendar.add(now, BEFORE[kind])


def may_be_promised(calendar: OfficeCalendar, hour: datetime, *, now: datetime) -> bool:
    """Whether an officer may tell this hour: it lies ahead, and somebody sits there then."""
    if hour <= now:
        return False
    return calendar.is_open(hour) or calendar.is_open(hour - timedelta(microseconds=1))
