"""A case by phone or at the counter is entered on one page: looked at, and then filed."""

from dataclasses import dataclass, replace
from datetime import date

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from bot import signals
from bot.console.cases.article_search import ArticleSearch
from bot.console.entering.entry_form import (
    AS_TYPED,
    ENTERPRISE_LIMIT,
    Checked,
    EnterpriseOfForm,
    Typed,
    as_given,
    checked,
)
from bot.console.entering.found_enterprises import (
    FoundEnterprise,
    found_enterprises,
    known_enterprise,
)
from bot.console.frame.forms import cause, field
from bot.console.frame.gate import (
    InHouse,
    SignedIn,
    Submitted,
    Visitor,
    at_this_instant,
    requires,
)
from bot.console.frame.offices import answering_offices
from bot.console.frame.pages import pages_of, path_of
from bot.domain.clock import VIETNAM
from bot.domain.enterprise.tax_code import shown
from bot.domain.input.lengths import ENTERPRISE_NAME, PERSON_NAME, REACH
from bot.domain.input.row_id import read_row_id
from bot.domain.office.roles import Permission
from bot.domain.talk.messages import TEXT_LIMIT, ChannelName
from bot.house import House
from bot.services.entering.entered_cases import EnteredCases, Entry
from bot.services.requests.promises import Promise, PromiseService
from bot.services.requests.requests import RequestDraft
from bot.storage.models import Request as SupportRequest

router = APIRouter(prefix="/requests/new", dependencies=[Depends(requires(Permission.ANSWER))])

LOOK = "look"
"""The button that looks up enterprise, matter and office; any other one files."""


@dataclass(frozen=True)
class LookedUp:
    """What the page shows beside the fields. `enterprise`: None while one is to be chosen."""

    found: list[FoundEnterprise]
    enterprise: EnterpriseOfForm | None
    guess: str


@router.get("", name="show_entry")
def show_entry(
    request: Request, house: InHouse, visitor: SignedIn, enterprise: str = "", filed: str = ""
) -> Response:
    """The empty form. `enterprise`: one of the register to begin with; `filed`: just now."""
    known, just = read_row_id(enterprise), read_row_id(filed)
    typed = Typed()
    with house.database.reading() as session:
        found = known_enterprise(session, known) if known is not None else None
        if found is not None:
            name = found.name or shown(found.tax_code)
            typed = replace(typed, enterprise=name, looked_for=name, chosen=str(found.id))
        made = EnteredCases(session).entered_by(just, visitor.id) if just is not None else None
        return _page(request, house, visitor, typed, found=[found] if found else [], made=made)


@router.post("", name="enter_case")
def enter_case(request: Request, house: InHouse, visitor: SignedIn, form: Submitted) -> Response:
    """Looks up what belongs to the fields, or files the case once nothing is missing."""
    typed = Typed.of(form)
    look_only = field(form, "step") == LOOK
    with house.database.reading() as session:
        up = _looked_up(session, house, request.app.state.topic_search, typed)
    fields = checked(house, typed)
    problems = [] if look_only else _problems(up, fields)
    if problems or look_only:
        typed = replace(typed, topic=typed.topic or up.guess, looked_for=typed.enterprise)
        with house.database.reading() as session:
            return _page(
                request,
                house,
                visitor,
                typed,
                found=up.found,
                promise=_promise(house, typed),
                problems=problems,
            )
    named = cause(form, visitor, repr(typed))
    entry = _entry(house, typed, fields, up)
    with house.database.transaction() as session:
        officer, _ = at_this_instant(session, visitor)
        filed = EnteredCases(session).enter(entry, officer, cause=named, now=house.clock()).id
    house.signals.notify(signals.CONSOLE)
    # With “done” the browser lets go of the words that it kept.
    page = f"{path_of(request, 'show_entry')}?filed={filed}&done=entered"
    return RedirectResponse(page, status_code=303)


def _entry(house: House, typed: Typed, fields: Checked, up: LookedUp) -> Entry:
    promise, enterprise = _promise(house, typed), up.enterprise or EnterpriseOfForm()
    route = promise.route
    draft = RequestDraft(
        topic=typed.topic,
        office=typed.office or route.office,
        authority=(route.authority or "") if typed.office in ("", route.office) else "",
        question=typed.question,
        promised_at=promise.due,
        tax_code=enterprise.tax_code,
        enterprise_name=enterprise.name,
        unchecked_tax_code=enterprise.unchecked,
        reach=fields.reach,
        consent_version=house.texts.say("console.entered_consent_version"),
    )
    return Entry(ChannelName(typed.origin), typed.name, draft, enterprise.id)


def _looked_up(session: Session, house: House, search: ArticleSearch, typed: Typed) -> LookedUp:
    text = typed.enterprise[:ENTERPRISE_LIMIT]
    given = as_given(text, today=_today(house))
    found = found_enterprises(session, given.name or text, given.tax_code)
    guess = ""
    if typed.question and typed.topic not in house.library.current.topics:
        guess = search.topic(typed.question[:TEXT_LIMIT]) or ""
    return LookedUp(found, _chosen(typed, found, given), guess)


def _chosen(
    typed: Typed, found: list[FoundEnterprise], given: EnterpriseOfForm
) -> EnterpriseOfForm | None:
    """The enterprise that is meant; None where several may be, and none was chosen."""
    is_of_these_words = typed.looked_for == typed.enterprise
    picked = next((one for one in found if str(one.id) == typed.chosen), None)
    if picked is not None and is_of_these_words:
        return EnterpriseOfForm(picked.id, picked.name[:ENTERPRISE_NAME], picked.tax_code)
    if given.tax_code and found:
        return replace(given, id=found[0].id, name=given.name or found[0].name[:ENTERPRISE_NAME])
    if not found or (typed.chosen == AS_TYPED and is_of_these_words):
        return given
    return None


def _problems(up: LookedUp, fields: Checked) -> list[str]:
    return [*fields.problems, *(["enterprise"] if up.enterprise is None else [])]


def _promise(house: House, typed: Typed) -> Promise:
    tables = house.library.tables
    return PromiseService(tables.routing, tables.calendar).promise(
        typed.topic, typed.question, now=house.clock()
    )


def _today(house: House) -> date:
    return house.clock().astimezone(VIETNAM).date()


def _page(  # noqa: PLR0913
    request: Request,
    house: House,
    visitor: Visitor,
    typed: Typed,
    *,
    found: list[FoundEnterprise],
    promise: Promise | None = None,
    problems: list[str] | None = None,
    made: SupportRequest | None = None,
) -> Response:
    return pages_of(request).page(
        request,
        "entry.html",
        status=422 if problems else 200,
        typed=typed,
        found=found,
        promise=promise if typed.topic else None,
        problems=problems or [],
        made=made,
        sees_made=made is not None and visitor.sees(made.office),
        offices=answering_offices(house),
        consent=house.texts.say("console.entered_consent"),
        as_typed=AS_TYPED,
        limits={"name": PERSON_NAME, "reach": REACH, "question": TEXT_LIMIT},
    )
