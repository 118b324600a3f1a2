"""What went wrong lately, for administrators."""

from fastapi import APIRouter, Depends, Request, Response

from bot.console.frame.gate import InHouse, requires
from bot.console.frame.pages import pages_of
from bot.domain.office.roles import Permission
from bot.services.upkeep.trouble import KEPT, TroubleService

router = APIRouter(prefix="/trouble", dependencies=[Depends(requires(Permission.MANAGE_USERS))])


@router.get("", name="list_trouble")
def list_trouble(request: Request, house: InHouse) -> Response:
    """Messages that nobody answered, and jobs that did not end, newest first."""
    with house.database.reading() as session:
        trouble = TroubleService(session, now=house.clock())
        dead, jobs = trouble.recent(), trouble.failed_jobs()
    return pages_of(request).page(request, "trouble.html", dead=dead, jobs=jobs, days=KEPT.days)
