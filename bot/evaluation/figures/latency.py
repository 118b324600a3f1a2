"""How long an owner waits."""

import math
from collections.abc import Iterable
from statistics import median

from pydantic import BaseModel, ConfigDict


class Latency(BaseModel):
    """Milliseconds from message in to replies stored."""

    model_config = ConfigDict(frozen=True)

    median_ms: float | None
    p95_ms: float | None


def latency(milliseconds: Iterable[float]) -> Latency:
    """Median, and the 95th percentile by nearest rank."""
    ordered = sorted(milliseconds)
    if not ordered:
        return Latency(median_ms=None, p95_ms=None)
    rank = math.ceil(0.95 * len(ordered))
    return Latency(median_ms=round(median(ordered), 1), p95_ms=round(ordered[rank - 1], 1))
