"""Secret tokens: handed out once, kept only as a hash."""

import hashlib
import secrets
from collections.abc import Callable

NewToken = Callable[[], str]
"""Draws a token that cannot be guessed, safe in an address."""


def new_token() -> str:
    """A token of 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token: SHA-256 in hexadecimal; a random token needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
