"""What went wrong lately, for administrators."""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame.gate import InHouse, requires
from bot.console.frame.pages import pages_of, path_of
from bot.domain.office.roles import Permission
from bot.services.alerts.mails import MailService
from bot.services.upkeep.trouble import KEPT, TroubleService

router = APIRouter(prefix="/trouble", dependencies=[Depends(requires(Permission.MANAGE_USERS))])


@router.get("", name="list_trouble")
def list_trouble(request: Request, house: InHouse) -> Response:
    """Messages nobody answered, jobs that did not end, mails that may be lost; newest first."""
    with house.database.reading() as session:
        trouble = TroubleService(session, now=house.clock())
        dead, jobs = trouble.recent(), trouble.failed_jobs()
        mails = MailService(session).unsure(since=house.clock() - KEPT)
        return pages_of(request).page(
            request, "trouble.html", dead=dead, jobs=jobs, mails=mails, days=KEPT.days
        )


@router.post("/mails/{mail_id}/again", name="mail_again")
def mail_again(request: Request, house: InHouse, mail_id: int) -> Response:
    """Sends a mail once more that may not have arrived."""
    with house.database.transaction() as session:
        MailService(session).send_again(mail_id, now=house.clock())
    back = path_of(request, "list_trouble")
    return RedirectResponse(f"{back}?done=mail_sent_again", status_code=303)
