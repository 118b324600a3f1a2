"""Sign-ins that wait for the code of the second factor: the password was right, no more."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.clock import CLOCK_SLACK
from bot.services.staff.secret_tokens import NewToken, new_token, token_hash
from bot.storage.models import HalfSignIn, Officer

LIFE = timedelta(minutes=10)

MOST_OF_A_PERSON = 20
"""The oldest is forgotten."""


class HalfSignIns:
    """Opens, finds and closes them; each is known by the hash of a token in a cookie."""

    def __init__(self, session: Session, draw: NewToken = new_token) -> None:
        self._session = session
        self._draw = draw

    def open(self, officer: Officer, *, now: datetime) -> str:
        """The token under which the code is waited for."""
        self._session.execute(
            delete(HalfSignIn).where(
                (HalfSignIn.created_at <= now - LIFE) | (HalfSignIn.created_at > now + CLOCK_SLACK)
            )
        )
        token = self._draw()
        self._session.add(
            HalfSignIn(token_hash=token_hash(token), officer_id=officer.id, created_at=now)
        )
        self._session.flush()
        newest = (
            select(HalfSignIn.token_hash)
            .where(HalfSignIn.officer_id == officer.id)
            .order_by(HalfSignIn.created_at.desc())
            .limit(MOST_OF_A_PERSON)
        )
        self._session.execute(
            delete(HalfSignIn).where(
                HalfSignIn.officer_id == officer.id, HalfSignIn.token_hash.not_in(newest)
            )
        )
        return token

    def find(self, token: str, *, now: datetime) -> Officer | None:
        """Whose code a token waits for; None where it waits for none, or no longer."""
        found = self._session.get(HalfSignIn, token_hash(token), with_for_update=True)
        if found is None or not -CLOCK_SLACK <= now - found.created_at < LIFE:
            return None
        officer = self._session.get_one(Officer, found.officer_id)
        return officer if officer.active else None

    def close(self, token: str) -> None:
        """Waits no longer."""
        self._session.execute(delete(HalfSignIn).where(HalfSignIn.token_hash == token_hash(token)))
