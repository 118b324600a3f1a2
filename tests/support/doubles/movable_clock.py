"""Clocks that a test moves."""

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


class MovableSeconds:
    """A clock that never goes back: how fast the machine is does not matter to the test."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Seconds since some moment."""
        return self.now
