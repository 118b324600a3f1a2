"""The failures of the turn under way, known to whoever works on it in the same task.

Rasa logs a failed action and goes on as if it had done nothing. Its log record is the only word
of it, so a handler listens there.
"""

import contextvars
import logging
from typing import List, Optional

_failures: "contextvars.ContextVar[Optional[List[str]]]" = contextvars.ContextVar(
    "failures", default=None
)

_FAILED = "Encountered an exception while running action"
"""How `rasa.core.processor` begins its record of a failed action."""


class _Listener(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith(_FAILED):
            note(message.split("'")[1])


def listen() -> None:
    """Hears of failed actions from now on."""
    logging.getLogger("rasa.core.processor").addHandler(_Listener())


def begin() -> List[str]:
    """A turn begins in this task; the list of its failures, which grows."""
    failures: List[str] = []
    _failures.set(failures)
    return failures


def note(what: str) -> None:
    """Something of the turn failed."""
    failures = _failures.get()
    if failures is not None:
        failures.append(what)


def any_failed() -> bool:
    """Whether something of the turn under way failed."""
    return bool(_failures.get())
