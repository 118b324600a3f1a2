"""Where what came in, and what must go out, is on its way."""

from enum import StrEnum

from bot.domain.talk.messages import ChannelName


class InboxState(StrEnum):
    """Where an event stands. `DEAD`: set aside after too many tries, its owner told."""

    NEW = "new"
    TAKEN = "taken"
    DONE = "done"
    DEAD = "dead"


UNWORKED = (InboxState.NEW, InboxState.TAKEN)
"""Not worked off."""


class DeliveryState(StrEnum):
    """Where an outgoing message stands. `UNKNOWN`: it may have arrived (docs/adr/0014)."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"


UNDERWAY = frozenset({DeliveryState.QUEUED, DeliveryState.SENDING})
LOST = frozenset({DeliveryState.UNKNOWN, DeliveryState.FAILED})
"""Nobody knows whether it arrived, or it surely did not: a person may send it again."""

READ_HERE = frozenset({ChannelName.WEB})
"""Channels whose pages read what is stored: nothing has to be sent, a message has gone out with
the transaction that says it."""

TOLD_BY_HAND = frozenset({ChannelName.PHONE, ChannelName.COUNTER})
"""Where nothing goes out: an officer entered the case, and she tells its owner herself."""
