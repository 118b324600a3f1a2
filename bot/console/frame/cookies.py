"""The console's cookies: of the session, the forms before it, ways to it, a known device."""

from datetime import timedelta

from fastapi import Request, Response

from bot.house import House
from bot.services.staff.sessions import LONGEST

SESSION_COOKIE = "donghanh_console"
FORM_COOKIE = "donghanh_form"
TRIP_COOKIE = "donghanh_trip"
HALF_COOKIE = "donghanh_half"
DEVICE_COOKIE = "donghanh_device"


def give(  # noqa: PLR0913
    response: Response,
    request: Request,
    house: House,
    name: str,
    value: str,
    *,
    life: timedelta = LONGEST,
) -> None:
    """Sets a cookie that no script reads and no other site sends."""
    response.set_cookie(
        name,
        value,
        max_age=int(life.total_seconds()),
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
