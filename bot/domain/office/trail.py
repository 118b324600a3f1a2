"""What the trail keeps of the department's people: who did what, when, from where, on what."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

SAME_VIEW = timedelta(minutes=30)
"""Within this the same person's views of the same thing are one line: a page renews itself."""

DAYS_OF_A_MONTH = 31


class TrailKind(StrEnum):
    """What sort of thing was done."""

    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    REFUSED = "refused"
    VIEW = "view"
    DOWNLOAD = "download"
    IMPORT = "import"
    CHANGE = "change"
    PEOPLE = "people"
    HOUSE = "house"


ONCE_A_WHILE = frozenset({TrailKind.VIEW, TrailKind.REFUSED})
"""Kinds of which one line stands for what comes again within `SAME_VIEW`: nobody floods the trail
by asking again."""


@dataclass(frozen=True)
class Deed:
    """One thing that was done. Names codes and ids, never what was written.

    `act`: the route of the console, or the command; `officer_id`: None where nobody is known;
    `address`: empty where it was done on the machine itself; `subject_kind`, `subject`: on what;
    `detail`: what of it, a file or a message.
    """

    kind: TrailKind
    act: str
    officer_id: int | None = None
    address: str = ""
    subject_kind: str = ""
    subject: str = ""
    detail: str = ""
