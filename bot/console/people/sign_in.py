"""Signing in and out."""

import secrets
from functools import partial
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot import signals
from bot.console.frame import cookies
from bot.console.frame.forms import field, secret
from bot.console.frame.gate import InHouse, SignedIn, Submitted, recognise
from bot.console.frame.pages import pages_of, path_of
from bot.console.frame.trail_keeper import AWAIT_CODE, note_act, note_wrong_secret
from bot.console.people.places import note_place
from bot.console.people.signing_in import Entry, open_entry, prove, whence
from bot.domain.office.roles import Role
from bot.house import House
from bot.services.staff.half_sign_ins import LIFE as HALF_LIFE
from bot.services.staff.known_devices import LIFE, KnownDevices
from bot.services.staff.sessions import SessionService
from bot.services.staff.sign_in import SignInRefused
from bot.storage.models import Officer

router = APIRouter()

ALL, PASSWORD = "all", "password"

STATUS = {"wrong": 401, "wait": 429}

LONGEST_ONWARD = 2000
"""Characters of an address that is kept while somebody signs in; a longer one is let go."""


@router.get("/sign-in", name="sign_in_page")
def sign_in_page(request: Request, house: InHouse) -> Response:
    """The form; who is signed in already goes on."""
    onward = request.query_params.get("next", "")
    if recognise(request) is not None:
        return RedirectResponse(target_of(request, onward), status_code=303)
    return sign_in_form(request, house, onward=onward)


@router.post("/sign-in", name="sign_in")
def enter(request: Request, house: InHouse, form: Submitted) -> Response:
    """Signs in and goes on to the page that was asked for."""
    username = field(form, "username")
    try:
        entry = prove(
            house.database,
            username,
            secret(form, "password"),
            partial(_let_in, house),
            **whence(request, house),
        )
    except SignInRefused as refused:
        note_wrong_secret(request)
        return sign_in_form(
            request,
            house,
            status=STATUS[refused.reason],
            onward=field(form, "next"),
            username=username,
            problem=house.texts.say(f"people.sign_in_{refused.reason}"),
        )
    return entered(request, house, entry, field(form, "next"))


@router.post("/sign-out", name="sign_out")
def leave(request: Request, house: InHouse, visitor: SignedIn) -> Response:
    """Ends this browser's session."""
    with house.database.transaction() as session:
        SessionService(session).close(visitor.session_token)
    house.signals.notify(signals.CONSOLE)
    response = RedirectResponse(path_of(request, "sign_in_page"), status_code=303)
    cookies.take_back(response, request, cookies.SESSION_COOKIE)
    return response


def _let_in(house: House, session: Session, officer: Officer) -> Entry:
    if not _opens_by_password(house, officer):
        # As a wrong password reads: it tells nobody that it was right.
        raise SignInRefused("wrong")
    return open_entry(house, session, officer)


def _opens_by_password(house: House, officer: Officer) -> bool:
    return house.settings.password_sign_in == ALL or officer.role == Role.ADMINISTRATOR


def sign_in_form(  # noqa: PLR0913
    request: Request,
    house: House,
    *,
    onward: str,
    username: str = "",
    problem: str = "",
    status: int = 200,
) -> Response:
    """The ways in: by the sign-in service where there is one, by password where it is for all.

    Where it is for administrators alone its form is an address further.
    """
    settings = house.settings
    name = settings.oidc_name or house.texts.say("people.provider_name")
    for_all = settings.password_sign_in == ALL
    by_password = for_all or bool(username) or request.query_params.get("by") == PASSWORD
    return open_form(
        request,
        house,
        "sign_in.html",
        status=status,
        onward=onward,
        username=username,
        problem=problem,
        provider=name if settings.oidc_issuer else "",
        to_provider=onward_to(request, "begin_provider", onward),
        by_password=by_password,
        for_all=for_all,
    )


def open_form(
    request: Request, house: House, template: str, *, status: int = 200, **values: Any
) -> Response:
    """A page with a form that needs no sign-in: its token stands in the form and in a cookie."""
    token = request.cookies.get(cookies.FORM_COOKIE) or secrets.token_urlsafe(32)
    response = pages_of(request).page(request, template, status=status, csrf=token, **values)
    cookies.give(response, request, house, cookies.FORM_COOKIE, token)
    return response


def entered(request: Request, house: House, entry: Entry, onward: str) -> Response:
    """Goes on: to the page that was asked for, or to where the code is typed."""
    if not entry.owes_code:
        return signed_in(request, house, entry.token, target_of(request, onward))
    note_act(request, AWAIT_CODE)
    response = RedirectResponse(onward_to(request, "code_page", onward), status_code=303)
    cookies.give(response, request, house, cookies.HALF_COOKIE, entry.token, life=HALF_LIFE)
    return response


def onward_to(request: Request, page: str, onward: str, **more: str) -> str:
    """The address of a page that is passed on the way to another one."""
    kept = onward if len(onward) <= LONGEST_ONWARD else ""
    query = urlencode({name: value for name, value in {**more, "next": kept}.items() if value})
    return f"{path_of(request, page)}?{query}" if query else path_of(request, page)


def signed_in(request: Request, house: House, token: str, target: str) -> Response:
    """Goes on to a page with the session's cookie set; the browser is known from now on."""
    response = RedirectResponse(target, status_code=303)
    cookies.give(response, request, house, cookies.SESSION_COOKIE, token)
    cookies.give(
        response,
        request,
        house,
        cookies.DEVICE_COOKIE,
        _remembered(request, house, token),
        life=LIFE,
    )
    cookies.take_back(response, request, cookies.FORM_COOKIE)
    return response


def _remembered(request: Request, house: House, token: str) -> str:
    """The cookie by which this browser is known at the next sign-in of its person."""
    given, now = request.cookies.get(cookies.DEVICE_COOKIE, ""), house.clock()
    with house.database.transaction() as session:
        opened = SessionService(session).find(token, now=now)
        if opened is None:
            return given
        note_place(request, session, token)
        return KnownDevices(session).remember(given, opened.officer_id, now=now)


def target_of(request: Request, onward: str) -> str:
    """Where a sign-in leads: to the page that was asked for, where it is one of ours."""
    return onward if _is_ours(request, onward) else path_of(request, "list_requests")


def _is_ours(request: Request, address: str) -> bool:
    root = str(request.scope.get("root_path", ""))
    fit = len(address) <= LONGEST_ONWARD and address.isprintable() and "\\" not in address
    return fit and address.startswith(f"{root}/") and not address.startswith("//")
