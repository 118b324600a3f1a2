"""The gate: who comes in, and whether a form is ours. It stands before every route."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from bot.console.frame.cookies import FORM_COOKIE, SESSION_COOKIE
from bot.domain.input.cleaning import is_in_utf8
from bot.domain.input.row_id import read_row_id
from bot.domain.office.roles import Permission, Role, may, offices_seen, sees
from bot.domain.requests.alert import Alert, cases_of
from bot.house import House
from bot.services.alerts.alert_wishes import AlertWishes, AlertWishService
from bot.services.alerts.alerts import AlertService
from bot.services.inbound.set_aside import SetAsideService
from bot.services.staff.officers import OfficerService
from bot.services.staff.second_factors import SecondFactorService
from bot.services.staff.sessions import BY_PASSWORD, SessionService, session_mark
from bot.services.upkeep.trouble import TroubleService
from bot.storage.models import Officer

OPEN_ROUTES = frozenset(
    {
        "sign_in_page",
        "sign_in",
        "code_page",
        "enter_code",
        "begin_provider",
        "provider_back",
        "setup_page",
        "set_up",
        "password_link_page",
        "use_password_link",
    }
)
"""The only routes that answer without a sign-in; their forms carry the token of a cookie."""

ROW_IDS = frozenset(
    {
        "request_id",
        "absence_id",
        "message_id",
        "mail_id",
        "group_id",
        "conclusion_id",
        "person_id",
        "update_id",
        "correction_id",
        "enterprise_id",
        "contact_id",
        "import_id",
        "merge_id",
        "attempt_id",
        "campaign_id",
        "invitation_id",
        "reply_id",
        "view_id",
        "held_id",
    }
)
"""What addresses call the ids of rows."""

WATCHING_ROUTES = frozenset({"watch"})
"""Called by a script, which is told where nobody is signed in, and not sent to a form."""

WATCHING_HEADER = "x-donghanh-watching"
"""On pages that a script fetches because something changed."""

OPEN_TO_EVERYBODY = frozenset({"sign_out", "show_account", "change_password"})
"""The routes that are left to somebody whose office is gone, or whose password is temporary."""

SECOND_FACTOR_ROUTES = frozenset(
    {"show_second_factor", "begin_second_factor", "confirm_second_factor"}
)
"""The routes by which a second factor is set up, open to who has none yet and must."""

PAST_GATE = "past_gate"
"""Under this the state of a request says that the gate let it through to its route."""

READING = frozenset({"GET", "HEAD"})
FORM_FIELDS = 40

MORE_FIELDS = {
    "save_run": 500,
    "choose_columns": 100,
    "choose_rows": 250,
    "apply_import": 250,
    "save_paper": 500,
    "create_survey": 300,
}
"""Of forms with more than that, by route: twice what our longest self-assessment shows; a choice
for each column of a table, and for each row of a page of it."""

FORM_FILES = 500
"""More files than fit into a body: too many are refused by the step, which keeps the words."""


class SignInNeeded(Exception):
    """Nobody is signed in, or no longer."""


class OfficeGone(Exception):
    """The person's office is no longer in the files, and only its requests are hers to see."""


class PasswordOwed(Exception):
    """Somebody else chose the person's password: before she has changed it nothing opens."""


class SecondFactorOwed(Exception):
    """The person must have a second factor: before she has set it up nothing opens."""


class FormRefused(Exception):
    """The form does not carry the token that this page gave it."""


@dataclass(frozen=True)
class Visitor:
    """The person who is signed in, as the database has it at this moment.

    For who looks after the house: `unread`, messages that could not be read and nobody has looked
    at; `troubles`, messages of the last days that nobody answered. `owes_password`: somebody else
    chose her password, and nothing opens before she has changed it. `owes_second_factor`: she
    must have one, and nothing opens before she has set it up. `alerts`: what waits for her,
    as far as she wants to be told.
    """

    id: int
    username: str
    full_name: str
    role: Role
    office: str
    csrf_token: str
    session_token: str
    unread: int = 0
    troubles: int = 0
    owes_password: bool = False
    owes_second_factor: bool = False
    alerts: tuple[Alert, ...] = ()
    wishes: AlertWishes = field(default_factory=AlertWishes)

    def may(self, permission: Permission) -> bool:
        """Whether the person's role holds a permission."""
        return may(self.role, permission)

    @property
    def is_held_back(self) -> bool:
        """Whether something is to be done before anything else opens."""
        return self.owes_password or self.owes_second_factor

    @property
    def mark(self) -> str:
        """Names the session in an address, and gives nothing away."""
        return session_mark(self.csrf_token)

    @property
    def waiting(self) -> int:
        """How many cases wait for her."""
        return cases_of(self.alerts)

    @property
    def offices(self) -> frozenset[str] | None:
        """The offices whose requests the person sees; None for all."""
        return offices_seen(self.role, self.office)

    def sees(self, office: str) -> bool:
        """Whether the requests of an office are hers to see."""
        return sees(self.role, self.office, office)


