"""Signing in: guesses are slowed down, nobody is kept out by the guesses of others.

Why these numbers, and how many guesses they leave: docs/adr/0013-guesses-are-slowed-down.md.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from bot.domain.clock import CLOCK_SLACK
from bot.domain.input.network import network_of
from bot.services.staff.known_devices import KnownDevices
from bot.services.staff.officers import OfficerService, fold_username
from bot.services.staff.secret_tokens import NewToken, new_token
from bot.services.staff.sessions import SessionService
from bot.storage.models import KnownDevice, Officer, SignInAttempt

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

MOST_ATTEMPTS = 100_000
"""Rows that are kept: a flood from everywhere must not fill the disk."""


PAIR_LETTERS = 32
"""Of a user's hash in the name of a pair, by which all pairs of the user are found."""


class SignInRefused(Exception):
    """No entry. `reason`: wrong (user or password), wait (too many failures)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Limit:
    """How often a subject may fail within a window."""

    subject: str
    failures: int
    window: timedelta


class SignInService:
    """Counts tries, and opens a session for the right password."""

    def __init__(self, session: Session, draw: NewToken = new_token) -> None:
        self._session = session
        self._draw = draw

    def count_try(
        self, username: str, address: str, *, now: datetime, device: str = ""
    ) -> Officer | None:
        """Counts a try as failed, before the password is looked at; returns the person.

        Counting first keeps many guesses at once within the limit. `device`: the cookie of known
        devices (`KnownDevices`).

        Raises:
            SignInRefused: too many failures of this kind lately.
        """
        self._one_behind_another()
        officer = OfficerService(self._session).by_username(username)
        limits = self._limits(username, address, self._device_of(officer, device, now))
        if any(self._failures(limit, now) >= limit.failures for limit in limits):
            raise SignInRefused("wait")
        self._forget_old(now)
        self._session.add_all(SignInAttempt(subject=limit.subject, at=now) for limit in limits)
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

    def succeed(self, officer_id: int, address: str, *, now: datetime, device: str = "") -> str:
        """Takes this try back, forgets the failures from here, opens a session; returns its token.

        Raises:
            SignInRefused: the person was disabled meanwhile.
        """
        officer = self._session.get_one(Officer, officer_id)
        if not officer.active:
            raise SignInRefused("wrong")
        known = self._device_of(officer, device, now)
        own, *shared = self._limits(officer.username, address, known)
        self._session.execute(delete(SignInAttempt).where(SignInAttempt.subject == own.subject))
        for limit in shared:
            self._take_back(limit.subject)
        return SessionService(self._session, self._draw).open(officer, now=now)

    def unlock(self, officer: Officer, address: str = "") -> None:
        """Forgets the failures of a person everywhere, and of an address where one is given."""
        devices = select(KnownDevice.token_hash).where(KnownDevice.officer_id == officer.id)
        subjects = [_subject("device", one) for one in self._session.scalars(devices)]
        subjects.append(_subject("user", officer.username))
        if address:
            subjects.append(_subject("address", network_of(address)))
        self._session.execute(
            delete(SignInAttempt).where(
                SignInAttempt.subject.in_(subjects)
                | SignInAttempt.subject.startswith(_pairs_of(officer.username))
            )
        )

    def _limits(self, username: str, address: str, device: str | None) -> list[Limit]:
        """What a try counts for: first what is this person's here, then what is shared."""
        if device is not None:
            return [Limit(_subject("device", device), FAILURES_OF_A_DEVICE, WINDOW)]
        user, place = fold_username(username), network_of(address)
        return [
            Limit(_pairs_of(user) + _hash(place), FAILURES_OF_A_PAIR, WINDOW),
            Limit(_subject("address", place), FAILURES_OF_AN_ADDRESS, WINDOW),
            Limit(_subject("user", user), FAILURES_OF_A_USER, LONG_WINDOW),
        ]

    def _device_of(self, officer: Officer | None, cookie: str, now: datetime) -> str | None:
        if officer is None:
            return None
        return KnownDevices(self._session).find(cookie, officer.id, now=now)

    def _one_behind_another(self) -> None:
        # SQLite has one writer at a time by itself; elsewhere tries at once would not see each
        # other's rows, and each would be the first.
        if self._session.get_bind().dialect.name == "postgresql":
            table = SignInAttempt.__tablename__
            self._session.execute(text(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"))

    def _failures(self, limit: Limit, now: datetime) -> int:
        counted = self._session.scalar(
            select(func.count())
            .select_from(SignInAttempt)
            .where(
                SignInAttempt.subject == limit.subject,
                SignInAttempt.at > now - limit.window,
                # What lies further ahead was written before the clock was set back.
                SignInAttempt.at <= now + CLOCK_SLACK,
            )
        )
        return counted or 0

    def _forget_old(self, now: datetime) -> None:
        newest = self._session.scalar(select(func.max(SignInAttempt.id))) or 0
        self._session.execute(
            delete(SignInAttempt).where(
                (SignInAttempt.at <= now - LONG_WINDOW)
                | (SignInAttempt.at > now + CLOCK_SLACK)
                | (SignInAttempt.id <= newest - MOST_ATTEMPTS)
            )
        )

    def _take_back(self, subject: str) -> None:
        newest = self._session.scalar(
            select(func.max(SignInAttempt.id)).where(SignInAttempt.subject == subject)
        )
        self._session.execute(delete(SignInAttempt).where(SignInAttempt.id == newest))


def _subject(kind: str, typed: str) -> str:
    """The name under which tries are counted: of one length, whatever was typed."""
    return f"{kind}:{_hash(typed)}"


def _pairs_of(user: str) -> str:
    """How the names of a user's pairs begin."""
    return f"pair:{_hash(user)[:PAIR_LETTERS]}:"


def _hash(typed: str) -> str:
    return hashlib.sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()
