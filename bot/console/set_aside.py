"""Messages that could not be read: seen by administrators, who know whom to ask."""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame.forms import row_id
from bot.console.frame.gate import InHouse, Submitted, requires
from bot.console.frame.pages import pages_of, path_of
from bot.domain.office.roles import Permission
from bot.services.inbound.set_aside import MOST_KEPT, SetAsideService

router = APIRouter(prefix="/set-aside", dependencies=[Depends(requires(Permission.MANAGE_USERS))])


@router.get("", name="list_set_aside")
def list_set_aside(request: Request, house: InHouse) -> Response:
    """All that are kept, newest first."""
    with house.database.reading() as session:
        rows = SetAsideService(session).newest()
        return pages_of(request).page(request, "set_aside.html", rows=rows, most=MOST_KEPT)


@router.post("/seen", name="see_all_set_aside")
def see_all_set_aside(request: Request, house: InHouse, form: Submitted) -> Response:
    """Marks everything that the page showed."""
    newest = row_id(form, "newest")
    if newest is not None:
        with house.database.transaction() as session:
            SetAsideService(session).see_all(newest, now=house.clock())
    return _back(request)


@router.post("/{update_id}/seen", name="see_set_aside")
def see_set_aside(request: Request, house: InHouse, update_id: int) -> Response:
    """Marks one."""
    with house.database.transaction() as session:
        SetAsideService(session).see(update_id, now=house.clock())
    return _back(request)


def _back(request: Request) -> Response:
    return RedirectResponse(f"{path_of(request, 'list_set_aside')}?done=seen", status_code=303)
