"""One run beside another: each figure twice, and how far apart they lie."""

from pydantic import BaseModel, ConfigDict

from bot.evaluation.figures.share import Share
from bot.evaluation.quality import Quality, SetFigures


class Compared(BaseModel):
    """A figure of both runs."""

    model_config = ConfigDict(frozen=True)

    figure: str
    a: Share
    b: Share

    @property
    def difference(self) -> float | None:
        """Points by which the second lies above the first; None where one is not counted."""
        if self.a.points is None or self.b.points is None:
            return None
        return round(float(self.b.points - self.a.points), 1)


def shared_sets(a: Quality, b: Quality) -> list[str]:
    """The sets measured both times: only these can be compared."""
    return [name for name in b.sets if name in a.sets]


def compare(a: SetFigures, b: SetFigures) -> list[Compared]:
    """The figures of a set that both runs counted, in the order of the page."""
    first, second = shares(a), shares(b)
    return [
        Compared(figure=figure, a=first[figure], b=second[figure])
        for figure in second
        if figure in first
    ]


def shares(figures: SetFigures) -> dict[str, Share]:
    """All figures of a set that are shares, by their name on the page."""
    named = main_shares(figures)
    named |= {
        f"right first, {style}": figure.right_first for style, figure in figures.by_style.items()
    }
    named |= {
        f"right first, all {spelling}": again.right_first
        for spelling, again in figures.respelled.items()
    }
    return {name.replace("_", " "): one for name, one in named.items()}


def main_shares(figures: SetFigures) -> dict[str, Share]:
    """Those that one looks at first, in the order of the page."""
    head, talks = figures.headline, figures.conversations
    named = {
        "right first": head.right_first,
        "in three": head.in_three,
        "two questions": head.two_questions,
        "off-topic answered": head.off_topic_answered,
        "asked back or refused": head.asked_back_or_refused,
        "clarifications that helped": figures.clarified,
        "dialogues: turns as expected": talks.turns,
        "dialogues: whole": talks.whole,
        "dialogues: form resumed": talks.resumed,
    }
    named |= {f"recognised: {name}": one for name, one in figures.recognised.items()}
    return {name.replace("_", " "): one for name, one in named.items()}
