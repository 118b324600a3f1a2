"""Labels and what came back, side by side: the table that all figures are counted from."""

from dataclasses import dataclass

from bot.domain.talk.understanding import Outcome
from bot.evaluation.asking.evaluation_set import ExpectedTurn, LabelledDialogue, LabelledMessage
from bot.evaluation.asking.turn import Turn

FIRST_THREE = 3
FIRST_FIVE = 5


@dataclass(frozen=True)
class MessageResult:
    """A labelled message and its turn."""

    label: LabelledMessage
    turn: Turn

    @property
    def is_right_first(self) -> bool:
        """Whether the served article is among the accepted ones."""
        return self.turn.article in self.label.accept

    @property
    def is_in_three(self) -> bool:
        """Whether an accepted article is the served one or near: the first three."""
        return not set(self.label.accept).isdisjoint(self.turn.articles[:FIRST_THREE])

    @property
    def meets_all_parts(self) -> bool:
        """Whether each question is met by the served article and alternatives, first five."""
        shown = set(self.turn.articles[:FIRST_FIVE])
        return all(not shown.isdisjoint(part) for part in self.label.parts or [])

    @property
    def is_recognised(self) -> bool:
        """Whether the outcome is the labelled one."""
        return self.turn.outcome is self.label.outcome


@dataclass(frozen=True)
class DialogueResult:
    """A labelled conversation and its turns, as many as it has messages."""

    label: LabelledDialogue
    turns: list[Turn]

    @property
    def as_expected(self) -> list[bool]:
        """For each turn, whether it came as labelled."""
        return [
            turn_is_as_expected(expected, turn)
            for expected, turn in zip(self.label.expect, self.turns, strict=True)
        ]


def turn_is_as_expected(expected: ExpectedTurn, turn: Turn) -> bool:
    """The outcome is equal, an article is accepted where some are, and the form came back.

    Where asking back is wanted, an accepted article on a button will do, and so will serving one.
    """
    if expected.outcome is Outcome.CLARIFY:
        return not {turn.article, *turn.offered}.isdisjoint(expected.accept)
    if turn.outcome is not expected.outcome:
        return False
    if expected.accept and turn.article not in expected.accept:
        return False
    return not expected.resumes or turn.last_outcome is Outcome.REQUEST
