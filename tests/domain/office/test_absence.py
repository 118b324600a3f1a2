"""Days away: in order, not over, not for ever, and which of them meet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.office.absence import covers, may_be_away, overlap

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [
        (TODAY, TODAY, True),
        (TODAY - timedelta(3), TODAY, True),
        (TODAY - timedelta(3), TODAY - timedelta(1), False),
        (TODAY + timedelta(1), TODAY, False),
        (TODAY, TODAY + timedelta(365), True),
        (TODAY, TODAY + timedelta(366), False),
        (date.min, date.max, False),
    ],
)
def test_some_days_are_no_absence(first: date, last: date, *, may: bool) -> None:
    assert may_be_away(first, last, today=TODAY) is may


@given(one=st.tuples(DAYS, DAYS).map(sorted), other=st.tuples(DAYS, DAYS).map(sorted))
def test_two_absences_meet_where_a_day_lies_in_both(one: list[date], other: list[date]) -> None:
    first, second = (one[0], one[1]), (other[0], other[1])
    meeting = max(first[0], second[0])
    both = covers(*first, meeting) and covers(*second, meeting)
    assert overlap(first, second) == overlap(second, first) == both
