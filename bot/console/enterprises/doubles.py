"""Rows that may be one enterprise: seen side by side, merged, and parted again."""

from collections.abc import Callable

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from bot.console.frame.forms import row_id
from bot.console.frame.gate import (
    InHouse,
    SignedIn,
    Submitted,
    Visitor,
    at_this_instant,
    requires,
)
from bot.console.frame.pages import pages_of, path_of
from bot.domain.office.roles import Permission
from bot.house import House
from bot.services.enterprises.merges import MergeRefused, MergeService
from bot.services.enterprises.profiles import ProfileService
from bot.storage.models import EnterpriseMerge, Officer

router = APIRouter(
    prefix="/enterprises", dependencies=[Depends(requires(Permission.EDIT_ENTERPRISES))]
)

CONFLICT = 409


@router.get("/doubles", name="list_doubles")
def list_doubles(request: Request, house: InHouse) -> Response:
    """The pairs that may be one enterprise."""
    return _page(request, house)


@router.post("/merges", name="merge_enterprises")
def merge_enterprises(
    request: Request, house: InHouse, visitor: SignedIn, form: Submitted
) -> Response:
    """Makes two rows one."""
    first, second = row_id(form, "kept"), row_id(form, "gone")
    if first is None or second is None:
        raise HTTPException(400)

    def step(merges: MergeService, officer: Officer) -> EnterpriseMerge:
        return merges.merge(first, second, officer=officer, now=house.clock())

    return _take(request, house, visitor, step, done="enterprises_merged")


@router.post("/merges/{merge_id}/part", name="part_enterprises")
def part_enterprises(
    request: Request, house: InHouse, visitor: SignedIn, merge_id: int
) -> Response:
    """Takes a merge back."""

    def step(merges: MergeService, officer: Officer) -> EnterpriseMerge:
        return merges.part(merge_id, officer=officer, now=house.clock())

    return _take(request, house, visitor, step, done="enterprises_parted")


def _take(
    request: Request,
    house: House,
    visitor: Visitor,
    step: Callable[[MergeService, Officer], EnterpriseMerge],
    *,
    done: str,
) -> Response:
    try:
        with house.database.transaction() as session:
            officer, _ = at_this_instant(session, visitor)
            profiles = ProfileService(session, house.library.tables.sectors)
            kept_id = step(MergeService(session, profiles), officer).kept_id
    except MergeRefused as refused:
        return _page(request, house, problem=refused.reason)
    page = path_of(request, "show_enterprise", enterprise_id=kept_id)
    return RedirectResponse(f"{page}?done={done}", status_code=303)


def _page(request: Request, house: House, *, problem: str = "") -> Response:
    places = house.library.tables.places
    with house.database.reading() as session:
        profiles = ProfileService(session, house.library.tables.sectors)
        doubles = MergeService(session, profiles).doubles()
    communes = {
        one.commune: place.name
        for pair in doubles
        for one in (pair.kept, pair.gone)
        if one.commune and (place := places.commune(one.commune)) is not None
    }
    return pages_of(request).page(
        request,
        "doubles.html",
        status=CONFLICT if problem else 200,
        doubles=doubles,
        communes=communes,
        problem=problem,
    )
