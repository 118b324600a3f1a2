"""When the night's work is done."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.services.upkeep.night import NIGHT, next_night


@pytest.mark.parametrize(
    ("now", "night"),
    [
        ("2026-11-24 10:00", "2026-11-25 02:30"),
        ("2026-11-24 02:29", "2026-11-24 02:30"),
        ("2026-11-24 02:30", "2026-11-25 02:30"),
        ("2026-12-31 23:59", "2027-01-01 02:30"),
    ],
)
def test_it_is_the_first_half_past_two_of_vietnam_that_comes(now: str, night: str) -> None:
    found = next_night(datetime.fromisoformat(now).replace(tzinfo=VIETNAM).astimezone(UTC))
    assert found.isoformat(" ", "minutes").startswith(night)


@given(st.datetimes(timezones=st.just(UTC), max_value=datetime(9000, 1, 1)))  # noqa: DTZ001
def test_it_lies_ahead_and_within_a_day(now: datetime) -> None:
    night = next_night(now)
    assert now < night <= now + timedelta(days=1)
    assert night.astimezone(VIETNAM).time() == NIGHT
