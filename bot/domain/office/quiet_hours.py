"""The hours in which a person of the department wants to be told nothing."""

import re
from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.clock import VIETNAM

_HOUR = re.compile(r"(\d\d):(\d\d)(?::\d\d)?", re.ASCII)


@dataclass(frozen=True)
class QuietHours:
    """From `start` up to but not including `end`, in Vietnam's time; the same twice: none at all.

    Where they end before they start, they go over midnight.
    """

    start: time
    end: time

    def hold(self, instant: datetime) -> bool:
        """Whether an instant, aware, lies within."""
        local = instant.astimezone(VIETNAM).time()
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


NONE = QuietHours(time(0), time(0))


def read_hour(text: str) -> time:
    """An hour as a form sends it, `21:30`, with or without seconds.

    Raises:
        ValueError: it is none.
    """
    found = _HOUR.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return time(int(found[1]), int(found[2]))
