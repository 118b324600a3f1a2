"""A new hour: worked out by hand, and never earlier, never at night, never without end."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.domain.office.office_time import DEFAULT_SESSIONS, OfficeCalendar
from bot.domain.office.working_days import WorkingDays
from bot.domain.requests.new_hour import (
    MOST_UNITS,
    Load,
    NewHour,
    is_near,
    may_be_promised,
    new_hour,
    read_new_hour,
)
from bot.domain.requests.request import RequestKind

CALENDAR = OfficeCalendar(WorkingDays(), DEFAULT_SESSIONS)
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=UTC)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("load", "told"),
    [
        (Load(waiting=1, people=2, a_unit=8), "2026-11-23 10:00"),
        (Load(waiting=16, people=2, a_unit=8), "2026-11-23 10:00"),
        (Load(waiting=17, people=2, a_unit=8), "2026-11-25 10:00"),
        (Load(waiting=900, people=2, a_unit=8), "2026-11-30 10:00"),
        (Load(waiting=3, people=0, a_unit=8), "2026-11-30 10:00"),
    ],
)
def test_so_many_working_days_as_the_people_need_for_what_waits_before(
    load: Load, told: str
) -> None:
    friday = at("2026-11-20 10:00")
    assert new_hour(CALENDAR, friday, CALENDAR.day_length, load) == at(told)


@given(
    promised=INSTANTS,
    waiting=st.integers(0, 5000),
    people=st.integers(0, 50),
    a_unit=st.integers(1, 100),
)
def test_a_new_hour_lies_one_to_five_working_days_behind_the_old_one(
    promised: datetime, waiting: int, people: int, a_unit: int
) -> None:
    load = Load(waiting, people, a_unit)
    told = new_hour(CALENDAR, promised, CALENDAR.day_length, load)
    passed = CALENDAR.working_time(promised, told)
    assert CALENDAR.day_length <= passed <= MOST_UNITS * CALENDAR.day_length
    assert may_be_promised(CALENDAR, told, now=promised)


@pytest.mark.parametrize(
    ("now", "promised", "kind", "near"),
    [
        ("2026-11-20 15:59", "2026-11-20 16:30", RequestKind.REQUEST, False),
        ("2026-11-20 16:00", "2026-11-20 16:30", RequestKind.REQUEST, True),
        ("2026-11-20 16:00", "2026-11-20 16:30", RequestKind.TALK, False),
        ("2026-11-20 16:25", "2026-11-20 16:30", RequestKind.TALK, True),
        ("2026-11-20 16:45", "2026-11-23 07:40", RequestKind.REQUEST, True),
        ("2026-11-20 17:00", "2026-11-23 07:40", RequestKind.REQUEST, False),  # nobody is there
        ("2026-11-23 07:30", "2026-11-23 07:40", RequestKind.REQUEST, True),
        ("2026-11-20 16:31", "2026-11-20 16:30", RequestKind.REQUEST, False),  # too late
    ],
)
def test_it_is_told_in_office_hours_shortly_before(
    now: str, promised: str, kind: RequestKind, *, near: bool
) -> None:
    assert is_near(CALENDAR, kind, at(promised), now=at(now)) is near


@pytest.mark.parametrize(
    ("hour", "may"),
    [
        ("2026-11-20 10:00", False),  # has passed
        ("2026-11-20 17:00", True),
        ("2026-11-20 17:01", False),
        ("2026-11-21 09:00", False),  # Saturday
        ("2026-11-23 07:30", True),
    ],
)
def test_an_officer_promises_an_hour_that_lies_ahead_and_at_which_somebody_sits_there(
    hour: str, *, may: bool
) -> None:
    assert may_be_promised(CALENDAR, at(hour), now=at("2026-11-20 10:00")) is may


@given(before=INSTANTS, after=INSTANTS, reason=st.text().filter(lambda text: text == text.strip()))
def test_a_line_of_history_gives_back_what_was_told(
    before: datetime, after: datetime, reason: str
) -> None:
    told = NewHour(before, after, reason)
    assert read_new_hour(told.detail) == told
