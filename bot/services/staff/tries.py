"""Tries at a secret, counted by what they come from: guesses are slowed down.

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
from bot.storage.models import KnownDevice, Officer, SignInAttempt

MOST_ATTEMPTS = 100_000
"""Rows that are kept: a flood from everywhere must not fill the disk."""

KEPT = timedelta(days=1)
"""No bound looks further back."""

PAIR_LETTERS = 32
"""Of a user's hash in the name of a pair, by which all pairs of the user are found."""


class TooManyTries(Exception):
    """Too many failures of this kind lately."""


@dataclass(frozen=True)
class Bound:
    """How often a subject may fail within a window."""

    failures: int
    window: timedelta


@dataclass(frozen=True)
class Bounds:
    """The bounds of tries at one sort of secret. `prefix` parts it from the other sorts.

    `device`: in a browser that the person signed in with before; `pair`: of one user from one
    address; `address`: of all users from one; `user`: from all addresses, in browsers not known.
    """

    prefix: str
    device: tuple[Bound, ...]
    pair: tuple[Bound, ...]
    address: tuple[Bound, ...]
    user: tuple[Bound, ...]


@dataclass(frozen=True)
class Subject:
    """What a try counts for, under its name, and the bounds of it."""

    name: str
    bounds: tuple[Bound, ...]


class Tries:
    """Counts the tries at one sort of secret."""

    def __init__(self, session: Session, bounds: Bounds) -> None:
        self._session = session
        self._bounds = bounds

    def count(
        self, username: str, address: str, *, now: datetime, device: str = ""
    ) -> Officer | None:
        """Counts a try as failed, before the secret is looked at; whom the user name names.

        Counting first keeps many guesses at once within the bounds. `device`: the cookie of known
        devices (`KnownDevices`).

        Raises:
            TooManyTries: one of the bounds is reached.
        """
        self._one_behind_another()
        officer = OfficerService(self._session).by_username(username)
        subjects = self._subjects(username, address, self._device_of(officer, device, now))
        if any(
            self._failures(subject.name, bound.window, now) >= bound.failures
            for subject in subjects
            for bound in subject.bounds
        ):
            raise TooManyTries
        self._forget_old(now)
        self._session.add_all(SignInAttempt(subject=subject.name, at=now) for subject in subjects)
        return officer

    def forgive(self, officer: Officer, address: str, *, now: datetime, device: str = "") -> None:
        """Takes a try back that was right, and forgets the person's failures from here."""
        known = self._device_of(officer, device, now)
        own, *shared = self._subjects(officer.username, address, known)
        self._session.execute(delete(SignInAttempt).where(SignInAttempt.subject == own.name))
        for subject in shared:
            self._take_back(subject.name)

    def forget(self, officer: Officer, address: str = "") -> None:
        """Forgets the failures of a person everywhere, and of an address where one is given."""
        devices = select(KnownDevice.token_hash).where(KnownDevice.officer_id == officer.id)
        names = [self._name("device", one) for one in self._session.scalars(devices)]
        names.append(self._name("user", officer.username))
        if address:
            names.append(self._name("address", network_of(address)))
        self._session.execute(
            delete(SignInAttempt).where(
                SignInAttempt.subject.in_(names)
                | SignInAttempt.subject.startswith(self._pairs_of(officer.username))
            )
        )

    def _subjects(self, username: str, address: str, device: str | None) -> list[Subject]:
        """What a try counts for: first what is this person's here, then what is shared."""
        if device is not None:
            return [Subject(self._name("device", device), self._bounds.device)]
        user, place = fold_username(username), network_of(address)
        return [
            Subject(self._pairs_of(user) + _hash(place), self._bounds.pair),
            Subject(self._name("address", place), self._bounds.address),
            Subject(self._name("user", user), self._bounds.user),
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

    def _failures(self, name: str, window: timedelta, now: datetime) -> int:
        counted = self._session.scalar(
            select(func.count())
            .select_from(SignInAttempt)
            .where(
                SignInAttempt.subject == name,
                SignInAttempt.at > now - window,
                # What lies further ahead was written before the clock was set back.
                SignInAttempt.at <= now + CLOCK_SLACK,
            )
        )
        return counted or 0

    def _forget_old(self, now: datetime) -> None:
        newest = self._session.scalar(select(func.max(SignInAttempt.id))) or 0
        self._session.execute(
            delete(SignInAttempt).where(
                (SignInAttempt.at <= now - KEPT)
                | (SignInAttempt.at > now + CLOCK_SLACK)
                | (SignInAttempt.id <= newest - MOST_ATTEMPTS)
            )
        )

    def _take_back(self, name: str) -> None:
        newest = self._session.scalar(
            select(func.max(SignInAttempt.id)).where(SignInAttempt.subject == name)
        )
        self._session.execute(delete(SignInAttempt).where(SignInAttempt.id == newest))

    def _name(self, kind: str, typed: str) -> str:
        """The name under which tries are counted: of one length, whatever was typed."""
        return f"{self._bounds.prefix}{kind}:{_hash(typed)}"

    def _pairs_of(self, user: str) -> str:
        """How the names of a user's pairs begin."""
        return f"{self._bounds.prefix}pair:{_hash(user)[:PAIR_LETTERS]}:"


def _hash(typed: str) -> str:
    return hashlib.sha256(typed.encode("utf-8", "surrogatepass")).hexdigest()
