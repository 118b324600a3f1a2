"""A question as it reaches the answering: the owner's words and what lies around them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

ANY_WORDS = 0.0
"""As `Question.asked_from`: whatever the search finds, the words are a question."""

A_BARE_TERM = math.inf
"""As `Question.asked_from`: no search is so sure, and none is made; only a bare term asks."""


@dataclass(frozen=True)
class Question:
    """What an owner wrote, and what was understood of it before anything is searched.

    `last_article`: the one answered last, or empty. `off_topic`: how sure the classifier is that
    the words ask nothing of ours. `told`: what this owner has read so far. `asked_from`: the
    confidence of the search from which words that look like small talk ask something. `story`: what
    the owner told right before, asking nothing. `spoken_of`: the articles answered so far.
    """

    text: str
    today: date
    last_article: str = ""
    off_topic: float = 0.0
    told: Sequence[str] = ()
    asked_from: float = ANY_WORDS
    story: str = ""
    spoken_of: Sequence[str] = ()

    @property
    def may_be_idle(self) -> bool:
        """Whether the words may ask nothing at all."""
        return self.asked_from > ANY_WORDS
