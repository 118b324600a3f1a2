"""When an answer was given that an officer notes afterwards."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.requests.entered import told_at

FILED = datetime(2026, 11, 24, 2, 30, 40, tzinfo=UTC)
NOW = FILED + timedelta(hours=5)


def test_the_minute_of_the_filing_is_the_filing_itself() -> None:
    assert told_at(FILED.replace(second=0), filed=FILED, now=NOW) == FILED


def test_before_the_filing_and_after_now_nothing_was_told() -> None:
    assert told_at(FILED - timedelta(minutes=1), filed=FILED, now=NOW) is None
    assert told_at(NOW + timedelta(seconds=1), filed=FILED, now=NOW) is None


@given(st.integers(-20_000, 40_000))
def test_what_is_kept_lies_between_the_filing_and_now(seconds: int) -> None:
    typed = FILED + timedelta(seconds=seconds)
    told = told_at(typed, filed=FILED, now=NOW)
    assert told is None or (FILED <= told <= NOW and abs(told - typed) < timedelta(minutes=1))
