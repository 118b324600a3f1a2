"""The second factor of a sign-in: who must have it, and how its codes read."""

import secrets
import unicodedata
from datetime import timedelta
from enum import StrEnum

from bot.domain.office.roles import Role

CODE_DIGITS = 6
RECOVERY_DIGITS = 16
RECOVERY_CODES = 10
"""So many are drawn at once; each opens once."""

STEP_SECONDS = 30
DRIFT = 1
"""Steps by which the clock of a telephone may be wrong, to either side."""

BEGUN_LIFE = timedelta(hours=1)
"""So long a key that was shown waits for its first code."""

LONGEST_TYPED = 60


class SecondFactorRule(StrEnum):
    """Who is asked for a second factor. `OFFERED`: who set one up; `HEADS`: with administrators."""

    OFF = "off"
    OFFERED = "offered"
    HEADS = "heads"
    ALL = "all"

    def is_asked(self) -> bool:
        """Whether who has one is asked for its code."""
        return self is not SecondFactorRule.OFF

    def binds(self, role: Role) -> bool:
        """Whether people of a role must have one."""
        if self is SecondFactorRule.HEADS:
            return role in (Role.HEAD, Role.ADMINISTRATOR)
        return self is SecondFactorRule.ALL


def read_code(typed: str) -> str:
    """The digits of a code as somebody types it, with blanks or hyphens; empty where it is none."""
    plain = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED])
    digits = "".join(one for one in plain if not one.isspace() and one not in "-.‐‑–")
    is_code = digits.isascii() and digits.isdigit()
    return digits if is_code and len(digits) in (CODE_DIGITS, RECOVERY_DIGITS) else ""


def new_recovery_code() -> str:
    """Sixteen digits by chance, which a number pad is enough for."""
    return "".join(str(secrets.randbelow(10)) for _ in range(RECOVERY_DIGITS))


def in_fours(text: str) -> str:
    """A key or a code in groups, as it is copied from a page."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
