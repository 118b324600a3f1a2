"""People's second factors: set up by a code, asked for behind the password, never twice the same.

Why so, and how many guesses are left: docs/adr/0039-the-second-factor.md.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.access.second_factor import (
    BEGUN_LIFE,
    CODE_DIGITS,
    DRIFT,
    RECOVERY_CODES,
    STEP_SECONDS,
    new_recovery_code,
    read_code,
)
from bot.services.staff.tries import Bound, Bounds
from bot.storage.models import SecondFactor
from bot.storage.seal import Seal, SealBroken

GROWING = (
    Bound(5, timedelta(minutes=15)),
    Bound(10, timedelta(hours=2)),
    Bound(20, timedelta(days=1)),
)
"""Pauses grow, up to a day: three of a million codes are right at any instant."""

CODES = Bounds(
    prefix="code-",
    device=GROWING,
    pair=GROWING,
    address=(Bound(20, timedelta(minutes=15)),),
    user=(Bound(30, timedelta(days=1)),),
)

SALT_BYTES = 16
SCRYPT_COST = 2**12


class SecondFactorRefused(Exception):
    """The step is not open.

    `reason`: code (wrong, too old or used before), unreadable (closed with another key), on
    (there is one already), gone (there is none to confirm).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SecondFactorService:
    """Keeps the second factors of people; one that no code has confirmed yet counts for nothing."""

    def __init__(
        self, session: Session, seal: Seal, draw: Callable[[], str] = pyotp.random_base32
    ) -> None:
        self._session = session
        self._seal = seal
        self._draw = draw

    def of(self, officer_id: int) -> SecondFactor | None:
        """A person's that counts; None where she has none."""
        found = self._session.get(SecondFactor, officer_id)
        return found if found is not None and found.confirmed_at is not None else None

    def begin(self, officer_id: int, *, now: datetime) -> None:
        """Draws a key that waits to be confirmed; one that waits already stays.

        Raises:
            SecondFactorRefused: there is one that counts.
        """
        found = self._locked(officer_id)
        if found is not None and found.confirmed_at is not None:
            raise SecondFactorRefused("on")
        if found is not None and self._waits(found, now):
            return
        found = found or SecondFactor(officer_id=officer_id, last_step=0, recovery_hashes=[])
        found.secret, found.begun_at = self._seal.close(self._draw()), now
        found.recovery_salt = ""
        self._session.add(found)

    def key_to_confirm(self, officer_id: int, *, now: datetime) -> str | None:
        """The key that waits for its first code, in base 32; None where none does."""
        found = self._session.get(SecondFactor, officer_id)
        if found is None or found.confirmed_at is not None or not self._waits(found, now):
            return None
        return self._seal.open(found.secret)

    def confirm(self, officer_id: int, typed: str, *, now: datetime) -> list[str]:
        """Takes the first code: from now on the factor counts. Its recovery codes, told this once.

        Raises:
            SecondFactorRefused: the code is wrong, no key waits, or it is confirmed already.
        """
        found = self._locked(officer_id)
        if found is not None and found.confirmed_at is not None:
            raise SecondFactorRefused("on")
        if found is None or not self._waits(found, now):
            raise SecondFactorRefused("gone")
        self._take_step(found, read_code(typed), now)
        found.confirmed_at = now
        return self._new_recovery_codes(found)

    def accept(self, officer_id: int, typed: str, *, now: datetime) -> None:
        """Takes a code of the application, or one of the recovery codes; neither opens again.

        Raises:
            SecondFactorRefused: it opens nothing.
        """
        found = self._locked(officer_id)
        if found is None or found.confirmed_at is None:
            raise SecondFactorRefused("gone")
        code = read_code(typed)
        if len(code) > CODE_DIGITS:
            self._take_recovery_code(found, code)
            return
        self._take_step(found, code, now)
        if self._seal.is_due(found.secret):
            found.secret = self._seal.close(found.secret)

    def renew_recovery_codes(self, officer_id: int) -> list[str]:
        """New recovery codes in place of all that are left.

        Raises:
            SecondFactorRefused: the person has no second factor.
        """
        found = self._locked(officer_id)
        if found is None or found.confirmed_at is None:
            raise SecondFactorRefused("gone")
        return self._new_recovery_codes(found)

    def drop(self, officer_id: int) -> None:
        """The person has none any more; key and recovery codes are forgotten."""
        found = self._locked(officer_id)
        if found is not None:
            self._session.delete(found)

    def _take_step(self, found: SecondFactor, code: str, now: datetime) -> None:
        try:
            totp = pyotp.TOTP(self._seal.open(found.secret), interval=STEP_SECONDS)
        except SealBroken:
            raise SecondFactorRefused("unreadable") from None
        present = int(now.timestamp()) // STEP_SECONDS
        # Used further ahead than any clock drifts: ours was set back meanwhile.
        used = found.last_step if found.last_step <= present + DRIFT else 0
        for step in range(present - DRIFT, present + DRIFT + 1):
            fits = hmac.compare_digest(totp.generate_otp(step), code)
            if fits and step > used:
                found.last_step = step
                return
        raise SecondFactorRefused("code")

    def _take_recovery_code(self, found: SecondFactor, code: str) -> None:
        mark = _mark(code, found.recovery_salt)
        left = [one for one in found.recovery_hashes if not hmac.compare_digest(one, mark)]
        if len(left) == len(found.recovery_hashes):
            raise SecondFactorRefused("code")
        found.recovery_hashes = left

    def _new_recovery_codes(self, found: SecondFactor) -> list[str]:
        codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
        found.recovery_salt = secrets.token_hex(SALT_BYTES)
        found.recovery_hashes = [_mark(code, found.recovery_salt) for code in codes]
        return codes

    def _waits(self, found: SecondFactor, now: datetime) -> bool:
        if not timedelta() <= now - found.begun_at < BEGUN_LIFE:
            return False
        try:
            self._seal.open(found.secret)
        except SealBroken:
            return False
        return True

    def _locked(self, officer_id: int) -> SecondFactor | None:
        return self._session.scalar(
            select(SecondFactor)
            .where(SecondFactor.officer_id == officer_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )


def _mark(code: str, salt: str) -> str:
    """What is kept of a recovery code: slow enough that a stolen copy gives none away."""
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=SCRYPT_COST, r=8, p=1).hex()
