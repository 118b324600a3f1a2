"""Office time, by hand around weekends and Tết, and by properties over years."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.domain.office.office_time import DEFAULT_SESSIONS, NeverOpen, OfficeCalendar
from bot.domain.office.working_days import WorkingDays

CALENDAR = OfficeCalendar(
    WorkingDays(
        days_off=[date(2026, 1, 2), date(2027, 6, 1)],
        worked=[date(2026, 1, 10), date(2027, 11, 24)],
    ),
    DEFAULT_SESSIONS,
)

INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=UTC)
)
TET = st.datetimes(datetime(2027, 1, 28), datetime(2027, 2, 15)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=VIETNAM)
)
WORK = st.timedeltas(timedelta(), timedelta(hours=75))


def at(text: str) -> datetime:
    """`2026-11-23 07:30`, in Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


class TestIsOpen:
    @pytest.mark.parametrize(
        ("instant", "is_open"),
        [
            ("2026-11-23 07:29", False),
            ("2026-11-23 07:30", True),
            ("2026-11-23 11:29", True),
            ("2026-11-23 11:30", False),
            ("2026-11-23 13:30", True),
            ("2026-11-23 16:59", True),
            ("2026-11-23 17:00", False),
            ("2026-11-21 09:00", False),  # Saturday
            ("2026-11-22 09:00", False),  # Sunday
            ("2027-02-05 09:00", False),  # the day before Tết
            ("2027-02-11 09:00", True),  # Thursday behind Tết
            ("2026-09-02 09:00", False),  # National Day
            ("2026-08-31 09:00", False),  # swapped, known to `holidays`
            ("2026-08-22 09:00", True),  # the Saturday worked for it
            ("2026-01-02 09:00", False),  # swapped, written down
            ("2026-01-10 09:00", True),  # the Saturday worked for it, written down
            ("2026-11-24 09:00", False),  # Vietnam's day of culture
            ("2027-11-24 09:00", True),  # the same, where a person wrote down that it is worked
            ("2027-06-01 09:00", False),
        ],
    )
    def test_it_knows_when_somebody_sits_there(self, *, instant: str, is_open: bool) -> None:
        assert CALENDAR.is_open(at(instant)) is is_open

    def test_an_instant_is_the_same_in_any_zone(self) -> None:
        instant = at("2026-11-23 07:30")
        assert CALENDAR.is_open(instant.astimezone(UTC))


class TestAdd:
    @pytest.mark.parametrize(
        ("start", "working", "end"),
        [
            ("2026-11-23 08:00", 1, "2026-11-23 09:00"),
            ("2026-11-23 08:00", 3.5, "2026-11-23 11:30"),  # fills the sitting: due at its end
            ("2026-11-23 08:00", 4, "2026-11-23 14:00"),
            ("2026-11-23 12:00", 1, "2026-11-23 14:30"),
            ("2026-11-23 16:00", 1, "2026-11-23 17:00"),
            ("2026-11-23 16:00", 2, "2026-11-25 08:30"),  # over the 24th, a public holiday
            ("2026-11-20 16:30", 1, "2026-11-23 08:00"),  # over a weekend
            ("2026-11-21 10:00", 7.5, "2026-11-23 17:00"),
            ("2027-02-03 16:00", 4, "2027-02-11 10:30"),  # over Tết
            ("2026-08-21 16:00", 2, "2026-08-22 08:30"),  # into a worked Saturday
            ("2026-08-28 16:00", 2, "2026-09-03 08:30"),  # over National Day and its swap
            ("2026-11-23 10:00", 0, "2026-11-23 10:00"),
            ("2026-11-23 17:00", 0, "2026-11-25 07:30"),
        ],
    )
    def test_it_counts_only_office_time(self, start: str, working: float, end: str) -> None:
        assert CALENDAR.add(at(start), hours(working)) == at(end)

    def test_it_gives_back_utc(self) -> None:
        assert CALENDAR.add(at("2026-11-23 08:00"), hours(1)).tzinfo is UTC

    def test_it_refuses_negative_time(self) -> None:
        with pytest.raises(ValueError, match="not taken back"):
            CALENDAR.add(at("2026-11-23 08:00"), hours(-1))

    def test_a_calendar_without_working_days_does_not_search_for_ever(self) -> None:
        with pytest.raises(NeverOpen):
            OfficeCalendar(frozenset(), DEFAULT_SESSIONS).add(at("2026-11-23 08:00"), hours(1))

    @given(INSTANTS | TET, WORK)
    def test_the_added_time_is_found_between_the_two(
        self, start: datetime, work: timedelta
    ) -> None:
        assert CALENDAR.working_time(start, CALENDAR.add(start, work)) == work

    @given(INSTANTS | TET, WORK)
    def test_it_never_ends_outside_of_a_sitting(self, start: datetime, work: timedelta) -> None:
        end = CALENDAR.add(start, work)
        # A sitting's own last instant belongs to it where a promise comes due.
        assert CALENDAR.is_open(end) or CALENDAR.is_open(end - timedelta(microseconds=1))

    @given(INSTANTS | TET, WORK, WORK)
    def test_more_work_is_never_due_earlier(
        self, start: datetime, work: timedelta, more: timedelta
    ) -> None:
        assert CALENDAR.add(start, work) <= CALENDAR.add(start, work + more)

    @given(INSTANTS | TET, st.timedeltas(timedelta(), timedelta(days=9)), WORK)
    def test_a_later_start_is_never_due_earlier(
        self, start: datetime, later: timedelta, work: timedelta
    ) -> None:
        assert CALENDAR.add(start, work) <= CALENDAR.add(start + later, work)


