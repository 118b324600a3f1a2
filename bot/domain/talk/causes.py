"""Causes: the names under which a side effect or a message happens once, however often it is tried.

A row keeps the cause that made it; tried again, the same cause finds that row.
"""

from bot.domain.input.row_id import read_row_id

EVENT = "in:"
WORDS = "heard:"
THUMB = "thumb:"
STEP = "history:"
FORM = "form:"
CORRECTION = "correction:"
SHEET = "sheet:"
REMINDER = "reminder:"
INVITATION = "survey:"
SURVEY_REMINDER = "survey-reminder:"
"""How each kind begins. They stand in rows: a change needs a migration."""

FILES_TURN = ".files"
LAST_WORD = ":last"


def of_event(row_id: int) -> str:
    """Of what the assistant does about an event of the inbox."""
    return f"{EVENT}{row_id}"


def of_its_files(event_cause: str) -> str:
    """Of the turn that hands an event's files over, behind that of its words."""
    return f"{event_cause}{FILES_TURN}"


def of_words(row_id: int) -> str:
    """Of the owner's own words, as an event of the inbox brought them."""
    return f"{WORDS}{row_id}"


def of_thumb(message_id: int) -> str:
    """Of what a thumb under a message leads to."""
    return f"{THUMB}{message_id}"


def of_step(line_id: int) -> str:
    """Of what an owner is told about a line of a request's history."""
    return f"{STEP}{line_id}"


def of_form(session_id: object, form_id: str, digest: str) -> str:
    """Of a form that an officer sent: one session, one form, one content."""
    return f"{FORM}{session_id}:{form_id}:{digest}"


def of_correction(row_id: int, conversation_id: str) -> str:
    """Of what an owner is told of an answer that changed."""
    return f"{CORRECTION}{row_id}:{conversation_id}"


def of_sheet(attempt_id: int, cause: str) -> str:
    """Of the paper of a run, as one message asked for it."""
    return f"{SHEET}{attempt_id}:{cause}"


def of_reminder(started_by: str) -> str:
    """Of the one reminder of a run that was put aside, by the message that started it."""
    return f"{REMINDER}{started_by}"


def of_invitation(row_id: int) -> str:
    """Of the one message that invites an enterprise to a survey."""
    return f"{INVITATION}{row_id}"


def of_survey_reminder(row_id: int) -> str:
    """Of the one message that reminds of an invitation."""
    return f"{SURVEY_REMINDER}{row_id}"


def of_last_word(cause: str) -> str:
    """Of what is said last where a step says several things."""
    return f"{cause}{LAST_WORD}"


def are_words(cause: str) -> bool:
    """Whether it is that of an owner's own words."""
    return cause.startswith(WORDS)


def whole_event(cause: str) -> str:
    """The event's own cause, where a turn of it is given."""
    return cause.partition(".")[0]


def event_of(cause: str) -> int | None:
    """The row of the event that is behind a cause, or None where there is none."""
    for kind in (EVENT, WORDS):
        if cause.startswith(kind):
            return read_row_id(whole_event(cause).removeprefix(kind))
    return None
