"""The link that creates the first administrator, for the start to print."""

from bot.house import House
from bot.services.staff.setup import SetupService


def first_start_link(house: House, base_url: str | None = None) -> str | None:
    """A new one-time link, earlier ones die; None once there is an administrator.

    `base_url`: where the server is reached; None: as the settings say.
    """
    with house.database.transaction() as session:
        token = SetupService(session).new_link(now=house.clock())
    if token is None:
        return None
    return f"{(base_url or house.settings.base_url).rstrip('/')}/console/setup/{token}"
