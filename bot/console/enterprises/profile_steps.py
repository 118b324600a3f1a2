"""Opening a profile, for an enterprise that is known or one entered by hand, and editing it."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from bot.console.enterprises.form_view import (
    blank_form,
    code_view,
    form_after_edit,
    form_after_entry,
    form_of,
    form_page,
)
from bot.console.enterprises.known import (
    gone_to,
    known_enterprise,
    merged_away,
    profiles_of,
    typed_fields,
)
from bot.console.frame.forms import field, row_id
from bot.console.frame.gate import InHouse, SignedIn, Submitted, at_this_instant, requires
from bot.console.frame.pages import path_of
from bot.domain.clock import VIETNAM
from bot.domain.enterprise.profile import ChangeSource, ProfileField
from bot.domain.enterprise.tax_code import CodeFault
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.enterprises.enterprise_list import ListedEnterprise
from bot.services.enterprises.profile_edits import EnterpriseMoved, ProfileEdits
from bot.services.enterprises.profiles import WrittenBy
from bot.services.enterprises.registration import (
    AlreadyKnown,
    RegistrationService,
    read_tax_code,
)
from bot.services.enterprises.typed_fields import Reading

router = APIRouter(
    prefix="/enterprises", dependencies=[Depends(requires(Permission.EDIT_ENTERPRISES))]
)


@router.get("/new", name="new_enterprise")
def new_enterprise(request: Request, house: InHouse) -> Response:
    """The empty form."""
    return form_page(request, house, blank_form(house))


@router.post("", name="enter_enterprise")
def enter_enterprise(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted
) -> Response:
    """Enters an enterprise; one whose tax code is known leads to its page."""
    typed = _typed(form)
    code = read_tax_code(field(form, "tax_code"), today=_today(house))
    with house.database.transaction() as session:
        officer, _ = at_this_instant(session, visitor)
        registration = RegistrationService(session, profiles_of(session, house))
        reading = typed_fields(house).read_new(typed, has_code=code != "")
        alike: Sequence[ListedEnterprise] = []
        if not isinstance(code, CodeFault):
            known = registration.known(code)
            if known is not None:
                return gone_to(request, known.id, "show_enterprise", done="enterprise_known")
            if not reading.problems and not field(form, "other"):
                alike = registration.alike(reading.name, tax_code=code)
            if not (reading.problems or alike):
                by = WrittenBy(ChangeSource.FORM, officer)
                try:
                    made = registration.enter(code, reading.values, by=by, now=house.clock())
                except AlreadyKnown as one:
                    known_id = one.enterprise_id
                    return gone_to(request, known_id, "show_enterprise", done="enterprise_known")
                return _saved(request, made.enterprise_id, reading)
    box = code_view(house, field(form, "tax_code"), code, None)
    return form_page(request, house, form_after_entry(house, typed, reading, box, alike))


@router.get("/{enterprise_id}/edit", name="edit_profile")
def edit_profile(request: Request, house: InHouse, enterprise_id: int) -> Response:
    """The form with what is known."""
    with house.database.reading() as session:
        found = known_enterprise(session, house, enterprise_id)
        if moved := merged_away(request, found, "edit_profile"):
            return moved
        shown = _edits(session, house).newest_line(enterprise_id)
    return form_page(request, house, form_of(house, found, shown))


@router.post("/{enterprise_id}/edit", name="write_profile")
def write_profile(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, enterprise_id: int
) -> Response:
    """Writes what was changed; what another changed meanwhile is shown, and not written over."""
    code = read_tax_code(field(form, "tax_code"), today=_today(house))
    typed, known_id = _typed(form), None
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            edits = _edits(session, house)
            enterprise = edits.held(enterprise_id)
            if enterprise is None:
                raise HTTPException(404)
            if enterprise.tax_code:
                code = ""  # it has one, and the form no box for another
            seen = row_id(form, "shown") or 0
            edit = edits.weigh(enterprise, typed, shown=seen, is_given_code=code != "")
            if edit.is_fit and not isinstance(code, CodeFault):
                by = WrittenBy(ChangeSource.FORM, officer)
                registration = RegistrationService(session, profiles_of(session, house))
                try:
                    registration.give_code(enterprise, code, by=by, now=house.clock())
                except AlreadyKnown as known:
                    known_id = known.enterprise_id
                else:
                    edits.write(enterprise, edit, by=by, now=house.clock())
                    return _saved(request, enterprise_id, edit.reading, beside=len(edit.beside))
            shown = edits.newest_line(enterprise_id)
    except EnterpriseMoved as moved:
        return gone_to(request, moved.kept_id, "show_enterprise", done="enterprise_moved")
    with house.database.reading() as session:
        found = known_enterprise(session, house, enterprise_id)
    box = code_view(house, field(form, "tax_code"), code, known_id)
    view = form_after_edit(house, found, typed, edit, box, shown=shown)
    return form_page(request, house, view)


def _typed(form: FormData) -> dict[ProfileField, str]:
    return {one: field(form, one) for one in ProfileField}


def _edits(session: Session, house: House) -> ProfileEdits:
    return ProfileEdits(session, profiles_of(session, house), typed_fields(house))


def _today(house: House) -> date:
    return house.clock().astimezone(VIETNAM).date()


def _saved(request: Request, enterprise_id: int, reading: Reading, *, beside: int = 0) -> Response:
    """`beside`: how many other fields somebody else changed meanwhile."""
    done = "profile_saved_renamed" if reading.renamed else "profile_saved"
    target = path_of(request, "show_enterprise", enterprise_id=enterprise_id)
    query = urlencode({"done": done, "count": beside})
    return RedirectResponse(f"{target}?{query}", status_code=303)
