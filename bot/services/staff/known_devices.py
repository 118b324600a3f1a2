"""Browsers in which a person signed in before: the wrong guesses of others never lock them out.

A browser keeps one token a person; here only its hash is kept. It opens nothing by itself: it
only says whose guesses a wrong password is counted among (docs/adr/0013).
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.clock import CLOCK_SLACK
from bot.services.staff.secret_tokens import NewToken, new_token, token_hash
from bot.storage.models import KnownDevice

LIFE = timedelta(days=180)
"""So long after its last sign-in a browser is still known."""

MOST_OF_A_PERSON = 20
"""Browsers; the one that was used longest ago is forgotten."""

MOST_IN_A_BROWSER = 5
"""People who share a browser; the one who signed in longest ago is forgotten there."""

BETWEEN = "."
"""Parts the tokens in the cookie: no token holds it."""


class KnownDevices:
    """Knows a person's browsers by the cookie that they were given."""

    def __init__(self, session: Session, draw: NewToken = new_token) -> None:
        self._session = session
        self._draw = draw

    def find(self, cookie: str, officer_id: int, *, now: datetime) -> str | None:
        """The hash of the cookie's token for a person; None where the browser is not known."""
        return self._session.scalar(
            select(KnownDevice.token_hash).where(
                KnownDevice.token_hash.in_([token_hash(token) for token in _tokens(cookie)]),
                KnownDevice.officer_id == officer_id,
                KnownDevice.used_at > now - LIFE,
            )
        )

    def remember(self, cookie: str, officer_id: int, *, now: datetime) -> str:
        """The cookie to give to a browser in which a person has just signed in.

        The person's token in it is a new one each time; those of others stay.
        """
        tokens = _tokens(cookie)
        hashes = {token_hash(token): token for token in tokens}
        own = select(KnownDevice.token_hash).where(
            KnownDevice.token_hash.in_(hashes), KnownDevice.officer_id == officer_id
        )
        for old in self._session.scalars(own).all():
            self._session.execute(delete(KnownDevice).where(KnownDevice.token_hash == old))
            tokens.remove(hashes[old])
        fresh = self._draw()
        self._session.add(
            KnownDevice(token_hash=token_hash(fresh), officer_id=officer_id, used_at=now)
        )
        self._session.flush()
        self._forget_old(officer_id, now)
        return BETWEEN.join([fresh, *tokens][:MOST_IN_A_BROWSER])

    def forget_all(self, officer_id: int) -> None:
        """No browser of the person is known any more."""
        self._session.execute(delete(KnownDevice).where(KnownDevice.officer_id == officer_id))

    def _forget_old(self, officer_id: int, now: datetime) -> None:
        newest = (
            select(KnownDevice.token_hash)
            .where(KnownDevice.officer_id == officer_id)
            .order_by(KnownDevice.used_at.desc())
            .limit(MOST_OF_A_PERSON)
        )
        # Used in the future: the clock was set back, and they would push out all that come now.
        self._session.execute(
            delete(KnownDevice).where(
                (KnownDevice.used_at <= now - LIFE) | (KnownDevice.used_at > now + CLOCK_SLACK)
            )
        )
        self._session.execute(
            delete(KnownDevice).where(
                KnownDevice.officer_id == officer_id, KnownDevice.token_hash.not_in(newest)
            )
        )


def _tokens(cookie: str) -> list[str]:
    tokens = [token for token in cookie.split(BETWEEN) if token and token.isascii()]
    return list(dict.fromkeys(tokens))[:MOST_IN_A_BROWSER]
