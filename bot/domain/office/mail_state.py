"""Where a mail to a person of the department stands."""

from enum import StrEnum


class MailState(StrEnum):
    """`UNKNOWN`: it may have been taken, and is not sent again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
