"""The department's people: seen and changed by administrators."""

from collections.abc import Callable, Sequence
from typing import TypedDict
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from bot import signals
from bot.console.frame.forms import field, secret
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor, requires
from bot.console.frame.offices import answering_offices, is_answering, own_names
from bot.console.frame.pages import pages_of, path_of
from bot.console.frame.trail_keeper import note_person
from bot.console.people.links import password_link
from bot.console.people.places import places_of
from bot.domain.clock import VIETNAM
from bot.domain.office.roles import Permission, Role
from bot.house import House
from bot.mailer import Mailer
from bot.services.alerts.alert_wishes import AlertWishService
from bot.services.alerts.alerts import AlertService
from bot.services.alerts.mail_box import MailBoxRefused, MailBoxService
from bot.services.requests.cases import CaseService
from bot.services.staff.officers import OfficerRefused, OfficerService, propose_username
from bot.services.staff.passwords import PasswordRefused, check_password
from bot.services.staff.second_factors import SecondFactorService
from bot.services.staff.secret_tokens import new_token
from bot.services.staff.sign_in import SignInService
from bot.services.staff.vouched import EMAIL
from bot.storage.models import Officer
from bot.storage.models import Request as SupportRequest

Change = Callable[[Session], Sequence[SupportRequest]]
"""Changes something; the requests that went back into their queues by it."""


class Post(TypedDict):
    """What a person is called and does."""

    full_name: str
    role: Role
    office: str


router = APIRouter(prefix="/people", dependencies=[Depends(requires(Permission.MANAGE_USERS))])


@router.get("", name="list_people")
def list_people(request: Request, house: InHouse) -> Response:
    """Everybody, and the form for a new person."""
    return _people(request, house)


@router.post("", name="add_person")
def add_person(request: Request, house: InHouse, form: Submitted) -> Response:
    """Adds a person."""
    made: list[Officer] = []
    by_link = not secret(form, "password") and not secret(form, "password_again")

    def change(session: Session) -> Sequence[SupportRequest]:
        username, post = field(form, "username"), _post(house, form)
        # Behind a link nobody knows the first password, and nobody needs to.
        password = new_token() if by_link else _password(house, form, username, post)
        made.append(
            OfficerService(session).add(username, password=password, now=house.clock(), **post)
        )
        return []

    problem, _ = _attempt(house, change)
    if problem:
        return _people(request, house, problem, form)
    note_person(request, made[0].id)
    if by_link:
        return _people(request, house, made=made[0], link=_new_link(house, made[0].id))
    return RedirectResponse(f"{path_of(request, 'list_people')}?done=added", status_code=303)


@router.get("/{person_id}", name="show_person")
def show_person(request: Request, house: InHouse, person_id: int) -> Response:
    """One person and what can be changed."""
    return _person(request, house, person_id)


@router.post("/{person_id}", name="change_person")
def change_person(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, person_id: int
) -> Response:
    """Changes name, role and office; held requests out of sight go back into their queues."""

    def change(session: Session) -> Sequence[SupportRequest]:
        service = OfficerService(session)
        service.hold_everybody()
        officer = _known(session, person_id)
        service.change(officer, **_post(house, form))
        return _let_go(session, house, officer, visitor)

    return _after(request, house, person_id, change, "changed")


@router.post("/{person_id}/password", name="reset_password")
def reset_password(request: Request, house: InHouse, form: Submitted, person_id: int) -> Response:
    """Sets a temporary password; the person's sessions end."""

    def change(session: Session) -> Sequence[SupportRequest]:
        officer = _known(session, person_id)
        post = Post(full_name=officer.full_name, role=Role(officer.role), office=officer.office)
        password = _password(house, form, officer.username, post)
        OfficerService(session).set_password(officer, password, temporary=True)
        return []

    return _after(request, house, person_id, change, "password_set")


@router.post("/{person_id}/link", name="make_password_link")
def make_password_link(request: Request, house: InHouse, person_id: int) -> Response:
    """A one-time link by which the person sets her own password; shown this once."""
    return _person(request, house, person_id, link=_new_link(house, person_id))


@router.post("/{person_id}/unlock", name="unlock_person")
def unlock_person(request: Request, house: InHouse, person_id: int) -> Response:
    """Forgets the wrong passwords that were counted for the person."""

    def change(session: Session) -> Sequence[SupportRequest]:
        SignInService(session).unlock(_known(session, person_id))
        return []

    return _after(request, house, person_id, change, "unlocked")


@router.post("/{person_id}/mail", name="set_mail_box")
def set_mail_box(request: Request, house: InHouse, form: Submitted, person_id: int) -> Response:
    """Sets where a person gets mail; empty: nowhere."""
    if not _knows_addresses(house):
        raise HTTPException(404)
    typed, now = field(form, "address"), house.clock()
    try:
        with house.database.transaction() as session:
            officer = _known(session, person_id)
            wishes = AlertWishService(session).of(officer.id)
            waiting = AlertService(session).of(officer, wishes, now=now)
            boxes = MailBoxService(session, house.texts)
            box = boxes.set_for(officer.id, typed, list(waiting), now=now)
            if box is not None:
                box.summed_on = now.astimezone(VIETNAM).date()
    except MailBoxRefused as refused:
        problem = house.texts.say(f"mail.refused_{refused.reason}")
        return _person(request, house, person_id, problem, typed_address=typed)
    target = path_of(request, "show_person", person_id=person_id)
    return RedirectResponse(f"{target}?done=mail_set", status_code=303)


