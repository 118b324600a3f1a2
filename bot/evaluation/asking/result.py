"""Labels and what came back, side by side: the table that all figures are counted from."""

from dataclasses import dataclass

from bot.domain.talk.understanding import Outcome
from bot.evaluation.asking.evaluation_set import (
    ExpectedTurn,
    Label,
    LabelledDialogue,
    LabelledMessage,
)
from bot.evaluation.asking.turn import Turn

FIRST_THREE = 3
FIRST_FIVE = 5

FORMS = frozenset({Outcome.REQUEST, Outcome.ASSESSMENT})
"""Outcomes of a question that a form puts."""

WISHES = {
    Outcome.REQUEST: frozenset({"request_help"}),
    Outcome.HANDOVER: frozenset({"handover"}),
    Outcome.REQUEST_STATUS: frozenset({"request_status"}),
    Outcome.ASSESSMENT: frozenset({"assessment"}),
    Outcome.PRIVACY: frozenset(
        {"privacy_see", "privacy_correct", "privacy_erase", "privacy_withdraw"}
    ),
}
"""What is done, and the buttons that do it: in a talk, asking first is as right."""

HEARD = frozenset({Outcome.CLARIFY, Outcome.CHITCHAT})
"""Outcomes that are right where nothing was asked."""


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
    """One of the expected outcomes, the words that it needs, and the form came back."""
    words = turn.words.casefold()
    if expected.says and not any(one.casefold() in words for one in expected.says):
        return False
    if any(one.casefold() in words for one in expected.lacks):
        return False
    if expected.resumes and turn.last_outcome not in FORMS:
        return False
    return any(_is_met(label, turn) for label in expected.any_of)


def _is_met(label: Label, turn: Turn) -> bool:
    """The outcome is equal, and an article is accepted where some are.

    Where asking back is wanted, an accepted article on a button will do, and so will serving one;
    where nothing was asked, anything but an article.
    """
    if label.outcome is Outcome.CLARIFY:
        if not label.accept:
            return turn.article is None and turn.outcome in HEARD
        return not {turn.article, *turn.offered}.isdisjoint(label.accept)
    if turn.outcome is not label.outcome:
        return bool(WISHES.get(label.outcome, frozenset()) & turn.asked_about)
    return not label.accept or turn.article in label.accept
