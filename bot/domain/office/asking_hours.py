"""When owners are written to without having asked: office time, and never before eight."""

from datetime import datetime, time

from bot.domain.clock import VIETNAM
from bot.domain.office.office_time import OfficeCalendar

EARLIEST, LATEST = time(8), time(17)
"""In Vietnam."""


def asking_time(calendar: OfficeCalendar, now: datetime) -> datetime:
    """The instant itself where it is one at which owners are written to, else the next such.

    Raises:
        NeverOpen: the calendar has no working day within reach.
    """
    at = calendar.next_open(now)
    while not _is_daytime(at):
        local = at.astimezone(VIETNAM)
        begins = EARLIEST if local.time() < EARLIEST else time.max
        at = calendar.next_open(datetime.combine(local.date(), begins, VIETNAM))
    return at


def is_asking_time(calendar: OfficeCalendar, now: datetime) -> bool:
    """Whether owners are written to at an instant."""
    return calendar.is_open(now) and _is_daytime(now)


def _is_daytime(instant: datetime) -> bool:
    return EARLIEST <= instant.astimezone(VIETNAM).time() < LATEST
