"""What the address of the list of requests asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from bot.console.frame.gate import Visitor
from bot.console.frame.offices import is_answering
from bot.domain.clock import VIETNAM
from bot.domain.input.cleaning import clean_line
from bot.domain.input.row_id import read_row_id
from bot.domain.requests.figures import Age, Figure
from bot.domain.requests.request import RequestState
from bot.domain.talk.messages import ChannelName
from bot.house import House
from bot.services.requests.request_filter import RequestFilter
from bot.services.requests.request_list import OPEN_STATES

LONGEST_SEARCH = 200

ANYBODY, NOBODY = "", "none"
"""Whose requests: everybody's, or those that nobody holds."""

TABS: dict[str, frozenset[RequestState]] = {
    "open": OPEN_STATES,
    "new": frozenset({RequestState.NEW}),
    "claimed": frozenset({RequestState.CLAIMED}),
    "waiting_owner": frozenset({RequestState.WAITING_OWNER}),
    "waiting_authority": frozenset({RequestState.WAITING_AUTHORITY}),
    "closed": frozenset({RequestState.CLOSED}),
    "all": frozenset(RequestState),
}

ORIGINS = tuple(one for one in ChannelName if one is not ChannelName.ANSWER_PAGE)
"""By which requests come."""

CHOICES = ("office", "topic", "origin")
"""Parts of which an address may name one that is not there."""

NAMES = {"text": "q", "received_from": "from", "received_to": "to"}
"""How the parts are called in an address, where not by their own name."""


@dataclass(frozen=True)
class Wish:
    """Each part of the address as far as it says something; the rest narrows nothing.

    `officer`: an id, or `NOBODY`. `received_from`, `received_to`: days of Vietnam, both included.
    `origin`: a channel by which requests come. `figure`, `age`: of the number of the head's page
    that led here.
    """

    tab: str = "open"
    mine: bool = False
    office: str = ""
    text: str = ""
    topic: str = ""
    officer: str = ANYBODY
    overdue: bool = False
    origin: str = ""
    received_from: date | None = None
    received_to: date | None = None
    figure: Figure | None = None
    age: Age | None = None

    @property
    def origins(self) -> tuple[ChannelName, ...]:
        """Those that may be wished."""
        return ORIGINS

    @property
    def narrowed(self) -> int:
        """How many parts narrow the list, apart from tab and text."""
        parts = (self.mine, self.office, self.topic, self.officer, self.overdue, self.origin)
        return sum(map(bool, (*parts, self.received_from, self.received_to, self.figure, self.age)))

    def filter(self, visitor: Visitor, now: datetime) -> RequestFilter:
        """The wish within what the visitor may see, without the tab's states."""
        offices = visitor.offices
        if offices is None and self.office:
            offices = frozenset({self.office})
        after = self.received_to + timedelta(days=1) if self.received_to else None
        return RequestFilter(
            offices=offices,
            officer_id=visitor.id if self.mine else read_row_id(self.officer),
            unclaimed=self.officer == NOBODY and not self.mine,
            text=self.text,
            topic=self.topic,
            origin=self.origin,
            overdue_at=now if self.overdue else None,
            received_from=_midnight(self.received_from),
            received_before=_midnight(after),
            figure=self.figure,
            age=self.age,
            at=now,
        )

    def address(self, **changes: str | int | bool) -> str:
        """The query of the same list with some things changed; starts again at page 1."""
        values = {one.name: getattr(self, one.name) for one in fields(self)} | changes
        said = {
            NAMES.get(name, name): "1" if value is True else str(value)
            for name, value in values.items()
            if value
        }
        return f"?{urlencode(said)}"


@dataclass(frozen=True)
class ReadWish:
    """A wish, and what of its address was not understood: names of `requests.html`."""

    wish: Wish
    odd: tuple[str, ...]


def read_wish(house: House, given: Mapping[str, str]) -> ReadWish:
    """The wish of an address, whatever stands in it."""
    odd: list[str] = []
    tab, office, topic = (given.get(name, "") for name in ("tab", "office", "topic"))
    officer = given.get("officer", ANYBODY)
    if officer not in (ANYBODY, NOBODY) and read_row_id(officer) is None:
        officer = ANYBODY
        odd.append("officer")
    text = given.get("q", "")
    if len(" ".join(text.split())) > LONGEST_SEARCH:
        odd.append("text")
    received_from = _day(given.get("from", ""), odd)
    received_to = _day(given.get("to", ""), odd)
    if received_from and received_to and received_from > received_to:
        odd.append("span")
        received_from = received_to = None
    wish = Wish(
        tab=tab if tab in TABS else "open",
        mine=given.get("mine") == "1",
        office=office if is_answering(house, office) else "",
        text=clean_line(text, LONGEST_SEARCH),
        topic=topic if topic in house.library.current.topics else "",
        officer=officer,
        overdue=given.get("overdue") == "1",
        origin=next((one for one in ORIGINS if one == given.get("origin")), ""),
        figure=next((one for one in Figure if one == given.get("figure")), None),
        age=next((one for one in Age if one == given.get("age")), None),
        received_from=received_from,
        received_to=received_to,
    )
    unknown = (given.get(name) and not getattr(wish, name) for name in CHOICES)
    if any(unknown):
        odd.append("choice")
    return ReadWish(wish, tuple(dict.fromkeys(odd)))


def _day(text: str, odd: list[str]) -> date | None:
    """A day as the browser's field writes it; the years of which every database can count."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found <= LATEST:
        odd.append("day")
        return None
    return found


EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), VIETNAM) if day is not None else None
