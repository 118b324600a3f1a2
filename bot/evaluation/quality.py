"""All figures of a run, as they are written to `quality.json`. Keys are a contract."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel, ConfigDict

from bot.evaluation.asking.result import DialogueResult, MessageResult
from bot.evaluation.figures.calibration import Calibration, calibration
from bot.evaluation.figures.confusion import Confusion, worst_confusions
from bot.evaluation.figures.dialogue_figures import DialogueFigures, dialogue_figures
from bot.evaluation.figures.failure import Failure, dialogue_failures, message_failures
from bot.evaluation.figures.latency import Latency, latency
from bot.evaluation.figures.message_figures import (
    Headline,
    StyleFigures,
    by_style,
    by_topic,
    clarified,
    headline,
    nearest_offered,
    outcomes,
    recognised,
)
from bot.evaluation.figures.share import Share


@dataclass(frozen=True)
class Table:
    """Everything that came back for one set. `respelled`: the same messages, by spelling."""

    messages: list[MessageResult] = field(default_factory=list)
    dialogues: list[DialogueResult] = field(default_factory=list)
    respelled: dict[str, list[MessageResult]] = field(default_factory=dict)
    left_out: int = 0


class SetFigures(BaseModel):
    """The figures of one set."""

    model_config = ConfigDict(frozen=True)

    messages: int
    dialogues: int
    left_out: int
    headline: Headline
    conversations: DialogueFigures
    recognised: dict[str, Share]
    outcomes: dict[str, dict[str, int]]
    by_style: dict[str, StyleFigures]
    by_topic: dict[str, Share]
    respelled: dict[str, Headline]
    confusions: list[Confusion]
    clarified: Share
    nearest_offered: Share
    calibration: Calibration
    latency: Latency
    failures: list[Failure]


class Quality(BaseModel):
    """The figures of each set by its name, and the day they were measured.

    `assistant`: what was measured, such as the name of the trained model.
    """

    model_config = ConfigDict(frozen=True)

    measured_on: date
    assistant: str = ""
    sets: dict[str, SetFigures]


def measure(table: Table, topic_of: Mapping[str, str]) -> SetFigures:
    """Counts a table. `topic_of`: the topic of each article id."""
    messages = table.messages
    return SetFigures(
        messages=len(messages),
        dialogues=len(table.dialogues),
        left_out=table.left_out,
        headline=headline(messages),
        conversations=dialogue_figures(table.dialogues),
        recognised=recognised(messages),
        outcomes=outcomes(messages),
        by_style=by_style(messages),
        by_topic=by_topic(messages, topic_of),
        respelled={spelling: headline(again) for spelling, again in table.respelled.items()},
        confusions=worst_confusions(messages),
        clarified=clarified(messages),
        nearest_offered=nearest_offered(messages),
        calibration=calibration(messages),
        latency=latency(result.turn.ms for result in messages),
        failures=[*message_failures(messages), *dialogue_failures(table.dialogues)],
    )
