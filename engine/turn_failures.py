"""The failures of the turn under way, known to whoever works on it in the same task.

Rasa logs a failed action, and a circle that it breaks off, and goes on as if nothing were wrong.
Its log record is the only word of it, so a handler listens there.
"""

import contextvars
import logging
from dataclasses import dataclass, field
from typing import List, Optional


@dataclass
class Failures:
    """`failed`: names of the actions and parts that failed.

    `looped`: Rasa went round in circles until it was stopped; the same message would do it again.
    `away`: what a turn needs (action server, database of the trackers) could not be reached.
    """

    failed: List[str] = field(default_factory=list)
    looped: bool = False
    away: bool = False

    def __bool__(self) -> bool:
        return bool(self.failed) or self.looped or self.away


_failures: "contextvars.ContextVar[Optional[Failures]]" = contextvars.ContextVar(
    "failures", default=None
)

_FAILED = "Encountered an exception while running action"
"""How `rasa.core.processor` begins its record of a failed action."""

_LOOPED = "Circuit breaker tripped"
"""How it begins its record of a turn that came to no end (`MAX_NUMBER_OF_PREDICTIONS`)."""


class _Listener(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith(_FAILED):
            note(message.split("'")[1])
        elif message.startswith(_LOOPED):
            under_way().looped = True


def listen() -> None:
    """Hears of failed actions and circles from now on."""
    logging.getLogger("rasa.core.processor").addHandler(_Listener())


def begin() -> Failures:
    """Begins a turn in this task; returns the list to which its failures are added."""
    failures = Failures()
    _failures.set(failures)
    return failures


def under_way() -> Failures:
    """The failures of the turn under way; outside of a turn, of none."""
    failures = _failures.get()
    return Failures() if failures is None else failures


def note(what: str) -> None:
    """Something of the turn failed."""
    under_way().failed.append(what)


def note_away() -> None:
    """Something that the turn needs could not be reached."""
    under_way().away = True
