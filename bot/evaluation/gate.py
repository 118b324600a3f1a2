"""Holds new figures against earlier ones: quality may not fall unseen."""

from dataclasses import dataclass

from bot.evaluation.comparison import shared_sets
from bot.evaluation.figures.share import Share
from bot.evaluation.quality import Quality, SetFigures

TOLERATED_POINTS = 2
"""Below this, a set of some hundred messages cannot tell a fall from chance."""


@dataclass(frozen=True)
class Fall:
    """A figure that fell further than tolerated, or that is no longer counted at all."""

    set_name: str
    figure: str
    before: Share
    now: Share

    def __str__(self) -> str:
        return f"{self.set_name}: {self.figure} fell from {self.before} to {self.now}"


def falls(earlier: Quality, now: Quality) -> list[Fall]:
    """The guarded figures that fell by more than the tolerated points, set by set."""
    return [
        Fall(name, figure, before, after)
        for name in shared_sets(earlier, now)
        for figure, before, after in _pairs(earlier.sets[name], now.sets[name])
        if _fell(before, after)
    ]


def _pairs(earlier: SetFigures, now: SetFigures) -> list[tuple[str, Share, Share]]:
    return [
        ("right first", earlier.headline.right_first, now.headline.right_first),
        ("in three", earlier.headline.in_three, now.headline.in_three),
        ("dialogues", earlier.conversations.turns, now.conversations.turns),
    ]


def _fell(before: Share, now: Share) -> bool:
    if before.points is None:
        return False
    return now.points is None or before.points - now.points > TOLERATED_POINTS
