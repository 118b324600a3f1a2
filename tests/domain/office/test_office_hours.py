"""Office time by a table is the office time of the calendar."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.office.office_hours import OfficeHours
from bot.domain.office.office_time import DEFAULT_SESSIONS, OfficeCalendar

START = datetime(2026, 2, 1, tzinfo=UTC)
END = START + timedelta(days=40)
DAYS = [date(2026, 1, 25) + timedelta(days=number) for number in range(60)]
MINUTES = st.integers(0, 40 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@given(st.sets(st.sampled_from(DAYS)), MINUTES, MINUTES)
def test_between_any_instants_of_any_calendar(
    days: set[date], first: datetime, second: datetime
) -> None:
    calendar = OfficeCalendar(days, DEFAULT_SESSIONS)

    hours = OfficeHours(calendar, START, END)

    assert hours.between(first, second) == calendar.working_time(first, second)
