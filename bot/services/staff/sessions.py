"""Signed-in browsers: 12 hours at most, an hour idle at most, known by the hash of a token."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from bot.services.staff.secret_tokens import NewToken, new_token, token_hash
from bot.storage.models import Officer, OfficerSession

LONGEST = timedelta(hours=12)
IDLE = timedelta(minutes=60)
TOUCH_AFTER = timedelta(minutes=1)
"""How old `last_seen_at` may grow before a page writes it anew."""


BY_PASSWORD, BY_PROVIDER = "password", "provider"
"""The ways to sign in. By a provider nobody owes what hangs on a password of ours."""

MARK_LENGTH = 16
LONGEST_ADDRESS = 60


def session_mark(csrf_token: str) -> str:
    """Names a session in an address or a form, and gives nothing away."""
    return hashlib.sha256(f"mark:{csrf_token}".encode()).hexdigest()[:MARK_LENGTH]


class SessionService:
    """Opens, finds and closes sessions."""

    def __init__(self, session: Session, draw: NewToken = new_token) -> None:
        self._session = session
        self._draw = draw

    def open(self, officer: Officer, *, now: datetime, way: str = BY_PASSWORD) -> str:
        """Signs a browser in; its token, which is not kept. `way`: by what."""
        self._session.execute(delete(OfficerSession).where(OfficerSession.expires_at <= now))
        token = self._draw()
        self._session.add(
            OfficerSession(
                token_hash=token_hash(token),
                officer_id=officer.id,
                csrf_token=self._draw(),
                way=way,
                created_at=now,
                last_seen_at=now,
                expires_at=now + LONGEST,
            )
        )
        self._session.flush()
        return token

    def find(self, token: str, *, now: datetime, touch: bool = True) -> OfficerSession | None:
        """The living session of a token; a page that only watches does not `touch` it."""
        found = self._session.get(OfficerSession, token_hash(token))
        if found is None:
            return None
        if not _lives(found, now):
            self.close(token)
            return None
        if touch and abs(now - found.last_seen_at) >= TOUCH_AFTER:
            found.last_seen_at = now
        # Opened before the clock was set back: it lasts no longer for that.
        found.expires_at = min(found.expires_at, now + LONGEST)
        return found

    def note_place(self, token: str, address: str, agent: str) -> None:
        """Keeps from where a session was opened, and what its browser says of itself."""
        found = self._session.get(OfficerSession, token_hash(token))
        if found is not None:
            found.address, found.agent = address[:LONGEST_ADDRESS], agent

    def living(self, officer_id: int, *, now: datetime) -> list[OfficerSession]:
        """The living sessions of a person, last seen first."""
        found = self._session.scalars(
            select(OfficerSession)
            .where(OfficerSession.officer_id == officer_id)
            .order_by(OfficerSession.last_seen_at.desc(), OfficerSession.token_hash)
            .options(joinedload(OfficerSession.officer))
        )
        return [one for one in found if _lives(one, now)]

    def close_marked(self, officer_id: int, mark: str) -> None:
        """Signs one browser of a person out, by the mark of its session."""
        for one in self._session.scalars(
            select(OfficerSession).where(OfficerSession.officer_id == officer_id)
        ).all():
            if session_mark(one.csrf_token) == mark:
                self._session.delete(one)

    def close_others(self, officer_id: int, token: str) -> None:
        """Signs a person out everywhere but in one browser."""
        self._session.execute(
            delete(OfficerSession).where(
                OfficerSession.officer_id == officer_id,
                OfficerSession.token_hash != token_hash(token),
            )
        )

    def close(self, token: str) -> None:
        """Signs a browser out."""
        self._session.execute(
            delete(OfficerSession).where(OfficerSession.token_hash == token_hash(token))
        )

    def close_all(self, officer_id: int) -> None:
        """Signs a person out everywhere."""
        self._session.execute(delete(OfficerSession).where(OfficerSession.officer_id == officer_id))


def _lives(found: OfficerSession, now: datetime) -> bool:
    # Seen in a future further away than any session lasts: the clock was wrong, nobody knows when.
    idle = now - found.last_seen_at
    return found.officer.active and now < found.expires_at and -LONGEST < idle < IDLE
