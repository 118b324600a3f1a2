"""The tax code of an enterprise: put right where it is another one's."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from sqlalchemy.orm import Session

from bot.console.enterprises.known import (
    KnownEnterprise,
    gone_to,
    known_enterprise,
    merged_away,
    profiles_of,
)
from bot.console.frame.forms import field, row_id
from bot.console.frame.gate import InHouse, SignedIn, Submitted, at_this_instant, requires
from bot.console.frame.pages import pages_of
from bot.domain.clock import VIETNAM
from bot.domain.enterprise.tax_code import CodeFault
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.enterprises.code_change import CodeChange, CodeMoved, Nameless
from bot.services.enterprises.merges import MergeRefused
from bot.services.enterprises.profile_edits import EnterpriseMoved
from bot.services.enterprises.registration import AlreadyKnown, read_tax_code

router = APIRouter(
    prefix="/enterprises/{enterprise_id}/tax-code",
    dependencies=[Depends(requires(Permission.CHANGE_TAX_CODES))],
)

UNFIT, CONFLICT = 422, 409


@dataclass(frozen=True)
class CodePage:
    """What the page says beside the code that stands. `other`: whose the new code is already."""

    text: str = ""
    problem: str = ""
    other: KnownEnterprise | None = None
    is_moved: bool = False

    @property
    def status(self) -> int:
        """Of the page."""
        if self.is_moved:
            return CONFLICT
        return UNFIT if self.problem or self.other is not None else 200


@router.get("", name="edit_tax_code")
def edit_tax_code(request: Request, house: InHouse, enterprise_id: int) -> Response:
    """The code that stands, and a box for the right one."""
    return _page(request, house, enterprise_id, CodePage())


@router.post("", name="change_tax_code")
def change_tax_code(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, enterprise_id: int
) -> Response:
    """Writes the right code; one that is another's leads to merging the two."""
    typed = field(form, "tax_code")
    code = read_tax_code(typed, today=_today(house))
    if not isinstance(code, CodeFault) and not code and not field(form, "without"):
        code = CodeFault.LENGTH
    if isinstance(code, CodeFault):
        said = house.texts.say(f"enterprise.{code.value}")
        return _page(request, house, enterprise_id, CodePage(typed, said))
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            shown, now = field(form, "shown"), house.clock()
            _changes(session, house).change(
                enterprise_id, code, shown=shown, officer=officer, now=now
            )
    except LookupError:
        raise HTTPException(404) from None
    except EnterpriseMoved as moved:
        return gone_to(request, moved.kept_id, "show_enterprise", done="enterprise_moved")
    except CodeMoved:
        return _page(request, house, enterprise_id, CodePage(typed, is_moved=True))
    except Nameless:
        said = house.texts.say("enterprise.code_nameless")
        return _page(request, house, enterprise_id, CodePage(typed, said))
    except AlreadyKnown as known:
        with house.database.reading() as session:
            other = known_enterprise(session, house, known.enterprise_id)
        return _page(request, house, enterprise_id, CodePage(typed, other=other))
    return gone_to(request, enterprise_id, "show_enterprise", done="tax_code_changed")


@router.post("/merge", name="merge_by_tax_code")
def merge_by_tax_code(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted, enterprise_id: int
) -> Response:
    """Takes the wrong code away and merges the two that are one enterprise."""
    other_id = row_id(form, "other")
    if other_id is None:
        raise HTTPException(400)
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            shown, now = field(form, "shown"), house.clock()
            kept_id = (
                _changes(session, house)
                .merge_into(enterprise_id, other_id, shown=shown, officer=officer, now=now)
                .kept_id
            )
    except LookupError:
        raise HTTPException(404) from None
    except EnterpriseMoved as moved:
        return gone_to(request, moved.kept_id, "show_enterprise", done="enterprise_moved")
    except (CodeMoved, MergeRefused):
        return _page(request, house, enterprise_id, CodePage(is_moved=True))
    return gone_to(request, kept_id, "show_enterprise", done="enterprises_merged")


def _changes(session: Session, house: House) -> CodeChange:
    return CodeChange(session, profiles_of(session, house))


def _today(house: House) -> date:
    return house.clock().astimezone(VIETNAM).date()


def _page(request: Request, house: House, enterprise_id: int, view: CodePage) -> Response:
    with house.database.reading() as session:
        found = known_enterprise(session, house, enterprise_id)
        if moved := merged_away(request, found, "show_enterprise"):
            return moved
    return pages_of(request).page(
        request, "enterprise_code.html", status=view.status, found=found, view=view
    )
