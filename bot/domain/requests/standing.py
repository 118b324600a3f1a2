"""Where a request stands: whose turn it is, and whether what was promised still holds."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.requests.request import RequestState


class Standing(StrEnum):
    """Whose turn it is in a request."""

    OWED = "owed"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    AWAITS_OWNER = "awaits_owner"
    AWAITS_AUTHORITY = "awaits_authority"
    CLOSED = "closed"


_WAITS = {
    RequestState.WAITING_OWNER: Standing.AWAITS_OWNER,
    RequestState.WAITING_AUTHORITY: Standing.AWAITS_AUTHORITY,
}


class Promised(Protocol):
    """What the rule looks at in a request.

    `answered_at` is None while an answer is owed: from the filing, and anew from each transfer
    and release, until an officer speaks.
    """

    @property
    def state(self) -> str:
        """A `RequestState`."""
        ...

    @property
    def answered_at(self) -> datetime | None:
        """When an officer last answered."""
        ...

    @property
    def promised_at(self) -> datetime:
        """The end of the promised time, as the owner was told."""
        ...


def standing(request: Promised, *, now: datetime) -> Standing:
    """Where a request stands; a promise is broken only while the answer is owed."""
    if request.state == RequestState.CLOSED:
        return Standing.CLOSED
    if request.answered_at is None:
        return Standing.OVERDUE if request.promised_at < now else Standing.OWED
    return _WAITS.get(RequestState(request.state), Standing.ANSWERED)
