"""What went wrong lately, for administrators."""

from fastapi import APIRouter, Depends, Request, Response

from bot.console.frame.gate import InHouse, requires
from bot.console.frame.pages import pages_of
from bot.domain.office.roles import Permission
from bot.services.upkeep.trouble import KEPT, TroubleService

router = APIRouter(prefix="/trouble", dependencies=[Depends(requires(Permission.MANAGE_USERS))])


@router.get("", name="list_trouble")
def list_trouble(request: Request, house: InHouse) -> Response:
    """Messages that nobody answered, newest first."""
    with house.database.reading() as session:
        dead = TroubleService(session, now=house.clock()).recent()
    return pages_of(request).page(request, "trouble.html", dead=dead, days=KEPT.days)
