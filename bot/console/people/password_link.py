"""The page behind a one-time link: a person sets her own password."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame.forms import secret
from bot.console.frame.gate import InHouse, Submitted
from bot.console.frame.offices import own_names
from bot.console.frame.pages import pages_of, path_of
from bot.console.frame.trail_keeper import note_person
from bot.console.people.sign_in import open_form
from bot.house import House
from bot.services.staff.password_links import LinkRefused, PasswordLinkService
from bot.services.staff.passwords import PasswordRefused, check_password
from bot.storage.models import Officer

router = APIRouter()


@router.get("/password/{token}", name="password_link_page")
def password_link_page(request: Request, house: InHouse, token: str) -> Response:
    """The form, while the link lives."""
    try:
        return _form(request, house, token, _owner(house, token))
    except LinkRefused:
        return _dead(request)


@router.post("/password/{token}", name="use_password_link")
def use_password_link(request: Request, house: InHouse, form: Submitted, token: str) -> Response:
    """Sets the password. It signs nobody in: the link is no key to the console."""
    password = secret(form, "password")
    try:
        owner = _owner(house, token)
        try:
            check_password(
                password,
                secret(form, "password_again"),
                username=owner.username,
                own=own_names(house, owner.full_name, owner.office),
            )
        except PasswordRefused as refused:
            problem = house.texts.say(f"people.password_{refused.reason}")
            return _form(request, house, token, owner, problem)
        with house.database.transaction() as session:
            PasswordLinkService(session).use(token, password, now=house.clock())
        note_person(request, owner.id)
    except LinkRefused:
        return _dead(request)
    return RedirectResponse(
        f"{path_of(request, 'sign_in_page')}?done=link_used&by=password", status_code=303
    )


def _owner(house: House, token: str) -> Officer:
    with house.database.transaction() as session:
        return PasswordLinkService(session).owner(token, now=house.clock())


def _form(
    request: Request, house: House, token: str, owner: Officer, problem: str = ""
) -> Response:
    status = 422 if problem else 200
    return open_form(
        request, house, "password.html", status=status, token=token, owner=owner, problem=problem
    )


def _dead(request: Request) -> Response:
    return pages_of(request).page(
        request, "refused.html", status=404, reason="link", written={}, drafts="", way_back=""
    )
