"""Signing in: guesses are slowed down, and nothing tells whether a user exists."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from bot.services.officers import OfficerService, fold_username
from bot.services.passwords import hash_password, is_outdated, password_matches
from bot.services.secret_tokens import NewToken, new_token
from bot.services.sessions import SessionService
from bot.storage.database import Database
from bot.storage.models import Officer, SignInAttempt

WINDOW = timedelta(minutes=15)
FAILURES_OF_A_USER = 5
FAILURES_OF_AN_ADDRESS = 20
"""More than of a user: a whole office may come from behind one address."""

SUBJECT_LENGTH = 120


class SignInRefused(Exception):
    """No entry. `reason`: wrong (user or password), wait (too many failures)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SignInService:
    """Counts tries, and opens a session for the right password."""

    def __init__(self, session: Session, draw: NewToken = new_token) -> None:
        self._session = session
        self._draw = draw

    def count_try(self, username: str, address: str, *, now: datetime) -> Officer | None:
        """Counts a try as failed, before the password is looked at; the person, or None.

        Counting first keeps many guesses at once within the limit.

        Raises:
            SignInRefused: too many failures of this user or from this address lately.
        """
        limits = {
            _user(username): FAILURES_OF_A_USER,
            f"address:{address}"[:SUBJECT_LENGTH]: FAILURES_OF_AN_ADDRESS,
        }
        self._session.execute(delete(SignInAttempt).where(SignInAttempt.at <= now - WINDOW))
        if any(self._failures(subject) >= limit for subject, limit in limits.items()):
            raise SignInRefused("wait")
        self._session.add_all(SignInAttempt(subject=subject, at=now) for subject in limits)
        officer = OfficerService(self._session).by_username(username)
        return officer if officer is not None and officer.active else None

    def succeed(self, officer_id: int, address: str, *, now: datetime) -> str:
        """Forgets the failures of the person, takes back this try, opens a session; its token.

        Raises:
            SignInRefused: the person was disabled meanwhile.
        """
        officer = self._session.get_one(Officer, officer_id)
        if not officer.active:
            raise SignInRefused("wrong")
        self._session.execute(
            delete(SignInAttempt).where(SignInAttempt.subject == _user(officer.username))
        )
        self._take_back(f"address:{address}"[:SUBJECT_LENGTH])
        return SessionService(self._session, self._draw).open(officer, now=now)

    def _failures(self, subject: str) -> int:
        counted = self._session.scalar(
            select(func.count()).select_from(SignInAttempt).where(SignInAttempt.subject == subject)
        )
        return counted or 0

    def _take_back(self, subject: str) -> None:
        newest = self._session.scalar(
            select(func.max(SignInAttempt.id)).where(SignInAttempt.subject == subject)
        )
        self._session.execute(delete(SignInAttempt).where(SignInAttempt.id == newest))


def sign_in(
    database: Database, username: str, password: str, *, address: str, now: datetime
) -> str:
    """Signs a person in; the session's token. The password is hashed outside any transaction.

    Raises:
        SignInRefused: wrong user or password, or too many failures.
    """
    with database.transaction() as session:
        officer = SignInService(session).count_try(username, address, now=now)
    kept = officer.password_hash if officer else None
    if not password_matches(kept, password) or officer is None or kept is None:
        raise SignInRefused("wrong")
    fresh = hash_password(password) if is_outdated(kept) else kept
    with database.transaction() as session:
        session.get_one(Officer, officer.id).password_hash = fresh
        return SignInService(session).succeed(officer.id, address, now=now)


def _user(username: str) -> str:
    return f"user:{fold_username(username)}"[:SUBJECT_LENGTH]
