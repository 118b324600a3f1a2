"""A message that did not come as labelled, and the part of the assistant that is to blame."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.domain.talk.understanding import Outcome
from bot.evaluation.asking.result import FIRST_FIVE, DialogueResult, MessageResult
from bot.evaluation.asking.turn import Turn

OTHER_PATHS = frozenset(
    {
        Outcome.CHITCHAT,
        Outcome.REQUEST,
        Outcome.REQUEST_STATUS,
        Outcome.ASSESSMENT,
        Outcome.PRIVACY,
    }
)
"""Outcomes that no search leads to."""


class Kind(StrEnum):
    """What the owner sees go wrong, worst first."""

    SILENT = "silent"
    OFF_TOPIC_ANSWERED = "off_topic_answered"
    OTHER_ARTICLE = "other_article"
    NOT_RECOGNISED = "not_recognised"
    REFUSED = "refused"
    PART_MISSED = "part_missed"
    TURN = "turn"


class Cause(StrEnum):
    """Where to look. `ranking`: the article was found, but not first."""

    INTENT = "intent"
    RETRIEVAL = "retrieval"
    RANKING = "ranking"
    CONFIDENCE = "confidence"


class Failure(BaseModel):
    """One failure; `id` of a turn is `dialogue/number`. Holds no word of the message."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: Kind
    cause: Cause
    style: str
    wanted_outcome: str
    wanted: str | None
    came_outcome: str
    served: str | None
    confidence: float
    intent: str


def message_failures(results: Iterable[MessageResult]) -> list[Failure]:
    """All failures, by kind, the surest mistakes first."""
    found = [_failure(result, kind) for result in results if (kind := _kind(result)) is not None]
    order = list(Kind)
    return sorted(found, key=lambda one: (order.index(one.kind), -one.confidence, one.id))


def dialogue_failures(results: Iterable[DialogueResult]) -> list[Failure]:
    """The turns that did not come as labelled, in their order."""
    return [
        Failure(
            id=f"{result.label.id}/{number}",
            kind=Kind.TURN,
            cause=_cause(expected.accept, turn),
            style="",
            wanted_outcome=expected.outcome,
            wanted=expected.accept[0] if expected.accept else None,
            **_came(turn),
        )
        for result in results
        for number, (expected, turn, right) in enumerate(
            zip(result.label.expect, result.turns, result.as_expected, strict=True), 1
        )
        if not right
    ]


def _kind(result: MessageResult) -> Kind | None:
    label, turn = result.label, result.turn
    if turn.outcome is None:
        return Kind.SILENT
    if label.is_off_topic:
        return Kind.OFF_TOPIC_ANSWERED if turn.article else None
    if not label.wants_article:
        return None if result.is_recognised else Kind.NOT_RECOGNISED
    if turn.article is None:
        return Kind.REFUSED
    if not result.is_right_first:
        return Kind.OTHER_ARTICLE
    return None if result.meets_all_parts else Kind.PART_MISSED


def _failure(result: MessageResult, kind: Kind) -> Failure:
    label, turn = result.label, result.turn
    causes = {
        Kind.OFF_TOPIC_ANSWERED: Cause.CONFIDENCE,
        Kind.NOT_RECOGNISED: Cause.INTENT,
        Kind.PART_MISSED: Cause.RETRIEVAL,
    }
    return Failure(
        id=label.id,
        kind=kind,
        cause=causes.get(kind) or _cause(label.accept, turn),
        style=label.style,
        wanted_outcome=label.outcome,
        wanted=label.accept[0] if label.accept else None,
        **_came(turn),
    )


def _came(turn: Turn) -> dict[str, str | float | None]:
    return {
        "came_outcome": turn.outcome or "none",
        "served": turn.article,
        "confidence": round(turn.confidence, 4),
        "intent": turn.intent,
    }


def _cause(accept: list[str], turn: Turn) -> Cause:
    """An article was not searched for, not found, not first, or not trusted."""
    if turn.outcome in OTHER_PATHS or not accept:
        return Cause.INTENT
    found = not set(accept).isdisjoint([*turn.articles[:FIRST_FIVE], *turn.offered])
    if turn.article is not None:
        return Cause.RANKING if found else Cause.RETRIEVAL
    if found or turn.outcome is Outcome.OUT_OF_SCOPE:
        return Cause.CONFIDENCE
    asked_for_a_person = turn.outcome is Outcome.HANDOVER and not turn.offered
    return Cause.INTENT if asked_for_a_person else Cause.RETRIEVAL
