"""The e-mail address of a person of the department, and the code that proves that it is hers."""

import re
import secrets
from datetime import timedelta

ADDRESS_LENGTH = 200
CODE_DIGITS = 6
CODE_HOLDS = timedelta(minutes=30)
CODE_AGAIN = timedelta(minutes=1)
"""How long somebody waits before another code is sent."""

CODE_TRIES = 5
"""Wrong codes after which a new one is needed: a guess hits once in 200,000."""

_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}",
    re.ASCII | re.IGNORECASE,
)


def read_address(text: str) -> str | None:
    """An address as it is kept; None where it is none."""
    found = _ADDRESS.fullmatch(text.strip()) if len(text) <= ADDRESS_LENGTH else None
    return found[0] if found else None


def new_mail_code() -> str:
    """A code that goes to an address."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
