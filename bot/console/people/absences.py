"""Days away: one's own, and for heads everybody's."""

from datetime import date

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot.console.frame.forms import field, row_id
from bot.console.frame.gate import InHouse, SignedIn, Submitted, Visitor, at_this_instant
from bot.console.frame.pages import pages_of, path_of
from bot.domain.office.absence import Handing
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.staff.absences import AbsenceRefused, AbsenceService
from bot.services.staff.officers import OfficerService
from bot.storage.models import Absence, Officer

router = APIRouter(prefix="/absences")


@router.get("", name="list_absences")
def list_absences(request: Request, house: InHouse, visitor: SignedIn) -> Response:
    """Who is away and will be, as far as the visitor writes it down, and the form."""
    return _page(request, house, visitor)


@router.post("", name="write_absence")
def write_absence(request: Request, house: InHouse, visitor: SignedIn, form: Submitted) -> Response:
    """Writes down that somebody will be away; for others where the visitor assigns cases."""
    first_day, last_day = _day(field(form, "first_day")), _day(field(form, "last_day"))
    handing = field(form, "handing")
    if first_day is None or last_day is None or handing not in set(Handing):
        return _page(request, house, visitor, "people.absence_days", form)
    try:
        with house.database.transaction() as session:
            # Two forms at once would both find the days free.
            OfficerService(session).hold_everybody()
            by, seen_as = at_this_instant(session, visitor)
            AbsenceService(session).write(
                _whom(session, seen_as, row_id(form, "officer") or by.id),
                by,
                first_day=first_day,
                last_day=last_day,
                handing=Handing(handing),
                substitute=_person(session, row_id(form, "substitute")),
                now=house.clock(),
            )
    except AbsenceRefused as refused:
        return _page(request, house, visitor, f"people.absence_{refused.reason}", form)
    return _back(request, "absence_written")


@router.post("/{absence_id}/back", name="take_back_absence")
def take_back_absence(
    request: Request, house: InHouse, visitor: SignedIn, absence_id: int
) -> Response:
    """She is back, or does not go."""
    with house.database.transaction() as session:
        _, seen_as = at_this_instant(session, visitor)
        absences = AbsenceService(session)
        absence = absences.get(absence_id)
        if absence is None:
            raise HTTPException(404)
        _whom(session, seen_as, absence.officer_id)
        absences.take_back(absence, now=house.clock())
    return _back(request, "absence_taken_back")


def _back(request: Request, done: str) -> Response:
    target = f"{path_of(request, 'list_absences')}?done={done}"
    return RedirectResponse(target, status_code=303)


def _page(
    request: Request,
    house: House,
    visitor: Visitor,
    problem: str = "",
    form: Submitted | None = None,
) -> Response:
    with house.database.reading() as session:
        people = [one for one in OfficerService(session).everybody() if one.active]
        rows = AbsenceService(session).ahead(now=house.clock())
    names = ("officer", "first_day", "last_day", "handing", "substitute")
    return pages_of(request).page(
        request,
        "absences.html",
        status=422 if problem else 200,
        problem=house.texts.say(problem) if problem else "",
        rows=[one for one in rows if _writes_for(visitor, one)],
        people=people,
        handings=list(Handing),
        today=house.clock(),
        entered={name: field(form, name) if form else "" for name in names},
    )


def _writes_for(visitor: Visitor, absence: Absence) -> bool:
    return absence.officer_id == visitor.id or visitor.may(Permission.ASSIGN)


def _whom(session: Session, visitor: Visitor, officer_id: int) -> Officer:
    """The person whose days these are.

    Raises:
        HTTPException: 403, of another person, and not the visitor's to write; 404, there is none.
    """
    if officer_id != visitor.id and not visitor.may(Permission.ASSIGN):
        raise HTTPException(403)
    officer = _person(session, officer_id)
    if officer is None:
        raise HTTPException(404)
    return officer


def _person(session: Session, officer_id: int | None) -> Officer | None:
    return OfficerService(session).get(officer_id) if officer_id is not None else None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
