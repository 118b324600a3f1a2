"""Closes what must not be read in a copy of the database, where the house has a key for it."""

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEALED = "sealed:"
"""So a closed text begins; what stands without it was kept before there was a key."""

KEY_BYTES = 32


class SealBroken(Exception):
    """It was closed with another key, or is no longer what was closed."""


class Seal:
    """Closes and opens texts by a secret key; without one they stay as they are."""

    def __init__(self, key: str) -> None:
        self._fernet = Fernet(_derived(key)) if key else None

    def close(self, text: str) -> str:
        """What is kept of a text."""
        if self._fernet is None:
            return text
        return SEALED + self._fernet.encrypt(text.encode()).decode()

    def open(self, kept: str) -> str:
        """The text that is kept.

        Raises:
            SealBroken: it cannot be read with this key.
        """
        if not kept.startswith(SEALED):
            return kept
        if self._fernet is None:
            raise SealBroken
        try:
            return self._fernet.decrypt(kept.removeprefix(SEALED).encode()).decode()
        except InvalidToken:
            raise SealBroken from None

    def is_due(self, kept: str) -> bool:
        """Whether a text is kept open although there is a key."""
        return self._fernet is not None and not kept.startswith(SEALED)


def _derived(key: str) -> bytes:
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"donghanh seal").derive(key.encode())
    return base64.urlsafe_b64encode(derived)
