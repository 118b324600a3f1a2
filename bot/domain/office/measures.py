"""What the department measures itself by, beside the hour that each owner is told."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Measures:
    """Office time, and numbers by which a new hour is worked out; None: not measured.

    `next_answer`: within which an owner who writes again is answered. `solution`: within which a
    request is closed. `answers_a_day`: of one person, by which a new hour is worked out.
    `new_hours`: how often the house tells one by itself for one request; 0: never.
    `remind_days`: office days after which an owner who was asked is reminded; `silent_days`: those
    behind the reminder after which his case is closed; 0: never, and nobody is closed unreminded.
    `back_after`: after which a case that somebody took and left unanswered goes back to the queue.
    """

    next_answer: timedelta | None = None
    solution: timedelta | None = None
    answers_a_day: int = 8
    new_hours: int = 2
    back_after: timedelta | None = None
    remind_days: int = 0
    silent_days: int = 0
