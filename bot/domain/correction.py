"""A correction: what owners hear who were given an answer that no longer holds."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.clock import VIETNAM

REMEMBERED = timedelta(days=90)
"""Who was given an answer longer ago is not written to about it any more."""

TEXT_LIMIT = 1000
"""Characters of a correction: what is read at once on a small phone."""

_BLANK = re.compile(r"\[[^\]\n]*\]")
"""What the form leaves for the author to fill in."""


class CorrectionState(StrEnum):
    """Where a correction stands: written by one person, approved by another, or given up.

    `STOPPED`: approved, and its article told something else before everybody was told.
    """

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


OPEN = frozenset({CorrectionState.PROPOSED, CorrectionState.APPROVED})
"""Somebody may still have to be told."""


class Audience(StrEnum):
    """Who hears of it. `OLD_TEXT`: whom the article told something else than it tells now."""

    OLD_TEXT = "old_text"
    EVERYONE = "everyone"


class TextFault(StrEnum):
    """Why a text cannot be sent."""

    EMPTY = "empty"
    LONG = "long"
    BLANK = "blank"


@dataclass(frozen=True)
class LastGiven:
    """How a conversation was given an article last."""

    mark: str
    at: datetime
    english: bool = False


@dataclass(frozen=True)
class Aim:
    """Whom a correction means: `mark`, what the article told when it was written.

    `approved_at`: None while it waits.
    """

    mark: str
    audience: Audience
    written_at: datetime
    approved_at: datetime | None = None

    def means(self, last: LastGiven) -> bool:
        """Whether somebody still has the old answer: not who was given any since the approval."""
        if self.approved_at is not None and last.at >= self.approved_at:
            return False
        if last.mark != self.mark:
            return True
        return self.audience is Audience.EVERYONE and last.at < self.written_at


def came_after(changed_on: date | None, oldest: datetime | None) -> bool:
    """Whether a dated change is news to who was given the answer at an instant.

    An older one was told with the answer; what has changed since then is another thing.
    """
    if changed_on is None or oldest is None:
        return False
    return datetime.combine(changed_on, time.min, VIETNAM) > oldest


def text_fault(text: str) -> TextFault | None:
    """What is wrong with the text of a correction, or None."""
    if not text.strip():
        return TextFault.EMPTY
    if len(text) > TEXT_LIMIT:
        return TextFault.LONG
    return TextFault.BLANK if _BLANK.search(text) else None
