"""How an enterprise stands among those of its sector and size, told so that nobody is laid open.

Results are counted in whole blocks (docs/adr/0028-compared-in-blocks.md): two answers, whenever
and by whomever they are asked for, differ by a whole block or by nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

BLOCK = 6
"""Enterprises that are counted at once: whoever is one of them sees five others at least."""

STEP = 5
"""Percent to which a mean is rounded."""

NEAR_THE_END = 10
"""Percent from 0 or 100 within which a mean is not told: it would say what everybody has."""


class Place(StrEnum):
    """Where a result lies beside the mean of its group."""

    ABOVE = "above"
    ABOUT = "about"
    BELOW = "below"


@dataclass(frozen=True)
class Comparison:
    """What is told: of how many enterprises, their rounded mean, and where the result lies."""

    count: int
    mean: int
    place: Place


def whole_blocks(waiting: int) -> int:
    """How many of those that wait to be counted are counted now."""
    return waiting - waiting % BLOCK


def compared(percent: int, counted: Sequence[int]) -> Comparison | None:
    """A result beside the counted ones; None where they are too few, or all at one end."""
    if len(counted) < BLOCK:
        return None
    mean = STEP * round(sum(counted) / len(counted) / STEP)
    if not NEAR_THE_END <= mean <= 100 - NEAR_THE_END:
        return None
    return Comparison(len(counted), mean, _place(percent, mean))


def _place(percent: int, mean: int) -> Place:
    if abs(percent - mean) < STEP:
        return Place.ABOUT
    return Place.ABOVE if percent > mean else Place.BELOW
