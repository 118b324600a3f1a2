"""The three clocks: by hand around a weekend, and by properties over years."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.domain.office.office_time import DEFAULT_SESSIONS, OfficeCalendar
from bot.domain.office.working_days import WorkingDays
from bot.domain.requests.clocks import (
    ClockState,
    first_answer,
    next_answer,
    pauses,
    solution,
)
from bot.domain.requests.request import Step

CALENDAR = OfficeCalendar(WorkingDays(), DEFAULT_SESSIONS)
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=UTC)
)
LIMITS = st.timedeltas(timedelta(minutes=5), timedelta(hours=100))
GAPS = st.lists(
    st.tuples(st.sampled_from(Step), st.timedeltas(timedelta(), timedelta(days=20))), max_size=12
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("now", "state", "left", "over"),
    [
        ("2026-11-20 08:30", ClockState.RUNNING, 3, 0),
        ("2026-11-20 10:30", ClockState.WARNED, 1, 0),
        ("2026-11-20 11:30", ClockState.WARNED, 0, 0),
        ("2026-11-20 11:31", ClockState.BREACHED, 0, 0),
        ("2026-11-20 14:30", ClockState.BREACHED, 0, 1),
        ("2026-11-23 07:30", ClockState.BREACHED, 0, 3.5),
    ],
)
def test_the_first_answer_is_warned_of_at_three_quarters_and_late_by_the_told_hour(
    now: str, state: ClockState, left: float, over: float
) -> None:
    clock = first_answer(CALENDAR, at("2026-11-20 07:30"), at("2026-11-20 11:30"), now=at(now))
    assert (clock.state, clock.left, clock.over) == (state, hours(left), hours(over))


def test_the_next_answer_counts_office_time_only() -> None:
    friday_evening = at("2026-11-20 18:00")
    clock = next_answer(CALENDAR, friday_evening, hours(4), now=at("2026-11-23 10:30"))
    assert (clock.used, clock.state) == (hours(3), ClockState.WARNED)


def test_time_that_others_take_does_not_count_for_the_solution() -> None:
    filed, now = at("2026-11-16 07:30"), at("2026-11-19 07:30")
    lines = [
        (Step.CREATED, filed),
        (Step.CLAIMED, at("2026-11-16 08:30")),
        (Step.ASKED_BACK, at("2026-11-16 09:30")),
        (Step.ANSWERED, at("2026-11-17 09:30")),
        (Step.AWAITS_AUTHORITY, at("2026-11-17 10:30")),
        (Step.NEW_HOUR, at("2026-11-17 11:00")),
        (Step.RESUMED, at("2026-11-18 16:00")),
    ]
    clock = solution(CALENDAR, filed, hours(5), pauses(lines, now=now), now=now)
    assert (clock.used, clock.state) == (hours(2 + 1 + 1), ClockState.WARNED)
    waiting = [*lines, (Step.AWAITS_AUTHORITY, at("2026-11-18 16:30"))]
    clock = solution(CALENDAR, filed, hours(5), pauses(waiting, now=now), now=now)
    assert (clock.used, clock.state) == (hours(3.5), ClockState.PAUSED)


@given(start=INSTANTS, gaps=GAPS, limit=LIMITS, later=st.timedeltas(timedelta(), timedelta(9)))
def test_a_solution_never_runs_faster_than_office_time_and_never_back(
    start: datetime, gaps: list[tuple[Step, timedelta]], limit: timedelta, later: timedelta
) -> None:
    lines, now = [], start
    for step, gap in gaps:
        now += gap
        lines.append((step, now))
    before = solution(CALENDAR, start, limit, pauses(lines, now=now), now=now)
    after = solution(CALENDAR, start, limit, pauses(lines, now=now + later), now=now + later)
    assert before.used <= after.used <= CALENDAR.working_time(start, now + later)
    assert before.used + CALENDAR.working_time(now, now + later) >= after.used
    if after.state is ClockState.PAUSED:
        assert after.used == before.used


@given(start=INSTANTS, gaps=GAPS)
def test_pauses_are_in_order_and_never_overlap(
    start: datetime, gaps: list[tuple[Step, timedelta]]
) -> None:
    lines, now = [], start
    for step, gap in gaps:
        now += gap
        lines.append((step, now))
    instants = [instant for pause in pauses(lines, now=now) for instant in pause]
    assert instants == sorted(instants)


@given(filed=INSTANTS, limit=LIMITS, now=INSTANTS)
def test_what_is_left_and_what_is_over_never_stand_side_by_side(
    filed: datetime, limit: timedelta, now: datetime
) -> None:
    clock = first_answer(CALENDAR, filed, CALENDAR.add(filed, limit), now=now)
    assert not (clock.left and clock.over)
    assert (clock.state is ClockState.BREACHED) == (CALENDAR.add(filed, limit) < now)
