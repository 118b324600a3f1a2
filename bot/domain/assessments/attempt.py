"""Where a run of an assessment stands, and what a step on it came to."""

from enum import StrEnum


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
    """The outcome of a step, as the owner is told it.

    `RENEWED`: the questions changed meanwhile, so the old attempt is abandoned for a new one.
    """

    STARTED = "started"
    RESUMED = "resumed"
    RENEWED = "renewed"
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
