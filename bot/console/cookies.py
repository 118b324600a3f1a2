"""The console's two cookies: the session, and the token of the forms before it."""

from fastapi import Request, Response

from bot.house import House
from bot.services.sessions import LONGEST

SESSION_COOKIE = "donghanh_console"
FORM_COOKIE = "donghanh_form"


def give(response: Response, request: Request, house: House, name: str, value: str) -> None:
    """Sets a cookie that no script reads and no other site sends."""
    response.set_cookie(
        name,
        value,
        max_age=int(LONGEST.total_seconds()),
        path=_path(request),
        secure=house.settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def take_back(response: Response, request: Request, name: str) -> None:
    """Deletes a cookie."""
    response.delete_cookie(name, path=_path(request))


def _path(request: Request) -> str:
    return str(request.scope.get("root_path", "")) or "/"
