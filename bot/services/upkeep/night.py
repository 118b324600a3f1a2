"""When the night's work is done."""

from datetime import datetime, time, timedelta

from bot.domain.clock import VIETNAM

NIGHT = time(2, 30)
"""In Vietnam: when hardly anybody writes."""


def next_night(now: datetime) -> datetime:
    """The first instant of the night's work after `now`, in Vietnam's time."""
    local = now.astimezone(VIETNAM)
    today = datetime.combine(local.date(), NIGHT, VIETNAM)
    return today if today > local else today + timedelta(days=1)
