"""Time is passed in, never read where it is used."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns the present instant, aware, in UTC."""

CLOCK_SLACK = timedelta(seconds=5)
"""How far a stored instant may lie ahead of the clock in the ordinary way: who read the clock
first need not write first, and two machines differ a little. What lies further ahead was written
before the clock was set back."""

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def system_clock() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)
