"""Work that nobody asks for at the moment: due at an instant, done once for each key."""

from enum import StrEnum


class JobKind(StrEnum):
    """What a job does; who does it is `bot/flow/works.py`."""

    FORGET_BODIES = "forget_bodies"
    FORGET_GIVEN = "forget_given"
    TELL_CORRECTION = "tell_correction"
    SEND_SHEET = "send_sheet"
    SEND_MAIL = "send_mail"
    REMIND_OF_RUN = "remind_of_run"
    COUNT_PEERS = "count_peers"
    INVITE_TO_SURVEY = "invite_to_survey"
    REMIND_OF_SURVEY = "remind_of_survey"
    CLOSE_SURVEY = "close_survey"
    DROP_OLD_IMPORTS = "drop_old_imports"
    FORGET_TRAIL = "forget_trail"
    FORGET_MAILS = "forget_mails"


class JobState(StrEnum):
    """Where a job stands. `FAILED`: its tries are used up, and a person has to look."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


PIECE_SIGN = "+"
"""Stands in the key of a further piece, behind that of the first one."""

AHEAD = frozenset({JobState.WAITING, JobState.RUNNING})
"""Not ended."""
