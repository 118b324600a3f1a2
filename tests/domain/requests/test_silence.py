"""A silence is reminded of once, and ended at the hour that was told: weeks, with Tết between."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.domain.office.asking_hours import is_asking_time
from bot.domain.office.measures import Measures
from bot.domain.office.office_time import DEFAULT_SESSIONS, OfficeCalendar
from bot.domain.office.working_days import WorkingDays
from bot.domain.requests.request import Step
from bot.domain.requests.silence import Due, closing_hour, silence_of

CALENDAR = OfficeCalendar(WorkingDays(days_off=[], worked=[]), DEFAULT_SESSIONS)
MEASURES = Measures(remind_days=3, silent_days=5)


@dataclass
class Line:
    kind: str
    created_at: datetime
    detail: str = ""


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), VIETNAM)


def lived(
    lines: list[Line],
    first: datetime,
    days: int,
    measures: Measures = MEASURES,
    *,
    every: timedelta = timedelta(minutes=10),
) -> datetime | None:
    """Looks as the caretaker does, writing its lines; the instant of the close."""
    now, end = first, first + timedelta(days=days)
    while now < end:
        known = [line for line in lines if line.created_at <= now]
        silence = silence_of(known)
        is_waiting = known and known[-1].kind != Step.ANSWERED
        due = silence.due(measures, CALENDAR, now=now) if silence and is_waiting else None
        if due is Due.REMIND:
            hour = closing_hour(measures, CALENDAR, now=now)
            lines.append(Line(Step.SILENCE_REMINDED, now, hour.isoformat() if hour else ""))
            lines.sort(key=lambda line: line.created_at)
        if due is Due.CLOSE:
            return now
        now += every
    return None


def reminders(lines: list[Line]) -> list[datetime]:
    return [line.created_at for line in lines if line.kind == Step.SILENCE_REMINDED]


def test_over_tet_nobody_is_reminded_and_the_days_off_do_not_count() -> None:
    """Asked on the Monday before Tết 2027 (off from 5 to 11 February)."""
    asked = at(date(2027, 2, 3))
    lines = [Line(Step.ASKED_BACK, asked)]
    closed = lived(lines, asked, 60)
    assert reminders(lines) == [at(date(2027, 2, 15))]
    assert closed == at(date(2027, 2, 22))
    assert CALENDAR.working_time(asked, closed) == 8 * CALENDAR.day_length


@given(st.integers(0, 400 * 24 * 60), st.integers(1, 10), st.integers(1, 10))
@settings(max_examples=25)
def test_one_reminder_by_day_and_no_close_before_the_hour_that_it_told(
    minutes: int, remind: int, silent: int
) -> None:
    asked = at(date(2027, 1, 4)) + timedelta(minutes=minutes)
    measures = Measures(remind_days=remind, silent_days=silent)
    lines = [Line(Step.ASKED_BACK, asked)]
    closed = lived(lines, asked, 75, measures, every=timedelta(hours=1))
    (reminded,) = reminders(lines)
    assert closed is not None
    assert closed >= datetime.fromisoformat(lines[-1].detail)
    for instant in (reminded, closed):
        assert is_asking_time(CALENDAR, instant)
    assert CALENDAR.working_time(asked, reminded) >= remind * CALENDAR.day_length
    assert CALENDAR.working_time(reminded, closed) >= silent * CALENDAR.day_length


@pytest.mark.parametrize("days", [1, 2, 6, 9])
def test_whatever_the_owner_writes_ends_it(days: int) -> None:
    asked = at(date(2027, 3, 1))
    lines = [Line(Step.ASKED_BACK, asked), Line(Step.ANSWERED, asked + timedelta(days=days))]
    assert lived(lines, asked, 60) is None
    assert len(reminders(lines)) == (days > 2)


def test_a_further_question_begins_anew() -> None:
    asked = at(date(2027, 3, 1))
    again = at(date(2027, 3, 9))
    lines = [Line(Step.ASKED_BACK, asked), Line(Step.ASKED_BACK, again)]
    closed = lived(lines, asked, 60)
    assert reminders(lines) == [at(date(2027, 3, 4)), at(date(2027, 3, 12))]
    assert closed == at(date(2027, 3, 19))


@pytest.mark.parametrize(
    ("measures", "times"),
    [(Measures(), 0), (Measures(silent_days=5), 0), (Measures(remind_days=3), 1)],
)
def test_nought_turns_it_off_and_nobody_is_closed_unreminded(
    measures: Measures, times: int
) -> None:
    asked = at(date(2027, 3, 1))
    lines = [Line(Step.ASKED_BACK, asked)]
    assert lived(lines, asked, 60, measures) is None
    assert len(reminders(lines)) == times


def test_who_was_told_of_no_close_is_not_closed_when_the_table_changes() -> None:
    asked = at(date(2027, 3, 1))
    lines = [Line(Step.ASKED_BACK, asked)]
    lived(lines, asked, 7, Measures(remind_days=3))
    assert lived(lines, asked, 60) is None


def test_what_an_officer_left_alone_stays_until_she_counts_it_again() -> None:
    asked = at(date(2027, 3, 1))
    lines = [
        Line(Step.ASKED_BACK, asked),
        Line(Step.SILENCE_LEFT, asked + timedelta(hours=1)),
        Line(Step.SILENCE_COUNTED, at(date(2027, 3, 22), 10)),
    ]
    closed = lived(lines, asked, 60)
    assert reminders(lines) == [at(date(2027, 3, 22), 10)]
    assert closed == at(date(2027, 3, 29), 10)


def test_who_was_never_asked_is_not_silent() -> None:
    assert silence_of([Line(Step.CREATED, at(date(2027, 3, 1)))]) is None