async def guard(request: Request) -> AsyncIterator[None]:
    """Lets a request pass where its sender is signed in and its form is ours.

    Raises:
        SignInNeeded: nobody is signed in.
        PasswordOwed: her password is a temporary one.
        SecondFactorOwed: she must have a second factor and has none.
        OfficeGone: there is nothing that she may see.
        FormRefused: a form without its token, or in another encoding than ours.
        HTTPException: 404, the address names a row by an id that no row can have.
    """
    if any(_is_no_row(name, value) for name, value in request.path_params.items()):
        raise HTTPException(404)
    route = request.scope["route"].name
    is_open = route in OPEN_ROUTES
    if is_open:
        expected = request.cookies.get(FORM_COOKIE, "")
    else:
        # An open page that follows what happens is nobody at work: its session runs out.
        watches = route in WATCHING_ROUTES or WATCHING_HEADER in request.headers
        visitor = await asyncio.to_thread(recognise, request, touch=not watches)
        if visitor is None:
            raise SignInNeeded
        request.state.visitor = visitor
        expected = visitor.csrf_token
    if request.method in READING:
        _check_person(request)
        setattr(request.state, PAST_GATE, True)
        yield
        return
    if not is_in_utf8(request.headers.get("content-type", "")):
        raise FormRefused
    fields = MORE_FIELDS.get(route, FORM_FIELDS)
    async with request.form(max_files=FORM_FILES, max_fields=fields) as form:
        # Before it can be refused: the refusal shows what was written.
        request.state.form = form
        _check_person(request)
        given = form.get("csrf")
        if not expected or not isinstance(given, str):
            raise FormRefused
        if not secrets.compare_digest(given.encode(), expected.encode()):
            raise FormRefused
        setattr(request.state, PAST_GATE, True)
        yield


def _is_no_row(name: str, value: str) -> bool:
    return name in ROW_IDS and read_row_id(value) is None


def _check_person(request: Request) -> None:
    route = request.scope["route"].name
    if route in OPEN_ROUTES or route in OPEN_TO_EVERYBODY:
        return
    visitor = _visitor(request)
    if visitor.owes_password:
        raise PasswordOwed
    if route in SECOND_FACTOR_ROUTES:
        return
    if visitor.owes_second_factor:
        raise SecondFactorOwed
    # Who sees all offices goes on, or nobody could move the others.
    if visitor.offices is not None and not the_house(request).library.current.answers(
        visitor.office
    ):
        raise OfficeGone


def recognise(request: Request, *, touch: bool = True) -> Visitor | None:
    """The person whose living session the cookie names, or None."""
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return None
    house = the_house(request)
    with house.database.transaction() as session:
        found = SessionService(session).find(token, now=house.clock(), touch=touch)
        if found is None:
            return None
        officer = found.officer
        now = house.clock()
        wishes = AlertWishService(session).of(officer.id)
        # A provider answers itself for how it knows her.
        by_password = found.way == BY_PASSWORD
        looks_after = may(Role(officer.role), Permission.MANAGE_USERS)
        return Visitor(
            id=officer.id,
            username=officer.username,
            full_name=officer.full_name,
            role=Role(officer.role),
            office=officer.office,
            csrf_token=found.csrf_token,
            session_token=token,
            alerts=tuple(AlertService(session).of(officer, wishes, now=now)),
            wishes=wishes,
            unread=SetAsideService(session).unseen() if looks_after else 0,
            troubles=TroubleService(session, now=house.clock()).count() if looks_after else 0,
            owes_password=by_password and officer.temporary_password,
            owes_second_factor=by_password and _owes_second_factor(house, session, officer),
        )


def _owes_second_factor(house: House, session: Session, officer: Officer) -> bool:
    if not house.second_factor.binds(Role(officer.role)):
        return False
    return SecondFactorService(session, house.seal).of(officer.id) is None


def at_this_instant(session: Session, visitor: Visitor) -> tuple[Officer, Visitor]:
    """The person as the transaction finds her, and lets nobody change her until it ends.

    Between the gate and a step an administrator may have moved her to another office.

    Raises:
        SignInNeeded: she was locked out meanwhile.
    """
    officer = OfficerService(session).keep_as_is(visitor.id)
    if not officer.active:
        raise SignInNeeded
    return officer, replace(visitor, role=Role(officer.role), office=officer.office)


def the_house(request: Request) -> House:
    """The house that the console belongs to."""
    house: House = request.app.state.house
    return house


def _visitor(request: Request) -> Visitor:
    visitor: Visitor = request.state.visitor
    return visitor


def _form(request: Request) -> FormData:
    form: FormData = request.state.form
    return form


def requires(permission: Permission) -> Callable[[Visitor], None]:
    """A dependency that lets only holders of a permission pass."""

    def check(visitor: "SignedIn") -> None:
        if not visitor.may(permission):
            raise HTTPException(403)

    return check


SignedIn = Annotated[Visitor, Depends(_visitor)]
InHouse = Annotated[House, Depends(the_house)]
Submitted = Annotated[FormData, Depends(_form)]
