"""A campaign: a questionnaire put to enterprises for a time, and what may become of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TITLE_LIMIT = 200
"""Characters: it is the head of a message, and of a page on a phone."""

WORDS_LIMIT = 1500

LEAST_BEFORE_REMINDER = timedelta(days=2)
"""Between an invitation and its reminder: nobody is pressed."""


class CampaignState(StrEnum):
    """Where a campaign stands. `STOPPED`: by a person, before its end; `CLOSED`: by its end."""

    DRAFT = "draft"
    OPEN = "open"
    STOPPED = "stopped"
    CLOSED = "closed"

    @property
    def is_over(self) -> bool:
        """Whether nobody is asked any more, and no answer is taken."""
        return self in (CampaignState.STOPPED, CampaignState.CLOSED)


class CampaignMove(StrEnum):
    """What is done with a campaign."""

    OPEN = "open"
    STOP = "stop"
    CLOSE = "close"


class CampaignMoveRefused(Exception):
    """A move that is not open to a campaign as it stands."""


_MOVES: Mapping[tuple[CampaignState, CampaignMove], CampaignState] = {
    (CampaignState.DRAFT, CampaignMove.OPEN): CampaignState.OPEN,
    (CampaignState.OPEN, CampaignMove.STOP): CampaignState.STOPPED,
    (CampaignState.OPEN, CampaignMove.CLOSE): CampaignState.CLOSED,
}
"""All there are: what is over stays over."""


def moved(state: CampaignState, move: CampaignMove) -> CampaignState:
    """The state behind a move.

    Raises:
        CampaignMoveRefused: it is not open to the campaign.
    """
    after = _MOVES.get((state, move))
    if after is None:
        raise CampaignMoveRefused(f"{move} in the state {state}")
    return after


@dataclass(frozen=True)
class Window:
    """From when until when a campaign asks and takes answers; its last instant is outside of it."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, now: datetime) -> bool:
        """Whether an instant lies within it."""
        return self.opens_at <= now < self.closes_at


class InvitationState(StrEnum):
    """Where an invitation stands. `OUT`: nobody there may be written to."""

    WAITING = "waiting"
    SENT = "sent"
    ANSWERED = "answered"
    REFUSED = "refused"
    OUT = "out"


class Way(StrEnum):
    """How an enterprise is asked. `PAPER`: an officer typed what it wrote on paper."""

    CHAT = "chat"
    LINK = "link"
    PAPER = "paper"
