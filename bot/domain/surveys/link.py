"""The link of an invitation: its number, signed with the secret of its campaign.

Nothing of it is stored: whoever reads the database without the secret can make none, and a
campaign's links die with its secret.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode

from bot.domain.input.row_id import read_row_id

SIGNATURE_BYTES = 15
"""120 bits: twenty letters, and nobody guesses them over a network."""

_TOKEN = re.compile(r"([1-9][0-9]{0,9})-([A-Za-z0-9_-]{20})")

_NO_SECRET = "0" * 64
"""Signs for an invitation that is not there, so that looking takes as long."""


def link_token(invitation_id: int, secret: str) -> str:
    """The token of an invitation, as it stands in the address."""
    return f"{invitation_id}-{_signature(invitation_id, secret)}"


def invitation_of(token: str) -> int | None:
    """The invitation that a token names, genuine or not; None for anything else."""
    found = _TOKEN.fullmatch(token)
    return read_row_id(found[1]) if found is not None else None


def is_genuine(token: str, secret: str | None) -> bool:
    """Whether a token was signed with a secret; None: there is no such invitation."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return False
    expected = _signature(int(found[1]), secret or _NO_SECRET)
    return hmac.compare_digest(found[2].encode(), expected.encode()) and secret is not None


def _signature(invitation_id: int, secret: str) -> str:
    signed = hmac.new(secret.encode(), f"survey:{invitation_id}".encode(), hashlib.sha256)
    return urlsafe_b64encode(signed.digest()[:SIGNATURE_BYTES]).decode()
