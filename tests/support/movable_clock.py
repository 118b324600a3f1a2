"""A clock that a test moves."""

from datetime import datetime, timedelta


class MovableClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The present instant."""
        return self.now

    def move(self, **by: float) -> None:
        """Moves on, in the words of `timedelta`."""
        self.now += timedelta(**by)
