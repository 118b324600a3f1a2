"""A rating with a word: who is not content is asked why, once."""

from enum import StrEnum

from bot.domain.requests.figures import LOW_RATING

LOW = LOW_RATING
"""So few stars ask why."""

SKIP, WORDS = "skip", "words"
"""What the owner does instead of pressing a reason: says nothing more, or writes it himself."""

LONGEST_REASON = 1000
"""Characters of what he writes that are kept; the rest stands in the talk."""


class LowReason(StrEnum):
    """Why an answer was not good, as it may be pressed."""

    SLOW = "slow"
    UNCLEAR = "unclear"
    UNSOLVED = "unsolved"
    MANNER = "manner"


def is_low(stars: int | None) -> bool:
    """Whether a rating asks why, and is shown to heads."""
    return stars is not None and stars <= LOW
