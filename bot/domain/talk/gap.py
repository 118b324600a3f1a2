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
    """Where a conclusion stands: proposed by one person, approved or returned by another.

    What is approved is served until it is withdrawn, or replaced by a later version of itself.
    """

    PROPOSED = "proposed"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


UNDECIDED = frozenset({ConclusionState.PROPOSED, ConclusionState.RETURNED})
"""Never served."""

NO_LONGER_SERVED = frozenset({ConclusionState.WITHDRAWN, ConclusionState.REPLACED})

CHANGEABLE = frozenset({ConclusionState.APPROVED, ConclusionState.WITHDRAWN})
"""Of which a new version may be proposed: an edit, or putting it back."""
