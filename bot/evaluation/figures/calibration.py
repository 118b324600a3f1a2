"""Whether a confidence of 0.8 is right four times in five."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from bot.evaluation.asking.result import MessageResult
from bot.evaluation.figures.share import Share, share

BINS = 10


class Bin(BaseModel):
    """Served articles with a confidence from `low` to below `high` (the last bin holds 1 too)."""

    model_config = ConfigDict(frozen=True)

    low: float
    high: float
    mean_confidence: float | None
    right: Share


class Calibration(BaseModel):
    """Ten bins, and how far confidence and truth lie apart on average (0 to 1; weighted)."""

    model_config = ConfigDict(frozen=True)

    bins: list[Bin]
    error: float | None


def calibration(results: Iterable[MessageResult]) -> Calibration:
    """Counts every message to which an article was served; off-topic ones can only be wrong."""
    groups: list[list[MessageResult]] = [[] for _ in range(BINS)]
    for result in results:
        if result.turn.article is not None:
            groups[min(int(result.turn.confidence * BINS), BINS - 1)].append(result)
    served = sum(len(group) for group in groups)
    distance = sum(abs(_confidence(group) - _right(group)) for group in groups)
    return Calibration(
        bins=[_bin(number, group) for number, group in enumerate(groups)],
        error=round(distance / served, 4) if served else None,
    )


def _bin(number: int, group: list[MessageResult]) -> Bin:
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        mean_confidence=round(_confidence(group) / len(group), 4) if group else None,
        right=share(result.is_right_first for result in group),
    )


def _confidence(group: list[MessageResult]) -> float:
    return sum(result.turn.confidence for result in group)


def _right(group: list[MessageResult]) -> int:
    return sum(result.is_right_first for result in group)
