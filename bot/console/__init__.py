"""The officers' console: server-rendered pages under `/console`.

Every route is closed: `gate.guard` runs before each of them, asks for a sign-in unless the
route is one of `gate.OPEN_ROUTES`, and refuses a form without its token. Routes are thin: they
call one service in one transaction and render one template.
"""

from bot.console.application import console
from bot.console.people.links import first_start_link

__all__ = ["console", "first_start_link"]
