"""What a form does when it does not understand: says why, then offers another way, then goes on.

Nobody is asked for the same thing in the same way three times in a row.
"""

from typing import Any

from actions.shape.turn import Turn

FAILURES_BEFORE_A_WAY_OUT = 2
"""Answers in a row that were not understood, after which another way is offered."""

FAILURES_BEFORE_GOING_ON = 4
"""After which a field that may stay open is left, to be put right in the summary."""

FAILURES = "failures"
TRIED = "tried"
"""Slots: how many answers to the field in question were not understood, and what they held."""

SETTLED: dict[str, Any] = {"problem": None, FAILURES: None, TRIED: None}
"""Slots of a field that was filled, or is asked for anew."""


def failures(turn: Turn) -> int:
    """How many answers in a row were not understood."""
    return int(turn.slots.get(FAILURES) or 0)


def failed(turn: Turn, problem: str | None, **more: Any) -> dict[str, Any]:
    """Slots after one more answer that was not understood."""
    return {"problem": problem, FAILURES: failures(turn) + 1, **more}


def offers_a_way_out(turn: Turn) -> bool:
    """Whether the next question is to be put in another way: each second time."""
    count = failures(turn)
    return count >= FAILURES_BEFORE_A_WAY_OUT and count % 2 == 0


def goes_on(count: int) -> bool:
    """Whether a field that may stay open is asked for no more."""
    return count >= FAILURES_BEFORE_GOING_ON
