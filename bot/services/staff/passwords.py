"""Passwords: what is accepted, and how they are kept (Argon2id)."""

import threading
import unicodedata
from collections.abc import Iterable
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.services.staff.guessable import weakness

MIN_LENGTH = 12
MAX_LENGTH = 200
MIN_DIFFERENT = 5
"""Fewer different characters than this are a pattern, not a password."""

HASHES_AT_ONCE = 4
"""One hash takes 64 MiB: many sign-ins at once must not take all the memory."""

_turn = threading.BoundedSemaphore(HASHES_AT_ONCE)


class PasswordRefused(Exception):
    """The password is unfit.

    `reason`: short, long, username, name, keyboard, common, obvious, mismatch, same.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_password(
    password: str, repeated: str, *, username: str, own: Iterable[str] = (), present: str = ""
) -> None:
    """Accepts a password of 12 to 200 characters that is not easily guessed.

    `own`: how the person and the department are called; `present`: what it takes the place of.

    Raises:
        PasswordRefused: it breaks a rule, or the two entries differ.
    """
    text = _normal(password).casefold()
    if len(text) < MIN_LENGTH:
        raise PasswordRefused("short")
    if len(password) > MAX_LENGTH:
        raise PasswordRefused("long")
    if username and username.casefold() in text:
        raise PasswordRefused("username")
    if len(set(text)) < MIN_DIFFERENT:
        raise PasswordRefused("obvious")
    weak = weakness(text, (username, *own))
    if weak is not None:
        raise PasswordRefused(weak)
    if _normal(password) == _normal(present):
        raise PasswordRefused("same")
    if _normal(password) != _normal(repeated):
        raise PasswordRefused("mismatch")


def hash_password(password: str) -> str:
    """The Argon2id hash to keep, salt and parameters inside."""
    with _turn:
        return _hasher().hash(_bytes(password))


def password_matches(kept: str | None, password: str) -> bool:
    """Whether a password fits the kept hash; takes the same time where there is none."""
    if len(password) > MAX_LENGTH:
        return False
    with _turn:
        try:
            _hasher().verify(kept or _nobody(), _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("nobody")


def _bytes(password: str) -> bytes:
    # Half a surrogate pair is no text, and no password: it is refused like any wrong one.
    return _normal(password).encode("utf-8", "surrogatepass")


def _normal(password: str) -> str:
    # Two keyboards may type the same Vietnamese letter as one character or as two.
    return unicodedata.normalize("NFKC", password)