class TestNextOpen:
    @pytest.mark.parametrize(
        ("instant", "opens"),
        [
            ("2026-11-23 09:12", "2026-11-23 09:12"),
            ("2026-11-23 05:00", "2026-11-23 07:30"),
            ("2026-11-23 11:30", "2026-11-23 13:30"),
            ("2026-11-20 17:00", "2026-11-23 07:30"),
            ("2027-02-03 20:00", "2027-02-11 07:30"),
        ],
    )
    def test_it_is_now_or_the_next_sitting(self, instant: str, opens: str) -> None:
        assert CALENDAR.next_open(at(instant)) == at(opens)

    @given(INSTANTS | TET)
    def test_it_is_open_then_and_was_not_before(self, instant: datetime) -> None:
        opens = CALENDAR.next_open(instant)
        assert opens >= instant
        assert CALENDAR.is_open(opens)
        assert CALENDAR.working_time(instant, opens) == timedelta()


class TestWorkingTime:
    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [
            ("2026-11-23 00:00", "2026-11-23 23:59", 7.5),
            ("2026-11-23 11:00", "2026-11-23 14:00", 1),
            ("2026-11-16 00:00", "2026-11-22 00:00", 37.5),
            ("2026-11-23 10:00", "2026-11-25 08:00", 5.5),
            ("2027-02-04 00:00", "2027-02-10 23:00", 0),
            ("2026-11-23 10:00", "2026-11-23 10:00", 0),
            ("2026-11-23 14:00", "2026-11-23 10:00", 0),
            ("2026-11-23 14:00", "2026-11-20 10:00", 0),
        ],
    )
    def test_it_counts_only_sittings(self, start: str, end: str, expected: float) -> None:
        assert CALENDAR.working_time(at(start), at(end)) == hours(expected)

    @given(INSTANTS, st.timedeltas(timedelta(), timedelta(days=20)), st.floats(0, 1))
    def test_it_adds_up(self, start: datetime, length: timedelta, part: float) -> None:
        middle, end = start + length * part, start + length
        whole = CALENDAR.working_time(start, end)
        assert CALENDAR.working_time(start, middle) + CALENDAR.working_time(middle, end) == whole

    @given(INSTANTS, st.timedeltas(timedelta(), timedelta(days=1000)))
    def test_over_years_it_is_what_the_sittings_come_to(
        self, start: datetime, length: timedelta
    ) -> None:
        end = start + length
        sat = [
            min(closes, end) - max(opens, start)
            for opens, closes in CALENDAR.sittings(start, end)
            if closes > start and opens < end
        ]
        assert CALENDAR.working_time(start, end) == sum(sat, timedelta())


class TestWorkingDays:
    def test_only_days_can_be_working_days(self) -> None:
        assert "2026-11-23" not in WorkingDays()

    @pytest.mark.parametrize("year", range(2020, 2036))
    def test_tet_and_the_fixed_holidays_are_off(self, year: int) -> None:
        off = [date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)]
        assert not [day for day in off if day in WorkingDays()]

    @pytest.mark.parametrize(
        "first_of_tet",
        [
            date(2024, 2, 10),
            date(2025, 1, 29),
            date(2026, 2, 17),
            date(2027, 2, 6),
            date(2028, 1, 26),
        ],
    )
    def test_the_days_around_tet_are_off(self, first_of_tet: date) -> None:
        days = [first_of_tet + timedelta(days=n) for n in range(-1, 4)]
        assert not [day for day in days if day in WorkingDays()]


@given(INSTANTS | TET, st.timedeltas(timedelta(minutes=1), timedelta(hours=75)))
def test_going_back_over_office_time_ends_where_just_so_much_of_it_passes(
    end: datetime, work: timedelta
) -> None:
    start = CALENDAR.before(end, work)
    assert CALENDAR.working_time(start, end) == work
    assert CALENDAR.working_time(start + timedelta(seconds=1), end) < work


def test_there_is_no_going_back_over_nothing_or_over_days_that_never_come() -> None:
    with pytest.raises(ValueError, match="go back"):
        CALENDAR.before(at("2026-11-23 08:00"), timedelta())
    with pytest.raises(NeverOpen):
        OfficeCalendar(frozenset(), DEFAULT_SESSIONS).before(at("2026-11-23 08:00"), hours(1))
