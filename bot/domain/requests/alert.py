"""What a person of the department is told of: which cases wait for her, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

DUE_WITHIN = timedelta(hours=2)
"""So long before the promised hour, and from then on, a case that is owed an answer is told of."""


class AlertKind(StrEnum):
    """Why a case waits for a person."""

    NEW = "new"
    """It stands in her office's queue, filed, handed on or put back."""

    HANDED = "handed"
    """She holds it, and another has done the last step."""

    SAID = "said"
    """She holds it, and its owner wrote after the last step."""

    DUE = "due"
    """Its answer is owed, and the promised hour is near or over."""


@dataclass(frozen=True)
class Alert:
    """One reason of one case. `key`: another one when it comes about anew."""

    kind: AlertKind
    key: str
    request_id: int
    code: str
    topic: str


def cases_of(alerts: Sequence[Alert]) -> int:
    """How many cases they speak of: one may wait for several reasons."""
    return len({alert.request_id for alert in alerts})
