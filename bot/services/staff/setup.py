"""The first administrator: made through a one-time link, printed at the start."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.domain.clock import CLOCK_SLACK
from bot.domain.office.roles import Role
from bot.services.staff.officers import OfficerService
from bot.services.staff.secret_tokens import NewToken, new_token, token_hash
from bot.storage.models import Officer, SetupLink

LIFE = timedelta(days=7)


class SetupRefused(Exception):
    """The link is unknown, used, too old, or there is an administrator already."""


class SetupService:
    """Makes and honours the link."""

    def __init__(self, session: Session, draw: NewToken = new_token) -> None:
        self._session = session
        self._draw = draw

    def new_link(self, *, now: datetime) -> str | None:
        """The token of a new link, earlier ones die; None once there is an administrator."""
        self._session.execute(
            delete(SetupLink).where(SetupLink.used_at.is_(None), SetupLink.officer_id.is_(None))
        )
        if OfficerService(self._session).has_administrator():
            return None
        token = self._draw()
        self._session.add(
            SetupLink(token_hash=token_hash(token), created_at=now, expires_at=now + LIFE)
        )
        self._session.flush()
        return token

    def check(self, token: str, *, now: datetime) -> SetupLink:
        """The link of a token, held until the end of the transaction.

        Raises:
            SetupRefused: the link opens nothing.
        """
        link = self._session.scalar(
            select(SetupLink)
            .where(SetupLink.token_hash == token_hash(token), SetupLink.officer_id.is_(None))
            .with_for_update()
        )
        if link is None or not is_alive(link, now):
            raise SetupRefused
        if OfficerService(self._session).has_administrator():
            raise SetupRefused
        return link

    def use(  # noqa: PLR0913  (each is one fact of the administrator)
        self,
        token: str,
        *,
        username: str,
        full_name: str,
        office: str,
        password: str,
        now: datetime,
    ) -> Officer:
        """Creates the first administrator; the link dies.

        Raises:
            SetupRefused: the link opens nothing.
            OfficerRefused: the user name or the name is unfit.
        """
        link = self.check(token, now=now)
        officer = OfficerService(self._session).add(
            username,
            full_name=full_name,
            role=Role.ADMINISTRATOR,
            office=office,
            password=password,
            temporary=False,
            now=now,
        )
        link.used_at = now
        return officer


def is_alive(link: SetupLink, now: datetime) -> bool:
    """Whether a link was not used yet and is not too old."""
    # Made in the future: the clock was set back, and nobody knows how old the link is.
    made = link.created_at <= now + CLOCK_SLACK
    return link.used_at is None and made and now < link.expires_at
