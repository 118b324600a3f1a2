"""Proving a password or a code, between two transactions: a try counts whatever comes of it.

A password takes a second to hash, and nobody waits for it. The rules are `services.staff`'s.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, TypeVar

from fastapi import Request
from sqlalchemy.orm import Session

from bot.console.frame import cookies
from bot.console.frame.address import client_address
from bot.house import House
from bot.services.staff.half_sign_ins import HalfSignIns
from bot.services.staff.officers import OfficerService
from bot.services.staff.passwords import hash_password, is_outdated, password_matches
from bot.services.staff.second_factors import CODES, SecondFactorService
from bot.services.staff.sessions import SessionService
from bot.services.staff.sign_in import SignInRefused, SignInService
from bot.services.staff.tries import Tries
from bot.storage.database import Database
from bot.storage.models import Officer

T = TypeVar("T")


class Whence(TypedDict):
    """From where and when a try comes. `device`: the cookie of known devices."""

    address: str
    now: datetime
    device: str


@dataclass(frozen=True)
class Entry:
    """What was opened: a session's token; or, where a code is owed, a half sign-in's."""

    token: str
    owes_code: bool = False


def whence(request: Request, house: House) -> Whence:
    """From where and when a request comes."""
    return Whence(
        address=client_address(request),
        now=house.clock(),
        device=request.cookies.get(cookies.DEVICE_COOKIE, ""),
    )


def prove(  # noqa: PLR0913  (each is one fact of a try)
    database: Database,
    username: str,
    password: str,
    then: Callable[[Session, Officer], T],
    *,
    address: str,
    now: datetime,
    device: str = "",
) -> T:
    """What `then` gives for the person whose password it is, in the transaction that found it so.

    Raises:
        SignInRefused: wrong user or password, or too many failures.
    """
    with database.transaction() as session:
        officer = SignInService(session).count_try(username, address, now=now, device=device)
    kept = officer.password_hash if officer else None
    if not password_matches(kept, password) or officer is None or kept is None:
        raise SignInRefused("wrong")
    fresh = hash_password(password) if is_outdated(kept) else kept
    with database.transaction() as session:
        service = SignInService(session)
        service.renew_password(officer.id, kept, fresh)
        return then(session, service.succeed(officer.id, address, now=now, device=device))


def prove_code(  # noqa: PLR0913  (each is one fact of a try)
    house: House,
    username: str,
    typed: str,
    then: Callable[[Session, Officer], T],
    *,
    address: str,
    now: datetime,
    device: str = "",
) -> T:
    """What `then` gives for a person, once a code of her second factor was right.

    Raises:
        SecondFactorRefused: the code opens nothing.
        TooManyTries: too many were wrong lately.
    """
    with house.database.transaction() as session:
        Tries(session, CODES).count(username, address, now=now, device=device)
    with house.database.transaction() as session:
        officer = OfficerService(session).by_username(username)
        if officer is None:
            raise LookupError(username)
        SecondFactorService(session, house.seal).accept(officer.id, typed, now=now)
        Tries(session, CODES).forgive(officer, address, now=now, device=device)
        return then(session, officer)


def open_entry(house: House, session: Session, officer: Officer) -> Entry:
    """Signs a person in; where she has a second factor, halfway."""
    now = house.clock()
    has_one = SecondFactorService(session, house.seal).of(officer.id) is not None
    if has_one and house.second_factor.is_asked():
        return Entry(HalfSignIns(session).open(officer, now=now), owes_code=True)
    return Entry(SessionService(session).open(officer, now=now))
