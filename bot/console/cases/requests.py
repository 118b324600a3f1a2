"""The list of requests."""

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response

from bot.audit.expiry import warned
from bot.console.frame.gate import InHouse, SignedIn, Visitor
from bot.console.frame.offices import answering_offices, is_answering
from bot.console.frame.pages import pages_of
from bot.domain.clock import VIETNAM
from bot.domain.input.cleaning import clean_line
from bot.domain.office.roles import Permission
from bot.domain.requests.request import RequestState
from bot.services.requests.request_list import OPEN_STATES, RequestFilter, RequestList
from bot.services.upkeep.broken_files import broken_places

router = APIRouter()

PAGE_SIZE = 25
LONGEST_SEARCH = 200

TABS: dict[str, frozenset[RequestState]] = {
    "open": OPEN_STATES,
    "new": frozenset({RequestState.NEW}),
    "claimed": frozenset({RequestState.CLAIMED}),
    "waiting_owner": frozenset({RequestState.WAITING_OWNER}),
    "closed": frozenset({RequestState.CLOSED}),
}


@dataclass(frozen=True)
class Wish:
    """What the address of the list asks for; odd values fall back to the whole list."""

    tab: str
    mine: bool
    office: str
    text: str
    page: int

    def filter(self, visitor: Visitor) -> RequestFilter:
        """The wish within what the visitor may see, without the tab's states."""
        offices = visitor.offices
        if offices is None and self.office:
            offices = frozenset({self.office})
        return RequestFilter(
            offices=offices, officer_id=visitor.id if self.mine else None, text=self.text
        )

    def address(self, **changes: str | int | bool) -> str:
        """The query of the same list with some things changed; starts again at page 1."""
        values = {"tab": self.tab, "mine": self.mine, "office": self.office, "q": self.text}
        values |= changes
        said = {name: "1" if value is True else value for name, value in values.items() if value}
        return f"?{urlencode(said)}"


@router.get("/", name="list_requests")
def list_requests(  # noqa: PLR0913  (each is one part of the address)
    request: Request,
    house: InHouse,
    visitor: SignedIn,
    *,
    tab: str = "open",
    mine: str = "",
    office: str = "",
    q: str = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """Requests of the visitor's offices, what is urgent first."""
    wish = Wish(
        tab=tab if tab in TABS else "open",
        mine=mine == "1",
        office=office if is_answering(house, office) else "",
        text=clean_line(q, LONGEST_SEARCH),
        page=page,
    )
    wanted = wish.filter(visitor)
    states = TABS[wish.tab]
    shown = replace(wanted, states=states, late=wish.tab == "open")
    with house.database.reading() as session:
        listing = RequestList(session)
        counts = listing.counts(wanted)
        late = listing.late(wanted)
        rows = listing.page(shown, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
        unanswered = listing.unanswered(row.id for row in rows)
        unsure = listing.unsure(row.id for row in rows)
        seen = listing.fingerprint(visitor.offices)
    today = house.clock().astimezone(VIETNAM).date()
    numbers = {name: sum(counts[state] for state in wanted) for name, wanted in TABS.items()}
    # What came after a close waits for somebody, like what is open.
    numbers["open"] += late
    return pages_of(request).page(
        request,
        "requests.html",
        wish=wish,
        rows=rows,
        unanswered=unanswered,
        unsure=unsure,
        numbers=numbers,
        pages=max(1, -(-numbers[wish.tab] // PAGE_SIZE)),
        offices=answering_offices(house),
        seen=seen,
        today=today,
        upkeep=warned(house.library.current, today, visitor.offices),
        broken=broken_places(house.library, house.texts) if _edits(visitor) else [],
    )


def _edits(visitor: Visitor) -> bool:
    """Whether the person can have a broken file mended."""
    return visitor.may(Permission.CLOSE_GAPS) or visitor.may(Permission.MANAGE_USERS)
