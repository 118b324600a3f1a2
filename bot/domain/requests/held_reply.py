"""A reply that an officer has sent and that has not left yet: how long it may be taken back."""

from datetime import timedelta
from enum import StrEnum

from bot.domain.requests.request import RequestKind

TALK_SECONDS = 3
"""So long at most in a live talk: enough for a slip that is seen at once, and hardly a pause."""


class ReplyStep(StrEnum):
    """What becomes of the case with a reply, by the button."""

    REPLY = "reply"
    ASK_BACK = "ask_back"
    CLOSE = "close"


class HeldState(StrEnum):
    """Where such a reply stands. `OVER`: taken back, and what came of its words is elsewhere."""

    HELD = "held"
    SENT = "sent"
    TAKEN_BACK = "taken_back"
    OVER = "over"


def hold_of(kind: str, seconds: int) -> timedelta:
    """How long a reply is held back; `seconds`: the installation's, 0 for not at all."""
    most = TALK_SECONDS if kind == RequestKind.TALK else seconds
    return timedelta(seconds=min(seconds, most))
