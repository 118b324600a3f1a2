"""The trail, for administrators: who did what, when, from where, on what."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from bot.console.frame.downloads import table_to_keep
from bot.console.frame.gate import InHouse, requires
from bot.console.frame.pages import pages_of
from bot.console.people.trail_words import TrailWords
from bot.domain.input.cleaning import clean_line
from bot.domain.input.row_id import read_row_id
from bot.domain.office.roles import Permission
from bot.domain.office.trail import TrailKind
from bot.domain.requests.request import find_code
from bot.services.staff.officers import OfficerService
from bot.services.staff.trail import LONGEST, Trail, TrailFilter
from bot.storage.models import TrailLine
from bot.table_file import table_file
from bot.texts.filters import moment

router = APIRouter(prefix="/trail", dependencies=[Depends(requires(Permission.SEE_TRAIL))])

PAGE_SIZE = 50

MOST_IN_A_TABLE = 20_000
"""Lines of one Excel file, the newest; the days narrow what it holds."""

COLUMNS = ("at", "name", "username", "kind", "act", "subject_kind", "subject", "detail", "address")


@dataclass(frozen=True)
class Wish:
    """What the address asks for; odd values narrow nothing."""

    person: int | None
    kind: TrailKind | None
    subject: str
    since: date | None
    until: date | None

    @property
    def filter(self) -> TrailFilter:
        """As the trail is asked."""
        return TrailFilter(self.person, self.kind, self.subject, self.since, self.until)

    @property
    def narrows(self) -> bool:
        """Whether something is left out."""
        return self.filter != TrailFilter()

    def address(self, before: int | None = None) -> str:
        """The query of a page."""
        given = {
            "person": self.person,
            "kind": self.kind,
            "subject": self.subject,
            "since": self.since,
            "until": self.until,
            "before": before,
        }
        kept = {name: value for name, value in given.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


def _wish(
    person: Annotated[str, Query()] = "",
    kind: Annotated[str, Query()] = "",
    subject: Annotated[str, Query()] = "",
    since: Annotated[str, Query()] = "",
    until: Annotated[str, Query()] = "",
) -> Wish:
    named = clean_line(subject, LONGEST)
    return Wish(
        person=read_row_id(person),
        kind=TrailKind(kind) if kind in set(TrailKind) else None,
        # A code may come as it is spoken: in small letters, with blanks.
        subject=find_code(named) or named,
        since=_day(since),
        until=_day(until),
    )


Wished = Annotated[Wish, Depends(_wish)]


@router.get("", name="list_trail")
def list_trail(
    request: Request, house: InHouse, wish: Wished, before: Annotated[str, Query()] = ""
) -> Response:
    """The lines, newest first; the address names the line below which a page goes on."""
    behind = read_row_id(before)
    with house.database.reading() as session:
        lines = Trail(session).page(wish.filter, before=behind, limit=PAGE_SIZE + 1)
        people = OfficerService(session).everybody()
    shown = lines[:PAGE_SIZE]
    return pages_of(request).page(
        request,
        "trail.html",
        wish=wish,
        lines=shown,
        older=shown[-1].id if len(lines) > PAGE_SIZE else None,
        is_newest=behind is None,
        people=people,
        kinds=list(TrailKind),
        trail_words=TrailWords(house.texts),
        months=house.settings.trail_months,
        most=MOST_IN_A_TABLE,
    )


@router.get("/table", name="trail_table")
def trail_table(house: InHouse, wish: Wished) -> Response:
    """The same lines as an Excel file."""
    with house.database.reading() as session:
        lines = Trail(session).page(wish.filter, before=None, limit=MOST_IN_A_TABLE)
    heads = [house.texts.say(f"trail.head_{name}") for name in COLUMNS]
    words = TrailWords(house.texts)
    rows = [_row(line, words) for line in lines]
    return table_to_keep(table_file(heads, rows), f"nhat-ky-{house.clock():%Y-%m-%d}.xlsx")


def _row(line: TrailLine, words: TrailWords) -> tuple[str, ...]:
    by = line.officer
    return (
        moment(line.at),
        by.full_name if by is not None else "",
        by.username if by is not None else "",
        words.kind(line.kind),
        words.act(line.act),
        words.subject(line),
        line.subject,
        line.detail,
        line.address,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
