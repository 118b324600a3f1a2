"""The head's page: what the requests of a period come to; every number opens its requests."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from bot.console.cases.request_wish import ReadWish, Wish, read_wish
from bot.console.frame.downloads import table_to_keep
from bot.console.frame.gate import InHouse, SignedIn, requires
from bot.console.frame.offices import answering_offices
from bot.console.frame.pages import pages_of
from bot.domain.clock import VIETNAM
from bot.domain.enterprise.tax_code import discreet
from bot.domain.office.roles import Permission
from bot.domain.requests.figures import AGES, Figure, answer_of
from bot.house import House
from bot.services.figures.request_figures import FigureRow, RequestFigures, Span
from bot.table_file import Cell, table_file

router = APIRouter(prefix="/figures", dependencies=[Depends(requires(Permission.SEE_FIGURES))])

MOST_MONTHS = 36
"""Of a longer period the months are not told apart."""

QUARTER = 3
MINUTES_OF_AN_HOUR = 60

COLUMNS = (
    "code",
    "received",
    "office",
    "topic",
    "kind",
    "origin",
    "enterprise",
    "officer",
    "state",
    "promised",
    "first_reply",
    "answer",
    "closed",
    "ending",
    "hours_to_answer",
    "hours_to_close",
    "rating",
    "moves",
)


@dataclass(frozen=True)
class Period:
    """Two days of Vietnam, both included. `name`: what `figures.html` has words for."""

    name: str
    start: date
    end: date


def figures_wish(request: Request, house: InHouse) -> ReadWish:
    """Office, topic and days of an address; this month where it names no days."""
    read = read_wish(house, request.query_params)
    this_month = periods_of(_today(house))[0]
    wish = Wish(
        tab="all",
        office=read.wish.office,
        topic=read.wish.topic,
        received_from=read.wish.received_from or this_month.start,
        received_to=read.wish.received_to or _today(house),
    )
    if wish.received_from and wish.received_to and wish.received_from > wish.received_to:
        wish = replace(wish, received_from=this_month.start, received_to=this_month.end)
        return ReadWish(wish, (*read.odd, "span"))
    return ReadWish(wish, read.odd)


Wished = Annotated[ReadWish, Depends(figures_wish)]


@router.get("", name="show_figures")
def show_figures(request: Request, house: InHouse, visitor: SignedIn, read: Wished) -> Response:
    """The figures of a period, of all or of one office or topic."""
    wish, now = read.wish, house.clock()
    months = _months(wish)
    with house.database.reading() as session:
        figures = RequestFigures(session, house.library.tables.calendar, now=now).of(
            wish.filter(visitor, now), months
        )
    return pages_of(request).page(
        request,
        "figures.html",
        wish=wish,
        odd=read.odd,
        figures=figures,
        Figure=Figure,
        replace=replace,
        ages=list(AGES),
        open_now=replace(wish, received_from=None, received_to=None),
        months={month.name: month for month in months},
        month_wishes={month.name: _of_month(wish, month) for month in months},
        periods=periods_of(_today(house)),
        offices=answering_offices(house),
    )


@router.get("/table", name="figures_table")
def figures_table(house: InHouse, visitor: SignedIn, read: Wished) -> Response:
    """The requests behind the figures as an Excel file, a row each."""
    wish, now, say = read.wish, house.clock(), house.texts.say
    with house.database.reading() as session:
        figures = RequestFigures(session, house.library.tables.calendar, now=now)
        rows = [_row(house, one, now) for one in figures.rows(wish.filter(visitor, now))]
    heads = [say(f"figures.table_{name}") for name in COLUMNS]
    name = say("figures.table_name", start=f"{wish.received_from}", end=f"{wish.received_to}")
    return table_to_keep(table_file(heads, rows), name)


def periods_of(today: date) -> list[Period]:
    """The periods that are a press away, this month first."""
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    quarter = first.replace(month=first.month - (first.month - 1) % QUARTER)
    return [
        Period("month", first, today),
        Period("month_before", before, first - timedelta(days=1)),
        Period("quarter", quarter, today),
        Period("year", first.replace(month=1), today),
    ]


def _today(house: House) -> date:
    return house.clock().astimezone(VIETNAM).date()


def _months(wish: Wish) -> list[Span]:
    """The months that a period touches; none where they are too many."""
    if wish.received_from is None or wish.received_to is None:
        return []
    months: list[Span] = []
    first = wish.received_from.replace(day=1)
    while first <= wish.received_to and len(months) <= MOST_MONTHS:
        following = (first + timedelta(days=31)).replace(day=1)
        months.append(Span(f"{first:%m/%Y}", _midnight(first), _midnight(following)))
        first = following
    return months if len(months) <= MOST_MONTHS else []


def _of_month(wish: Wish, month: Span) -> Wish:
    """The wish for the part of its period that lies in a month."""
    start = month.start.astimezone(VIETNAM).date()
    end = month.end.astimezone(VIETNAM).date() - timedelta(days=1)
    return replace(
        wish,
        received_from=max(start, wish.received_from or start),
        received_to=min(end, wish.received_to or end),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)


def _row(house: House, one: FigureRow, now: datetime) -> list[Cell]:
    request, knowledge, say = one.request, house.library.current, house.texts.say
    firm = request.enterprise.tax_code if request.enterprise and request.enterprise.tax_code else ""
    counted = answer_of(_Counted(one), now=now)
    return [
        request.code,
        _written(request.created_at),
        knowledge.office(request.office).short,
        knowledge.topic(request.topic).title,
        say(f"figures.kind_{request.kind}"),
        say(f"figures.origin_{request.conversation.channel}"),
        request.enterprise_name or discreet(firm) if firm else "",
        request.officer.full_name if request.officer else "",
        say(f"figures.state_{request.state}"),
        _written(request.promised_at),
        _written(request.first_reply_at),
        say(f"figures.answer_{counted}"),
        _written(request.closed_at),
        say(f"figures.ending_{request.ending}") if request.ending else "",
        _in_hours(one.first_answer),
        _in_hours(one.closing),
        request.rating,
        one.moves,
    ]


class _Counted:
    """A row as the rules of figures look at it."""

    def __init__(self, one: FigureRow) -> None:
        self.state = one.request.state
        self.ending = one.request.ending
        self.created_at = one.request.created_at
        self.promised_at = one.request.first_answer_due
        self.first_reply_at = one.request.first_reply_at
        self.rating = one.request.rating
        self.corrected = one.moves > 0


def _written(instant: datetime | None) -> str:
    return f"{instant.astimezone(VIETNAM):%Y-%m-%d %H:%M}" if instant is not None else ""


def _in_hours(passed: timedelta | None) -> float | None:
    return round(passed.total_seconds() / MINUTES_OF_AN_HOUR**2, 2) if passed is not None else None
