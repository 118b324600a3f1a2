"""Hours of which nothing is told."""

from datetime import datetime, time

import pytest

from bot.domain.clock import VIETNAM
from bot.domain.office.quiet_hours import NONE, QuietHours, read_hour

NOON = QuietHours(time(11, 30), time(13, 30))
NIGHT = QuietHours(time(21), time(6, 30))


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("quiet", "hour", "minute", "holds"),
    [
        (NOON, 11, 29, False),
        (NOON, 11, 30, True),
        (NOON, 13, 29, True),
        (NOON, 13, 30, False),
        (NIGHT, 20, 59, False),
        (NIGHT, 21, 0, True),
        (NIGHT, 0, 0, True),
        (NIGHT, 6, 29, True),
        (NIGHT, 6, 30, False),
        (NONE, 0, 0, False),
        (NONE, 12, 0, False),
    ],
)
def test_they_hold_from_their_start_up_to_their_end(
    quiet: QuietHours,
    hour: int,
    minute: int,
    holds: bool,  # noqa: FBT001  (pytest's way)
) -> None:
    assert quiet.hold(at(hour, minute)) is holds


def test_an_hour_is_read_as_a_form_sends_it() -> None:
    assert read_hour("07:05") == time(7, 5)
    assert read_hour("07:05:59") == time(7, 5)


@pytest.mark.parametrize("text", ["", "x", "24:00", "7 giờ", "١٢:٣٠", "07:05\0", "9" * 500])
def test_what_is_no_hour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_hour(text)
