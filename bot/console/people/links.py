"""The one-time links under which passwords are set, as they are handed to people."""

from sqlalchemy.orm import Session

from bot.house import House
from bot.services.staff.password_links import PasswordLinkService
from bot.services.staff.setup import SetupService
from bot.storage.models import Officer


def first_start_link(house: House, base_url: str | None = None) -> str | None:
    """A new link that makes the first administrator, for the start to print; earlier ones die.

    None once there is an administrator. `base_url`: where the server is reached; None: as the
    settings say.
    """
    with house.database.transaction() as session:
        token = SetupService(session).new_link(now=house.clock())
    if token is None:
        return None
    return f"{(base_url or house.settings.base_url).rstrip('/')}/console/setup/{token}"


def password_link(house: House, session: Session, officer: Officer) -> str:
    """A new link by which a person sets her own password; an earlier one dies."""
    token = PasswordLinkService(session).new_link(officer, now=house.clock())
    return f"{house.settings.base_url}/console/password/{token}"
