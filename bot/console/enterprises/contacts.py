"""The people of an enterprise: noted, changed, taken over from a request, removed."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from bot.console.enterprises.known import gone_to, known_enterprise
from bot.console.frame.forms import field, row_id
from bot.console.frame.gate import InHouse, SignedIn, Submitted, at_this_instant, requires
from bot.console.frame.pages import pages_of
from bot.domain.clock import VIETNAM
from bot.domain.enterprise.profile import ChangeSource, SurveyConsent
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.enterprises.contact_entry import ContactEntry, read_contact
from bot.services.enterprises.contact_history import ContactDetails, details_of
from bot.services.enterprises.profile_contacts import ProfileContactService, mark_of
from bot.services.enterprises.profiles import WrittenBy
from bot.storage.models import Officer, ProfileContact

router = APIRouter(
    prefix="/enterprises/{enterprise_id}/contacts",
    dependencies=[Depends(requires(Permission.EDIT_ENTERPRISES))],
)

UNFIT, CONFLICT = 422, 409

FIELDS = ("name", "role", "phone", "email", "surveys", "surveys_on", "surveys_how")


@dataclass(frozen=True)
class ContactView:
    """The form of a person. `row_id`: None for a new one; `now_stands`: changed meanwhile."""

    entered: Mapping[str, str]
    problems: Mapping[str, str]
    row_id: int | None = None
    mark: str = ""
    now_stands: ProfileContact | None = None

    @property
    def status(self) -> int:
        """Of the page."""
        if self.now_stands is not None:
            return CONFLICT
        return UNFIT if self.problems else 200


@router.get("/new", name="new_profile_contact")
def new_profile_contact(request: Request, house: InHouse, enterprise_id: int) -> Response:
    """The empty form."""
    return _page(request, house, enterprise_id, ContactView(dict.fromkeys(FIELDS, ""), {}))


@router.post("", name="add_profile_contact")
def add_profile_contact(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, enterprise_id: int
) -> Response:
    """Notes one more person."""
    entry = _entry(house, form)
    if entry.details is None:
        view = ContactView(_entered(form), _told(house, entry))
        return _page(request, house, enterprise_id, view)
    with house.database.transaction() as session:
        officer, _ = at_this_instant(session, visitor)
        people, kept_id = _held(session, enterprise_id)
        people.add(kept_id, entry.details, by=_typed(officer), now=house.clock())
    return gone_to(request, kept_id, "show_enterprise", done="contact_saved")


@router.post("/take", name="take_profile_contact")
def take_profile_contact(
    request: Request,
    house: InHouse,
    visitor: SignedIn,
    form: Submitted,
    enterprise_id: int,
) -> Response:
    """Takes a person over from a request; pressed twice she is noted once."""
    chosen = row_id(form, "contact") or 0
    with house.database.transaction() as session:
        officer, visitor = at_this_instant(session, visitor)
        people, kept_id = _held(session, enterprise_id)
        people.take(kept_id, chosen, visitor.offices, officer=officer, now=house.clock())
    return gone_to(request, kept_id, "show_enterprise", done="contact_saved")


@router.get("/{contact_id}", name="edit_profile_contact")
def edit_profile_contact(
    request: Request, house: InHouse, enterprise_id: int, contact_id: int
) -> Response:
    """The form with what is noted."""
    with house.database.reading() as session:
        row = ProfileContactService(session).get(enterprise_id, contact_id)
    if row is None:
        raise HTTPException(404)
    return _page(request, house, enterprise_id, ContactView(_kept(row), {}, row.id, mark_of(row)))


@router.post("/{contact_id}", name="change_profile_contact")
def change_profile_contact(  # noqa: PLR0913
    request: Request,
    house: InHouse,
    visitor: SignedIn,
    form: Submitted,
    *,
    enterprise_id: int,
    contact_id: int,
) -> Response:
    """Changes what is noted; what another changed meanwhile is shown first."""
    entry, mark = _entry(house, form), field(form, "mark")
    with house.database.transaction() as session:
        officer, _ = at_this_instant(session, visitor)
        people, kept_id = _held(session, enterprise_id)
        row = people.held(kept_id, contact_id)
        if row is None:
            raise HTTPException(404)
        is_stale = mark_of(row) != mark and not _says(row, entry.details)
        if entry.details is not None and not is_stale:
            people.change(row, entry.details, by=_typed(officer), now=house.clock())
            return gone_to(request, kept_id, "show_enterprise", done="contact_saved")
    view = ContactView(
        _entered(form),
        _told(house, entry),
        contact_id,
        mark_of(row),
        now_stands=row if is_stale else None,
    )
    return _page(request, house, kept_id, view)


@router.post("/{contact_id}/remove", name="remove_profile_contact")
def remove_profile_contact(
    request: Request, house: InHouse, visitor: SignedIn, enterprise_id: int, contact_id: int
) -> Response:
    """Removes a person; one who is gone already is no mistake."""
    with house.database.transaction() as session:
        officer, _ = at_this_instant(session, visitor)
        people, kept_id = _held(session, enterprise_id)
        row = people.held(kept_id, contact_id)
        if row is not None:
            people.remove(row, by=_typed(officer), now=house.clock())
    return gone_to(request, kept_id, "show_enterprise", done="contact_removed")


def _held(session: Session, enterprise_id: int) -> tuple[ProfileContactService, int]:
    """The people, and the enterprise that they are of: a merge of this instant is followed."""
    people = ProfileContactService(session)
    kept_id = people.hold(enterprise_id)
    if kept_id is None:
        raise HTTPException(404)
    return people, kept_id


def _typed(officer: Officer) -> WrittenBy:
    return WrittenBy(ChangeSource.FORM, officer)


def _page(request: Request, house: House, enterprise_id: int, view: ContactView) -> Response:
    with house.database.reading() as session:
        found = known_enterprise(session, house, enterprise_id)
    return pages_of(request).page(
        request,
        "enterprise_contact.html",
        status=view.status,
        found=found,
        view=view,
        consents=list(SurveyConsent),
        today=house.clock().astimezone(VIETNAM).date().isoformat(),
    )


def _entry(house: House, form: FormData) -> ContactEntry:
    return read_contact(_entered(form), now=house.clock())


def _entered(form: FormData) -> dict[str, str]:
    return {name: field(form, name) for name in FIELDS}


def _kept(row: ProfileContact) -> dict[str, str]:
    on = row.surveys_at.astimezone(VIETNAM).date().isoformat() if row.surveys_at else ""
    kept = {name: getattr(row, name) for name in FIELDS if name != "surveys_on"}
    return {**kept, "surveys_on": on}


def _told(house: House, entry: ContactEntry) -> dict[str, str]:
    return {
        name: house.texts.say(f"enterprise.contact_{problem.reason}", most=problem.most)
        for name, problem in entry.problems.items()
    }


def _says(row: ProfileContact, details: ContactDetails | None) -> bool:
    """Whether a row holds what is to be written anyway."""
    return details is not None and details == details_of(row)
