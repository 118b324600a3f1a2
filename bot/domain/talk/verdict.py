"""What an owner thinks of an answer: the thumb pressed under it."""

from enum import StrEnum

RATE_INTENT = "rate_answer"
"""The intent that the two buttons send."""


class Verdict(StrEnum):
    """Up or down."""

    UP = "up"
    DOWN = "down"
