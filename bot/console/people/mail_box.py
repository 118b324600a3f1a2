"""One's e-mail address: a code is sent to it, and typed here."""

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame.forms import field
from bot.console.frame.gate import InHouse, SignedIn, Submitted
from bot.console.frame.pages import path_of
from bot.console.people.alert_wishes import Entered, wishes_page
from bot.domain.clock import VIETNAM
from bot.house import House
from bot.mailer import Mailer
from bot.services.alerts.mail_box import MailBoxRefused, MailBoxService

router = APIRouter(prefix="/account/alerts/mail")


@router.post("", name="ask_mail_code")
def ask_mail_code(request: Request, house: InHouse, visitor: SignedIn, form: Submitted) -> Response:
    """Sends a code to the address."""
    _check_on(house)
    typed = field(form, "address")
    try:
        with house.database.transaction() as session:
            MailBoxService(session, house.texts).ask(visitor.id, typed, now=house.clock())
    except MailBoxRefused as refused:
        problem = house.texts.say(f"mail.refused_{refused.reason}")
        entered = Entered.of(visitor.wishes)
        return wishes_page(
            request, house, visitor, entered, status=422, mail_problem=problem, typed=typed
        )
    return _done(request, "mail_code_sent")


@router.post("/confirm", name="confirm_mail_code")
def confirm_mail_code(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted
) -> Response:
    """Takes the code: from now on the address gets mail."""
    now = house.clock()
    with house.database.transaction() as session:
        box = MailBoxService(session, house.texts).confirm(
            visitor.id, field(form, "code"), list(visitor.alerts), now=now
        )
        if box is not None:
            box.summed_on = now.astimezone(VIETNAM).date()
    if box is not None:
        return _done(request, "mail_confirmed")
    problem = house.texts.say("mail.refused_code")
    entered = Entered.of(visitor.wishes)
    return wishes_page(request, house, visitor, entered, status=422, mail_problem=problem)


@router.post("/mornings", name="choose_mornings")
def choose_mornings(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted
) -> Response:
    """Whether each day begins with a summary."""
    with house.database.transaction() as session:
        box = MailBoxService(session, house.texts).of(visitor.id)
        if box is not None:
            box.mornings = bool(field(form, "mornings"))
    return _done(request, "alerts_saved")


@router.post("/drop", name="drop_mail_box")
def drop_mail_box(request: Request, house: InHouse, visitor: SignedIn) -> Response:
    """No mail any more."""
    with house.database.transaction() as session:
        MailBoxService(session, house.texts).drop(visitor.id)
    return _done(request, "mail_dropped")


def _check_on(house: House) -> None:
    if not Mailer(house.settings).is_on:
        raise HTTPException(404)


def _done(request: Request, done: str) -> Response:
    target = f"{path_of(request, 'show_alert_wishes')}?done={done}"
    return RedirectResponse(target, status_code=303)
