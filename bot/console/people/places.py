"""Where people are signed in: seen and ended by themselves, and by administrators."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot import signals
from bot.console.frame.address import client_address
from bot.console.frame.forms import field
from bot.console.frame.gate import InHouse, SignedIn, Submitted, requires
from bot.console.frame.pages import path_of
from bot.domain.input.cleaning import clean_line
from bot.domain.office.device import LONGEST_AGENT, Device, device_of
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.staff.officers import OfficerService
from bot.services.staff.sessions import SessionService, session_mark

router = APIRouter()


@dataclass(frozen=True)
class Place:
    """One browser in which a person is signed in."""

    mark: str
    device: Device
    address: str
    since: datetime
    seen: datetime
    is_this: bool


def places_of(session: Session, officer_id: int, this: str, *, now: datetime) -> list[Place]:
    """The browsers of a person: the one that asks, of the mark `this`, then the last used first."""
    places = [
        Place(
            mark=session_mark(one.csrf_token),
            device=device_of(one.agent),
            address=one.address,
            since=one.created_at,
            seen=one.last_seen_at,
            is_this=session_mark(one.csrf_token) == this,
        )
        for one in SessionService(session).living(officer_id, now=now)
    ]
    return sorted(places, key=lambda one: not one.is_this)


def note_place(request: Request, session: Session, token: str) -> None:
    """Keeps from where and with what a session was opened."""
    agent = clean_line(request.headers.get("user-agent", ""), LONGEST_AGENT)
    SessionService(session).note_place(token, client_address(request), agent)


@router.post("/account/sessions/end", name="end_session")
def end_session(request: Request, house: InHouse, visitor: SignedIn, form: Submitted) -> Response:
    """Ends one of the visitor's own sessions, or all but this one."""
    mark = field(form, "mark")
    with house.database.transaction() as session:
        if mark:
            SessionService(session).close_marked(visitor.id, mark)
        else:
            SessionService(session).close_others(visitor.id, visitor.session_token)
    return _ended(house, path_of(request, "show_account"))


@router.post(
    "/people/{person_id}/sessions/end",
    name="end_sessions_of_person",
    dependencies=[Depends(requires(Permission.MANAGE_USERS))],
)
def end_sessions_of_person(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, person_id: int
) -> Response:
    """Ends one session of anybody's, or all; never the one that asks."""
    mark = field(form, "mark")
    with house.database.transaction() as session:
        if OfficerService(session).get(person_id) is None:
            raise HTTPException(404)
        if mark:
            SessionService(session).close_marked(person_id, mark)
        else:
            SessionService(session).close_others(person_id, visitor.session_token)
    return _ended(house, path_of(request, "show_person", person_id=person_id))


def _ended(house: House, target: str) -> Response:
    # Wakes the live connections: those that are signed in no more end at once.
    house.signals.notify(signals.CONSOLE)
    return RedirectResponse(f"{target}?done=session_ended", status_code=303)
