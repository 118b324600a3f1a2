"""Signing in: guesses are slowed down, nobody is kept out by the guesses of others.

Why these numbers, and how many guesses they leave: docs/adr/0013-guesses-are-slowed-down.md.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.services.staff.second_factors import CODES
from bot.services.staff.tries import Bound, Bounds, TooManyTries, Tries
from bot.storage.models import Officer

WINDOW = timedelta(minutes=15)
LONG_WINDOW = timedelta(hours=1)

FAILURES_OF_A_PAIR = 5
"""Of one user from one address, within the window."""

FAILURES_OF_AN_ADDRESS = 20
"""More than of a pair: a whole office may come from behind one address. Within the window."""

FAILURES_OF_A_USER = 100
"""From all addresses together, in browsers that the user never signed in with; within the long
window. It bounds what a guesser with many addresses gets; only such a one ever reaches it."""

FAILURES_OF_A_DEVICE = 10
"""In a browser that the user signed in with before; within the window."""

PASSWORDS = Bounds(
    prefix="",
    device=(Bound(FAILURES_OF_A_DEVICE, WINDOW),),
    pair=(Bound(FAILURES_OF_A_PAIR, WINDOW),),
    address=(Bound(FAILURES_OF_AN_ADDRESS, WINDOW),),
    user=(Bound(FAILURES_OF_A_USER, LONG_WINDOW),),
)


class SignInRefused(Exception):
    """No entry. `reason`: wrong (user or password), wait (too many failures)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SignInService:
    """Counts tries at passwords, and says whose the right one is."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tries = Tries(session, PASSWORDS)

    def count_try(
        self, username: str, address: str, *, now: datetime, device: str = ""
    ) -> Officer | None:
        """Counts a try as failed, before the password is looked at; returns the person.

        Raises:
            SignInRefused: too many failures of this kind lately.
        """
        try:
            officer = self._tries.count(username, address, now=now, device=device)
        except TooManyTries:
            raise SignInRefused("wait") from None
        return officer if officer is not None and officer.active else None

    def renew_password(self, officer_id: int, matched: str, fresh: str) -> None:
        """Keeps a password under a fresh hash. `matched`: the hash that it was held against.

        Raises:
            SignInRefused: it was changed meanwhile, and must neither open nor come back.
        """
        found = self._session.get_one(Officer, officer_id, with_for_update=True)
        if found.password_hash != matched:
            raise SignInRefused("wrong")
        found.password_hash = fresh

    def succeed(self, officer_id: int, address: str, *, now: datetime, device: str = "") -> Officer:
        """Takes this try back and forgets the failures from here; the person.

        Raises:
            SignInRefused: the person was disabled meanwhile.
        """
        officer = self._session.get_one(Officer, officer_id)
        if not officer.active:
            raise SignInRefused("wrong")
        self._tries.forgive(officer, address, now=now, device=device)
        return officer

    def unlock(self, officer: Officer, address: str = "") -> None:
        """Forgets the failures of a person everywhere, and of an address where one is given.

        Of passwords, and of the codes behind them.
        """
        for bounds in (PASSWORDS, CODES):
            Tries(self._session, bounds).forget(officer, address)
