"""Nobody is written to at night, on a day off, at noon, or before eight."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.domain.office.asking_hours import asking_time, is_asking_time
from bot.domain.office.office_time import DEFAULT_SESSIONS, OfficeCalendar
from bot.domain.office.office_time import Session as Sitting
from bot.domain.office.working_days import WorkingDays

CALENDAR = OfficeCalendar(WorkingDays(), DEFAULT_SESSIONS)
LONG = OfficeCalendar(WorkingDays(), (Sitting(time(6), time(20)),))

INSTANTS = st.integers(
    min_value=int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()),
    max_value=int(datetime(2027, 12, 1, tzinfo=UTC).timestamp()),
).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


# The holidays of all years are filled in with the first look.
@given(INSTANTS, st.sampled_from([CALENDAR, LONG]))
def test_the_instant_found_is_one_at_which_owners_are_written_to(
    now: datetime, calendar: OfficeCalendar
) -> None:
    at = asking_time(calendar, now)
    local = at.astimezone(VIETNAM)
    assert at >= now
    assert is_asking_time(calendar, at)
    assert time(8) <= local.time() < time(17)
    assert calendar.is_open(at)


# The holidays of all years are filled in with the first look.
@given(INSTANTS, st.sampled_from([CALENDAR, LONG]))
def test_it_is_the_first_such_instant(now: datetime, calendar: OfficeCalendar) -> None:
    at = asking_time(calendar, now)
    assert (at == now) == is_asking_time(calendar, now)
    step = now
    while step < at and step < now + timedelta(days=3):
        assert not is_asking_time(calendar, step)
        step += timedelta(minutes=20)


def test_half_past_seven_waits_for_eight_and_friday_evening_for_monday() -> None:
    early = datetime(2026, 11, 30, 7, 40, tzinfo=VIETNAM)
    assert asking_time(CALENDAR, early) == datetime(2026, 11, 30, 8, tzinfo=VIETNAM)
    friday = datetime(2026, 12, 4, 17, 0, tzinfo=VIETNAM)
    assert asking_time(CALENDAR, friday) == datetime(2026, 12, 7, 8, tzinfo=VIETNAM)
    assert asking_time(LONG, early.replace(hour=18)).astimezone(VIETNAM).date() == date(2026, 12, 1)
