"""One's own password."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame import cookies
from bot.console.frame.forms import secret
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor
from bot.console.frame.offices import own_names
from bot.console.frame.pages import pages_of, path_of
from bot.console.frame.trail_keeper import note_wrong_secret
from bot.console.people.places import note_place, places_of
from bot.console.people.signing_in import prove, whence
from bot.house import House
from bot.services.staff.officers import OfficerService
from bot.services.staff.passwords import PasswordRefused, check_password
from bot.services.staff.second_factors import SecondFactorService
from bot.services.staff.sessions import SessionService
from bot.services.staff.sign_in import SignInRefused

router = APIRouter(prefix="/account")


@router.get("", name="show_account")
def show_account(request: Request, house: InHouse, visitor: SignedIn) -> Response:
    """The form, and where the visitor is signed in."""
    return _page(request, house, visitor)


@router.post("", name="change_password")
def change_password(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted
) -> Response:
    """Changes the password against the present one; other browsers are signed out."""
    password = secret(form, "password")
    problem = _problem(request, house, visitor, form)
    if problem:
        return _page(request, house, visitor, house.texts.say(problem))
    with house.database.transaction() as session:
        officer = OfficerService(session).known(visitor.id)
        OfficerService(session).set_password(officer, password)
        token = SessionService(session).open(officer, now=house.clock())
        note_place(request, session, token)
    onward = "list_requests" if visitor.owes_password else "show_account"
    target = f"{path_of(request, onward)}?done=own_password_set"
    response = RedirectResponse(target, status_code=303)
    cookies.give(response, request, house, cookies.SESSION_COOKIE, token)
    return response


def _page(request: Request, house: House, visitor: Visitor, problem: str = "") -> Response:
    with house.database.reading() as session:
        places = places_of(session, visitor.id, visitor.mark, now=house.clock())
        factor = SecondFactorService(session, house.seal).of(visitor.id)
    status = 422 if problem else 200
    return pages_of(request).page(
        request,
        "account.html",
        status=status,
        problem=problem,
        places=places,
        factor=factor,
        rule=house.second_factor,
    )


def _problem(request: Request, house: House, visitor: Visitor, form: Submitted) -> str:
    new, again = secret(form, "password"), secret(form, "password_again")
    try:
        own = own_names(house, visitor.full_name, visitor.office)
        present = secret(form, "current")
        check_password(new, again, username=visitor.username, own=own, present=present)
        # As at a sign-in the guesses of whoever found a browser open are counted.
        prove(
            house.database,
            visitor.username,
            present,
            lambda _session, _officer: None,
            **whence(request, house),
        )
    except PasswordRefused as refused:
        return f"people.password_{refused.reason}"
    except SignInRefused as refused:
        note_wrong_secret(request)
        return "people.sign_in_wait" if refused.reason == "wait" else "people.password_current"
    return ""
