"""The one-time page that creates the first administrator."""

from fastapi import APIRouter, Request, Response

from bot.console.frame.forms import field, secret
from bot.console.frame.gate import InHouse, Submitted
from bot.console.frame.offices import answering_offices, check_office, own_names
from bot.console.frame.pages import pages_of, path_of
from bot.console.people.sign_in import open_form, signed_in
from bot.house import House
from bot.services.staff.officers import OfficerRefused, propose_username
from bot.services.staff.passwords import PasswordRefused, check_password
from bot.services.staff.sessions import SessionService
from bot.services.staff.setup import SetupRefused, SetupService

router = APIRouter()


@router.get("/setup/{token}", name="setup_page")
def setup_page(request: Request, house: InHouse, token: str) -> Response:
    """The form, while the link lives."""
    with house.database.transaction() as session:
        try:
            SetupService(session).check(token, now=house.clock())
        except SetupRefused:
            return _dead(request)
    return _form(request, house, token, username=propose_username())


@router.post("/setup/{token}", name="set_up")
def set_up(request: Request, house: InHouse, form: Submitted, token: str) -> Response:
    """Creates the administrator and signs in."""
    entered = {name: field(form, name) for name in ("username", "full_name", "office")}
    password = secret(form, "password")
    try:
        check_password(
            password,
            secret(form, "password_again"),
            username=entered["username"],
            own=own_names(house, entered["full_name"], entered["office"]),
        )
        check_office(house, entered["office"])
        with house.database.transaction() as session:
            officer = SetupService(session).use(
                token, **entered, password=password, now=house.clock()
            )
            opened = SessionService(session).open(officer, now=house.clock())
    except SetupRefused:
        return _dead(request)
    except PasswordRefused as refused:
        return _form(request, house, token, f"people.password_{refused.reason}", **entered)
    except OfficerRefused as refused:
        return _form(request, house, token, f"people.officer_{refused.reason}", **entered)
    return signed_in(request, house, opened, path_of(request, "list_requests"))


def _form(
    request: Request, house: House, token: str, problem: str = "", **entered: str
) -> Response:
    values = {"username": "", "full_name": "", "office": ""} | entered
    return open_form(
        request,
        house,
        "setup.html",
        status=422 if problem else 200,
        token=token,
        problem=house.texts.say(problem) if problem else "",
        offices=answering_offices(house),
        **values,
    )


def _dead(request: Request) -> Response:
    return pages_of(request).page(
        request, "refused.html", status=404, reason="setup", written={}, drafts="", way_back=""
    )
