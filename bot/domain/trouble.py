"""What goes wrong in a turn, in few kinds: for the log, and for the administrator's page."""

from enum import StrEnum


class Trouble(StrEnum):
    """Why a message could not be answered."""

    ACTION = "action"
    LOOP = "loop"
    SILENCE = "silence"
    NO_ANSWER = "no_answer"
    OTHER = "other"


def trouble_of(error: str) -> tuple[Trouble, str]:
    """The kind and the detail of an error as the inbox keeps it: `action: action_answer`."""
    kind, _, detail = error.partition(": ")
    return (Trouble(kind), detail) if kind in set(Trouble) else (Trouble.OTHER, "")
