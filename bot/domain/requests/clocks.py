"""How long an owner waits: for the first answer, for the next one, for the solution.

All three count office time. What was promised first is an instant that the owner was told; the
other two are the department's own measure (`routing.yml`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.office.office_time import OfficeCalendar
from bot.domain.requests.request import Step

WARNED_AT = 0.75
"""The part of its time from which a clock warns."""


class ClockName(StrEnum):
    """What is waited for."""

    FIRST = "first"
    NEXT = "next"
    SOLUTION = "solution"


class ClockState(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    WARNED = "warned"
    BREACHED = "breached"
    PAUSED = "paused"


@dataclass(frozen=True)
class Clock:
    """Office time that has passed of what there is; `is_paused`: none passes now.

    `is_late`: the instant that was told has passed; only of the first answer.
    """

    name: ClockName
    used: timedelta
    limit: timedelta
    is_paused: bool = False
    is_late: bool = False

    @property
    def state(self) -> ClockState:
        """A breach stays one also while the clock is paused."""
        if self.is_late or self.used > self.limit:
            return ClockState.BREACHED
        if self.is_paused:
            return ClockState.PAUSED
        is_near = self.used >= self.limit * WARNED_AT
        return ClockState.WARNED if is_near else ClockState.RUNNING

    @property
    def left(self) -> timedelta:
        """Office time that remains; none once it is used up."""
        return max(timedelta(), self.limit - self.used)

    @property
    def over(self) -> timedelta:
        """Office time by which it is late."""
        return max(timedelta(), self.used - self.limit)


Pause = tuple[datetime, datetime]
"""From, to."""

_PAUSES = frozenset({Step.ASKED_BACK, Step.AWAITS_AUTHORITY, Step.CLOSED})
_GOES_ON = frozenset(
    {
        Step.ANSWERED,
        Step.REPLIED,
        Step.CLAIMED,
        Step.TRANSFERRED,
        Step.RELEASED,
        Step.REOPENED,
        Step.RESUMED,
    }
)


def pauses(lines: Iterable[tuple[str, datetime]], *, now: datetime) -> Sequence[Pause]:
    """When a request waited for somebody who is not of the department, or was closed.

    `lines`: the steps of its history with their instants, oldest first.
    """
    found: list[Pause] = []
    since: datetime | None = None
    for kind, at in lines:
        if kind in _PAUSES:
            since = since or at
        elif kind in _GOES_ON and since is not None:
            found.append((since, at))
            since = None
    if since is not None:
        found.append((since, max(since, now)))
    return found


def first_answer(
    calendar: OfficeCalendar, filed_at: datetime, promised_at: datetime, *, now: datetime
) -> Clock:
    """The clock of an answer that is owed: from the filing to the hour that was told."""
    return Clock(
        ClockName.FIRST,
        used=calendar.working_time(filed_at, now),
        limit=calendar.working_time(filed_at, promised_at),
        is_late=promised_at < now,
    )


def next_answer(
    calendar: OfficeCalendar, heard_at: datetime, limit: timedelta, *, now: datetime
) -> Clock:
    """The clock of the owner's first message that nobody has answered.

    Who writes again does not wait anew.
    """
    return Clock(ClockName.NEXT, used=calendar.working_time(heard_at, now), limit=limit)


def solution(
    calendar: OfficeCalendar,
    filed_at: datetime,
    limit: timedelta,
    paused: Sequence[Pause],
    *,
    now: datetime,
) -> Clock:
    """The clock of the whole matter; what was paused does not count."""
    whole = calendar.working_time(filed_at, now)
    stood = sum((calendar.working_time(*one) for one in paused), timedelta())
    is_paused = bool(paused) and paused[-1][1] >= now
    return Clock(ClockName.SOLUTION, max(timedelta(), whole - stood), limit, is_paused=is_paused)
