"""The one-time link by which a person sets her own password: nobody else ever knows it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.services.staff.officers import OfficerService
from bot.services.staff.secret_tokens import NewToken, new_token, token_hash
from bot.services.staff.setup import is_alive
from bot.storage.models import Officer, SetupLink

LIFE = timedelta(hours=24)


class LinkRefused(Exception):
    """The link is unknown, used or too old, or its person is locked out."""


class PasswordLinkService:
    """Makes and honours the links; each person has one at most."""

    def __init__(self, session: Session, draw: NewToken = new_token) -> None:
        self._session = session
        self._draw = draw

    def new_link(self, officer: Officer, *, now: datetime) -> str:
        """The token of a new link; an earlier one of the person dies."""
        self._session.execute(
            delete(SetupLink).where(SetupLink.officer_id == officer.id, SetupLink.used_at.is_(None))
        )
        token = self._draw()
        self._session.add(
            SetupLink(
                token_hash=token_hash(token),
                officer_id=officer.id,
                created_at=now,
                expires_at=now + LIFE,
            )
        )
        self._session.flush()
        return token

    def owner(self, token: str, *, now: datetime) -> Officer:
        """Whose password a link sets; the link is held until the end of the transaction.

        Raises:
            LinkRefused: the link opens nothing.
        """
        return self._check(token, now)[1]

    def use(self, token: str, password: str, *, now: datetime) -> Officer:
        """Sets the password; the link dies, and the person's sessions end.

        Raises:
            LinkRefused: the link opens nothing.
        """
        link, officer = self._check(token, now)
        link.used_at = now
        self._session.flush()
        OfficerService(self._session).set_password(officer, password)
        return officer

    def _check(self, token: str, now: datetime) -> tuple[SetupLink, Officer]:
        link = self._session.scalar(
            select(SetupLink).where(SetupLink.token_hash == token_hash(token)).with_for_update()
        )
        if link is None or link.officer_id is None or not is_alive(link, now):
            raise LinkRefused
        officer = OfficerService(self._session).known(link.officer_id)
        if not officer.active:
            raise LinkRefused
        return link, officer
