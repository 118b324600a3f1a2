"""The list of requests."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from bot.audit.expiry import warned
from bot.console.cases.request_wish import TABS, read_wish
from bot.console.frame.gate import InHouse, SignedIn, Visitor
from bot.console.frame.offices import answering_offices
from bot.console.frame.pages import pages_of, path_of
from bot.domain.clock import VIETNAM
from bot.domain.office.roles import Permission
from bot.domain.requests.request import find_code
from bot.house import House
from bot.services.clocks.case_clocks import MOST_BREACHES, clocks_of
from bot.services.closing.ratings import RatingService
from bot.services.desk.notes import NoteService
from bot.services.desk.saved_views import SavedViews
from bot.services.requests.request_list import RequestList, Tally
from bot.services.requests.requests import RequestService
from bot.services.staff.absences import AbsenceService
from bot.services.staff.officers import OfficerService
from bot.services.upkeep.broken_files import broken_places

router = APIRouter()

PAGE_SIZE = 25


@router.get("/", name="list_requests")
def list_requests(
    request: Request,
    house: InHouse,
    visitor: SignedIn,
    *,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Requests of the visitor's offices, what is urgent first; a code leads to its case."""
    read = read_wish(house, request.query_params)
    wish, now = read.wish, house.clock()
    code = find_code(wish.text)
    if code is not None:
        return _of_code(request, house, visitor, code)
    wanted = wish.filter(visitor, now)
    with house.database.reading() as session:
        listing = RequestList(session)
        tally = listing.tally(found := listing.found(wanted))
        shown = replace(found, states=TABS[wish.tab], late=wish.tab == "open")
        rows = listing.page(shown, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
        ids = [row.id for row in rows]
        said, unsure = listing.said(ids, wanted), listing.unsure(ids)
        unanswered = listing.unanswered(ids)
        calling = NoteService(session).calling(visitor.id, visitor.offices)
        seen = listing.fingerprint(visitor.offices)
        people = OfficerService(session).answering(visitor.offices)
        case_clocks = clocks_of(house.library, session)
        clocks = case_clocks.of(rows, now=now)
        views = SavedViews(session).of(visitor.id, visitor.office)
        sees_all = visitor.may(Permission.SEE_ALL_OFFICES)
        empty_offices = AbsenceService(session).empty_offices(now=now) if sees_all else []
        breaches = case_clocks.breached(now=now) if sees_all else []
        low_ratings = RatingService(session).unread(visitor.offices) if sees_all else []
    today, numbers = now.astimezone(VIETNAM).date(), _numbers(tally)
    return pages_of(request).page(
        request,
        "requests.html",
        wish=wish,
        odd=read.odd,
        rows=rows,
        unanswered=unanswered,
        unsure=unsure,
        said=said,
        views=views,
        calling=calling,
        numbers=numbers,
        page=page,
        pages=max(1, -(-numbers[wish.tab] // PAGE_SIZE)),
        offices=answering_offices(house),
        people=people,
        seen=seen,
        today=today,
        clocks=clocks,
        breaches=breaches,
        empty_offices=empty_offices,
        low_ratings=low_ratings,
        breaches_cut=len(breaches) >= MOST_BREACHES,
        upkeep=warned(house.library.current, today, visitor.offices),
        broken=broken_places(house.library, house.texts) if _edits(visitor) else [],
    )


def _numbers(tally: Tally) -> dict[str, int]:
    """How many requests each tab holds."""
    counted = {name: sum(tally.counts[state] for state in states) for name, states in TABS.items()}
    # What came after a close waits for somebody, like what is open.
    return counted | {"open": counted["open"] + tally.late}


def _of_code(request: Request, house: House, visitor: Visitor, code: str) -> Response:
    """The case of a code, closed or not; one page for a code of nobody's and for another's."""
    with house.database.reading() as session:
        found = RequestService(session).by_code(code)
    if found is None or not visitor.sees(found.office):
        return pages_of(request).page(request, "no_such_code.html", status=404, code=code)
    address = path_of(request, "show_case", request_id=found.id)
    return RedirectResponse(address, status_code=303)


def _edits(visitor: Visitor) -> bool:
    """Whether the person can have a broken file mended."""
    return visitor.may(Permission.CLOSE_GAPS) or visitor.may(Permission.MANAGE_USERS)
