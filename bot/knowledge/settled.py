"""Questions that two officers have settled: this wording is that article, or is not ours."""

from collections.abc import Sequence
from dataclasses import dataclass

from vietnamese.likeness import count_words, likeness

SAME = 0.85
"""Likeness from which a message is the same question: one word of ten may differ, or accents."""

FEWEST_WORDS = 4
"""Shorter messages lean on what was said before: "phí bao nhiêu" is no question of its own."""


@dataclass(frozen=True)
class SettledQuestion:
    """A wording and its article; None where it is not our matter."""

    text: str
    article: str | None


class SettledQuestions:
    """All of them. Immutable; equal where the questions are."""

    def __init__(self, questions: Sequence[SettledQuestion] = ()) -> None:
        self.questions = tuple(questions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SettledQuestions) and self.questions == other.questions

    def __hash__(self) -> int:
        return hash(self.questions)

    def find(self, text: str) -> SettledQuestion | None:
        """The settled question that a message asks again, the likest first; None for a new one."""
        if not self.questions or count_words(text) < FEWEST_WORDS:
            return None
        # The newest first: of equals it wins.
        likest = max(reversed(self.questions), key=lambda settled: likeness(settled.text, text))
        return likest if likeness(likest.text, text) >= SAME else None
