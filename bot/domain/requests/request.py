"""A support request: its states and its code."""

import re
from collections.abc import Callable
from enum import StrEnum

CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's Base32: no I, L, O, U, so that a code read aloud is not misheard."""

CODE_LENGTH = 5
"""32^5 ≈ 33.5 million codes a year: a guess hits one of 5,000 requests once in 6,700 tries."""

MOST_STARS = 5
"""The best that an owner may say of an answer."""

_CODE = re.compile(r"(?<![0-9A-Z])HT[\s.\-–]*(\d{2})[\s.\-–]*([0-9A-Z]{5})(?![0-9A-Z])")
_MISREAD = str.maketrans("OIL", "011")


class RequestKind(StrEnum):
    """What the owner wants: an answer to what was filed, or a person in the chat."""

    REQUEST = "request"
    TALK = "talk"


class Step(StrEnum):
    """A line of a request's history: what was done, by its owner, an officer or the house."""

    CREATED = "created"
    CLAIMED = "claimed"
    REPLIED = "replied"
    ASKED_BACK = "asked_back"
    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    TOPIC_CORRECTED = "topic_corrected"
    RELEASED = "released"
    CLOSED = "closed"
    NOT_CLOSED = "not_closed"
    REOPENED = "reopened"
    MERGED = "merged"
    PARTED = "parted"
    WITHDRAWN = "withdrawn"
    RATED = "rated"
    RATED_WHY = "rated_why"
    RATING_SEEN = "rating_seen"
    SENT_AGAIN = "sent_again"
    LATE = "late"
    LATE_SEEN = "late_seen"
    NOTED = "noted"
    ERASE_ASKED = "erase_asked"
    ERASE_TAKEN_BACK = "erase_taken_back"
    ERASED = "erased"
    ASSIGNED = "assigned"
    AWAITS_AUTHORITY = "awaits_authority"
    RESUMED = "resumed"
    NEW_HOUR = "new_hour"
    SILENCE_REMINDED = "silence_reminded"
    SILENCE_LEFT = "silence_left"
    SILENCE_COUNTED = "silence_counted"


HOLDING_STEPS = frozenset(
    {Step.CLAIMED, Step.ASSIGNED, Step.TRANSFERRED, Step.RELEASED, Step.REOPENED}
)
"""By which a request gets into somebody's hands, or out of them."""


class RequestState(StrEnum):
    """Where a request stands."""

    NEW = "new"
    CLAIMED = "claimed"
    WAITING_OWNER = "waiting_owner"
    WAITING_AUTHORITY = "waiting_authority"
    CLOSED = "closed"

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes an answer."""
        return self is not RequestState.CLOSED


def new_code(year: int, draw: Callable[[str], str]) -> str:
    """A code such as `HT-26-0F3K7`; `draw` picks one character of the alphabet at random."""
    return f"HT-{year % 100:02d}-{''.join(draw(CODE_ALPHABET) for _ in range(CODE_LENGTH))}"


def find_code(text: str) -> str | None:
    """The request code in a message, forgiving case, spaces and O/0, I/1, L/1; None without one."""
    match = _CODE.search(text.upper())
    if match is None:
        return None
    return f"HT-{match[1]}-{match[2].translate(_MISREAD)}"
