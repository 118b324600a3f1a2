"""The figures that are counted over conversations."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from bot.evaluation.asking.result import DialogueResult, turn_is_as_expected
from bot.evaluation.figures.share import Share, share


class DialogueFigures(BaseModel):
    """How conversations fared: turns, whole conversations, and turns where a form came back."""

    model_config = ConfigDict(frozen=True)

    turns: Share
    whole: Share
    resumed: Share


def dialogue_figures(results: Iterable[DialogueResult]) -> DialogueFigures:
    """Counts turns that came as labelled; a conversation counts as whole when all of them did."""
    table = list(results)
    interrupted = [
        (expected, turn)
        for result in table
        for expected, turn in zip(result.label.expect, result.turns, strict=True)
        if expected.resumes
    ]
    return DialogueFigures(
        turns=share(right for result in table for right in result.as_expected),
        whole=share(all(result.as_expected) for result in table),
        resumed=share(turn_is_as_expected(expected, turn) for expected, turn in interrupted),
    )
