"""The code of the second factor, asked for behind the password."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot.console.frame import cookies
from bot.console.frame.forms import field
from bot.console.frame.gate import InHouse, Submitted, recognise
from bot.console.frame.trail_keeper import note_person, note_wrong_secret
from bot.console.people.sign_in import onward_to, open_form, signed_in, target_of
from bot.console.people.signing_in import prove_code, whence
from bot.house import House
from bot.services.staff.half_sign_ins import HalfSignIns
from bot.services.staff.second_factors import SecondFactorRefused
from bot.services.staff.sessions import SessionService
from bot.services.staff.tries import TooManyTries
from bot.storage.models import Officer

router = APIRouter(prefix="/sign-in/code")


@router.get("", name="code_page")
def code_page(request: Request, house: InHouse) -> Response:
    """The form, while the sign-in waits for its code."""
    onward = request.query_params.get("next", "")
    if recognise(request) is not None:
        return RedirectResponse(target_of(request, onward), status_code=303)
    if _waiting(request, house) is None:
        return _from_the_start(request, onward)
    return _form(request, house, onward)


@router.post("", name="enter_code")
def enter_code(request: Request, house: InHouse, form: Submitted) -> Response:
    """Takes a code of the application, or a recovery code, and goes on to the page asked for."""
    onward, half = field(form, "next"), request.cookies.get(cookies.HALF_COOKIE, "")
    officer = _waiting(request, house)
    if officer is None:
        return _from_the_start(request, onward)
    note_person(request, officer.id)

    def enter(session: Session, owner: Officer) -> str | None:
        # Another tab was first, or the person was locked out while the code was looked at.
        if HalfSignIns(session).find(half, now=house.clock()) is None:
            return None
        HalfSignIns(session).close(half)
        return SessionService(session).open(owner, now=house.clock())

    try:
        token = prove_code(
            house, officer.username, field(form, "code"), enter, **whence(request, house)
        )
    except TooManyTries:
        note_wrong_secret(request)
        return _form(request, house, onward, "people.code_wait", status=429)
    except SecondFactorRefused as refused:
        if refused.reason == "gone":
            return _from_the_start(request, onward)
        note_wrong_secret(request)
        return _form(request, house, onward, f"people.second_factor_{refused.reason}", status=401)
    if token is None:
        return _from_the_start(request, onward)
    response = signed_in(request, house, token, target_of(request, onward))
    cookies.take_back(response, request, cookies.HALF_COOKIE)
    return response


def _waiting(request: Request, house: House) -> Officer | None:
    half = request.cookies.get(cookies.HALF_COOKIE, "")
    with house.database.transaction() as session:
        return HalfSignIns(session).find(half, now=house.clock()) if half else None


def _form(
    request: Request, house: House, onward: str, problem: str = "", *, status: int = 200
) -> Response:
    return open_form(
        request,
        house,
        "sign_in_code.html",
        status=status,
        onward=onward,
        problem=house.texts.say(problem) if problem else "",
    )


def _from_the_start(request: Request, onward: str) -> Response:
    target = onward_to(request, "sign_in_page", onward, done="half_gone")
    return RedirectResponse(target, status_code=303)
