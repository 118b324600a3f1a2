"""Where a run of an assessment stands, and what a step on it came to."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain.clock import VIETNAM

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits that are not taken for one another."""

CODE_LENGTH = 8
"""Of the code with which a run is taken up elsewhere: 31 to the power of 8 cannot be guessed."""


REMIND_AFTER = timedelta(days=3)
"""How long a run lies before its owner is reminded, once."""

REMIND_AT = time(9)
"""In Vietnam: nobody is reminded at night."""


def is_code(text: str) -> bool:
    """Whether letters may be a code: with a digit, so no word; with a letter, so no HS code."""
    return any(one.isdigit() for one in text) and any(one.isalpha() for one in text)


def reminder_at(paused_at: datetime) -> datetime:
    """When the owner of a run that was put aside is reminded of it."""
    day = (paused_at + REMIND_AFTER).astimezone(VIETNAM).date()
    return datetime.combine(day, REMIND_AT, tzinfo=VIETNAM)


class AttemptState(StrEnum):
    """Where an attempt stands."""

    OPEN = "open"
    PAUSED = "paused"
    FINISHED = "finished"
    ABANDONED = "abandoned"

    @property
    def is_over(self) -> bool:
        """Whether nothing more can be answered."""
        return self in (AttemptState.FINISHED, AttemptState.ABANDONED)


class StepKind(StrEnum):
    """The outcome of a step, as the owner is told it."""

    STARTED = "started"
    RESUMED = "resumed"
    ASKED = "asked"
    PAUSED = "paused"
    FINISHED = "finished"
    ABANDONED = "abandoned"


STANDING: dict[AttemptState, StepKind] = {
    AttemptState.OPEN: StepKind.ASKED,
    AttemptState.PAUSED: StepKind.PAUSED,
    AttemptState.FINISHED: StepKind.FINISHED,
    AttemptState.ABANDONED: StepKind.ABANDONED,
}
"""What the owner is told where a step changed nothing."""
