"""A gap: a question that was not answered well; its group, and what is concluded about it."""

from enum import StrEnum


class GapReason(StrEnum):
    """Why a question counts as not answered.

    `ASKED_BACK`: the assistant asked between articles, and the owner picked none of them.
    """

    UNSURE = "unsure"
    OUT_OF_SCOPE = "out_of_scope"
    ASKED_BACK = "asked_back"
    THUMB_DOWN = "thumb_down"


class GroupState(StrEnum):
    """Where a group of like gaps stands.

    A gap that falls into a group that was closed opens it again; a dismissed one stays dismissed.
    """

    OPEN = "open"
    PROPOSED = "proposed"
    CLOSED = "closed"
    DISMISSED = "dismissed"


class ConclusionKind(StrEnum):
    """What a group comes to."""

    LINK = "link"
    ARTICLE = "article"
    OUT_OF_SCOPE = "out_of_scope"


class ConclusionState(StrEnum):
    """Where a conclusion stands: proposed by one person, approved or returned by another."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
