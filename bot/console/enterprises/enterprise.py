"""The page of one enterprise: what is known of it, and everything that happened."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from bot.console.assessments.counter_view import counter_of, onlooker
from bot.console.enterprises.known import (
    known_enterprise,
    merged_away,
    profiles_of,
    words_of,
)
from bot.console.enterprises.proposals import proposals_of
from bot.console.frame.gate import InHouse, SignedIn, requires
from bot.console.frame.pages import pages_of
from bot.domain.enterprise.profile import ProfileField, legal_form_in
from bot.domain.office.roles import Permission
from bot.services.enterprises.enterprise_timeline import EnterpriseTimeline
from bot.services.enterprises.profile_contacts import ProfileContactService
from bot.services.enterprises.profile_history import PEOPLE, ProfileHistory
from bot.services.enterprises.registration import TAX_CODE
from bot.services.requests.enterprises import EnterpriseService

router = APIRouter(
    prefix="/enterprises", dependencies=[Depends(requires(Permission.SEE_ENTERPRISES))]
)

PAGE_SIZE = 50

PageNumber = Annotated[int, Query(ge=1, le=10_000)]

ADDRESS = (ProfileField.PROVINCE, ProfileField.COMMUNE, ProfileField.ADDRESS)
FIGURES = (
    ProfileField.STAFF,
    ProfileField.REVENUE,
    ProfileField.CAPITAL,
    ProfileField.FIGURES_YEAR,
)
SHOWN = (
    ProfileField.LEGAL_FORM,
    ProfileField.OWNERSHIP,
    *ADDRESS,
    ProfileField.SECTOR,
    ProfileField.PRODUCTS,
    ProfileField.MARKETS,
    ProfileField.EXPORTS,
    *FIGURES,
    ProfileField.REMARK,
)
"""The fields of the page, in its order; the name stands above."""

HISTORIES = (TAX_CODE, *map(str, ProfileField), PEOPLE)
"""Of what the history can be looked at by itself."""


@router.get("/{enterprise_id}", name="show_enterprise")
def show_enterprise(
    request: Request,
    house: InHouse,
    visitor: SignedIn,
    enterprise_id: int,
    page: PageNumber = 1,
) -> Response:
    """The fields, the people, the names that owners gave, and a page of the timeline."""
    words = words_of(house)
    with house.database.reading() as session:
        found = known_enterprise(session, house, enterprise_id)
        if moved := merged_away(request, found, "show_enterprise"):
            return moved
        profile = found.profile
        timeline = EnterpriseTimeline(session, enterprise_id, onlooker(visitor))
        count = timeline.count()
        pages = max(1, -(-count // PAGE_SIZE))
        shown = min(page, pages)
        people = ProfileContactService(session)
        enterprises = EnterpriseService(session)
        guessed = legal_form_in(found.name) if profile and not profile.legal_form else None
        return pages_of(request).page(
            request,
            "enterprise.html",
            found=found,
            fields=[(one, words.shown(one, getattr(profile, one))) for one in SHOWN]
            if profile is not None
            else [],
            size=words.size_ground(profile, profiles_of(session, house)) if profile else "",
            guessed=words.legal_form(guessed) if guessed else "",
            profile_words=words,
            names_given=enterprises.names_given(enterprise_id),
            unchecked=enterprises.unchecked_tax_codes(enterprise_id, visitor.offices),
            people=people.of(enterprise_id),
            proposals=proposals_of(session, house).of(enterprise_id, onlooker(visitor))
            if visitor.may(Permission.EDIT_ENTERPRISES)
            else [],
            offered=people.offered(enterprise_id, visitor.offices),
            rows=timeline.page(limit=PAGE_SIZE, offset=(shown - 1) * PAGE_SIZE),
            assessments=house.library.tables.assessments,
            counter=counter_of(session, house, enterprise_id, visitor),
            page=shown,
            pages=pages,
        )


@router.get("/{enterprise_id}/history", name="profile_history")
def profile_history(
    request: Request,
    house: InHouse,
    enterprise_id: int,
    field: str = "",
    page: PageNumber = 1,
) -> Response:
    """Every value that a field had, or all fields, newest first."""
    chosen = field if field in HISTORIES else ""
    with house.database.reading() as session:
        found = known_enterprise(session, house, enterprise_id)
        if moved := merged_away(request, found, "profile_history"):
            return moved
        history = ProfileHistory(session, enterprise_id, field=chosen)
        pages = max(1, -(-history.count() // PAGE_SIZE))
        shown = min(page, pages)
        rows = history.page(limit=PAGE_SIZE, offset=(shown - 1) * PAGE_SIZE)
    return pages_of(request).page(
        request,
        "enterprise_history.html",
        found=found,
        rows=rows,
        field=chosen,
        all_fields=HISTORIES,
        profile_words=words_of(house),
        page=shown,
        pages=pages,
    )