@router.post("/{person_id}/second-factor/take", name="take_second_factor")
def take_second_factor(request: Request, house: InHouse, person_id: int) -> Response:
    """Takes a person's second factor away, whose telephone is gone; her sessions end."""

    def change(session: Session) -> Sequence[SupportRequest]:
        officer = _known(session, person_id)
        SecondFactorService(session, house.seal).drop(officer.id)
        OfficerService(session).sign_out(officer)
        return []

    return _after(request, house, person_id, change, "second_factor_taken")


@router.post("/{person_id}/disable", name="disable_person")
def disable_person(request: Request, house: InHouse, visitor: SignedIn, person_id: int) -> Response:
    """Locks a person out; sessions end, and held requests go back into their queues."""

    def change(session: Session) -> Sequence[SupportRequest]:
        service = OfficerService(session)
        service.hold_everybody()
        officer = _known(session, person_id)
        service.disable(officer)
        return _let_go(session, house, officer, visitor)

    return _after(request, house, person_id, change, "disabled")


@router.post("/{person_id}/enable", name="enable_person")
def enable_person(request: Request, house: InHouse, person_id: int) -> Response:
    """Lets a person in again."""

    def change(session: Session) -> Sequence[SupportRequest]:
        OfficerService(session).enable(_known(session, person_id))
        return []

    return _after(request, house, person_id, change, "enabled")


def _after(request: Request, house: House, person_id: int, change: Change, done: str) -> Response:
    problem, put_back = _attempt(house, change)
    if problem:
        return _person(request, house, person_id, problem)
    house.signals.notify(
        signals.CONSOLE,
        signals.OUTBOX,
        *(signals.conversation(one.conversation_id) for one in put_back),
    )
    target = path_of(request, "show_person", person_id=person_id)
    query = urlencode({"done": done, "count": len(put_back)})
    return RedirectResponse(f"{target}?{query}", status_code=303)


def _attempt(house: House, change: Change) -> tuple[str, Sequence[SupportRequest]]:
    """Makes a change in one transaction; the sentence that says why not, and what went back."""
    try:
        with house.database.transaction() as session:
            return "", change(session)
    except PasswordRefused as refused:
        return house.texts.say(f"people.password_{refused.reason}"), []
    except OfficerRefused as refused:
        return house.texts.say(f"people.officer_{refused.reason}"), []


def _let_go(
    session: Session, house: House, officer: Officer, visitor: Visitor
) -> Sequence[SupportRequest]:
    by = OfficerService(session).known(visitor.id)
    cases = CaseService(session, house.texts, house.library.current)
    return cases.let_go(officer, by, now=house.clock())


def _new_link(house: House, person_id: int) -> str:
    with house.database.transaction() as session:
        officer = _known(session, person_id)
        if not officer.active:
            raise HTTPException(404)
        return password_link(house, session, officer)


def _people(  # noqa: PLR0913
    request: Request,
    house: House,
    problem: str = "",
    form: FormData | None = None,
    *,
    made: Officer | None = None,
    link: str = "",
) -> Response:
    names = ("full_name", "role", "office")
    entered = {name: field(form, name) if form else "" for name in names}
    entered["username"] = field(form, "username") if form else propose_username()
    with house.database.reading() as session:
        people = OfficerService(session).everybody()
    return pages_of(request).page(
        request,
        "people.html",
        status=422 if problem else 200,
        people=people,
        problem=problem,
        entered=entered,
        made=made,
        link=link,
        offices=answering_offices(house),
        roles=list(Role),
    )


def _person(  # noqa: PLR0913
    request: Request,
    house: House,
    person_id: int,
    problem: str = "",
    *,
    link: str = "",
    typed_address: str | None = None,
) -> Response:
    with house.database.reading() as session:
        person = _known(session, person_id)
        held = CaseService(session, house.texts, house.library.current).held_by(person)
        mark = request.state.visitor.mark
        places = places_of(session, person_id, mark, now=house.clock())
        factor = SecondFactorService(session, house.seal).of(person_id)
        box = MailBoxService(session, house.texts).of(person_id)
    return pages_of(request).page(
        request,
        "person.html",
        status=422 if problem else 200,
        person=person,
        held=held,
        places=places,
        factor=factor,
        has_mail=_knows_addresses(house),
        box=box,
        typed_address=typed_address,
        problem=problem,
        link=link,
        offices=answering_offices(house),
        roles=list(Role),
    )


def _knows_addresses(house: House) -> bool:
    """Whether an address is of use: mail goes there, or the sign-in service tells it."""
    by_address = house.settings.oidc_issuer and house.settings.oidc_claim == EMAIL
    return Mailer(house.settings).is_on or bool(by_address)


def _known(session: Session, person_id: int) -> Officer:
    officer = OfficerService(session).get(person_id)
    if officer is None:
        raise HTTPException(404)
    return officer


def _post(house: House, form: FormData) -> Post:
    role, office = field(form, "role"), field(form, "office")
    if role not in set(Role) or not is_answering(house, office):
        raise OfficerRefused("office")
    return Post(full_name=field(form, "full_name"), role=Role(role), office=office)


def _password(house: House, form: FormData, username: str, post: Post) -> str:
    password = secret(form, "password")
    own = own_names(house, post["full_name"], post["office"])
    check_password(password, secret(form, "password_again"), username=username, own=own)
    return password
