"""The figures of requests: counted by the rule that also lists them, timed in office time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func, literal, select, text
from sqlalchemy.orm import Session

from bot.domain.office.office_hours import OfficeHours
from bot.domain.office.office_time import OfficeCalendar
from bot.domain.requests.closing import Ending
from bot.domain.requests.figures import Age, Figure
from bot.services.requests.request_filter import (
    CORRECTIONS,
    RequestFilter,
    filtered,
    is_aged,
    is_of,
    origin,
)
from bot.services.requests.request_list import SHOWN_WITH_A_REQUEST
from bot.storage.models import Request, RequestEvent

_BY_PART = text("part")
"""By name: PostgreSQL takes two renderings of an expression with parameters for two."""

ALL = ""
"""The name of the line that is of everything."""


@dataclass(frozen=True)
class Line:
    """The figures of all requests of a period, or those of one office, topic or month.

    `first_answer`, `closing`: medians of the office time from the filing on; None without any.
    `stars`: the mean of the ratings.
    """

    counts: Mapping[Figure, int]
    stars: float | None = None
    first_answer: timedelta | None = None
    closing: timedelta | None = None

    def share(self, part: Figure, *others: Figure) -> int | None:
        """Percent of a figure among itself and others; None where there is nothing to share."""
        whole = self.counts[part] + sum(self.counts[one] for one in others)
        return round(100 * self.counts[part] / whole) if whole else None


@dataclass(frozen=True)
class Span:
    """One month of a period: its name, and where it begins and ends."""

    name: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Figures:
    """Lines by the ids of offices and topics, names of months, and channels by which requests came.

    `ages`: of what is open.
    """

    total: Line
    offices: Mapping[str, Line]
    topics: Mapping[str, Line]
    months: Mapping[str, Line]
    origins: Mapping[str, Line]
    ages: Mapping[Age, int]


class RequestFigures:
    """Counts what a filter wants. `now`: as things stand then."""

    def __init__(self, session: Session, calendar: OfficeCalendar, *, now: datetime) -> None:
        self._session = session
        self._calendar = calendar
        self._now = now

    def of(self, wanted: RequestFilter, months: Sequence[Span]) -> Figures:
        """Every line of the page; what is open is counted whenever it was received."""
        timed = self._times(wanted, months)
        parts: dict[str, SQLColumnExpression[str]] = {
            "total": literal(ALL),
            "office": Request.office,
            "topic": Request.topic,
            "month": _month(months),
            "origin": origin(),
        }
        total, offices, topics, by_month, origins = (
            self._lines(wanted, part, timed[name]) for name, part in parts.items()
        )
        return Figures(
            total=total.get(ALL, Line(dict.fromkeys(Figure, 0))),
            offices=offices,
            topics=topics,
            months=by_month,
            origins=origins,
            ages=self._ages(replace(wanted, received_from=None, received_before=None)),
        )

    def rows(self, wanted: RequestFilter) -> list["FigureRow"]:
        """One row a request, oldest first, with its times in office time."""
        query = select(Request, _moves()).options(*SHOWN_WITH_A_REQUEST).order_by(Request.id)
        found = self._session.execute(filtered(query, wanted)).all()
        hours = self._hours(request.created_at for request, _ in found)
        return [
            FigureRow(
                request,
                moves,
                _passed(hours, request.created_at, request.first_reply_at),
                _passed(hours, request.created_at, _solved(request)),
            )
            for request, moves in found
        ]

    def _lines(
        self,
        wanted: RequestFilter,
        part: SQLColumnExpression[str],
        times: Mapping[str, "Times"],
    ) -> dict[str, Line]:
        columns = [_count(is_of(figure, self._now)) for figure in Figure]
        stars = func.avg(case((is_of(Figure.RATED, self._now), Request.rating)))
        query = select(part.label("part"), stars, *columns).group_by(_BY_PART)
        lines = {}
        for name, mean, *counts in self._session.execute(filtered(query, wanted)):
            of_it = times.get(name, Times())
            lines[name] = Line(
                dict(zip(Figure, map(int, counts), strict=True)),
                float(mean) if mean is not None else None,
                of_it.first_answer,
                of_it.closing,
            )
        return lines

    def _ages(self, wanted: RequestFilter) -> dict[Age, int]:
        columns = [_count(is_aged(age, self._now)) for age in Age]
        query = select(*columns).select_from(Request).where(is_of(Figure.OPEN, self._now))
        counts = self._session.execute(filtered(query, wanted)).one()
        return {age: int(count or 0) for age, count in zip(Age, counts, strict=True)}

    def _times(
        self, wanted: RequestFilter, months: Sequence[Span]
    ) -> dict[str, dict[str, "Times"]]:
        """The medians of each line, by the part and the name of the line."""
        query = select(
            Request.office,
            Request.topic,
            _month(months),
            origin(),
            Request.created_at,
            Request.first_reply_at,
            Request.solved_at,
            Request.closed_at,
            Request.ending,
        ).where(is_of(Figure.RECEIVED, self._now))
        found = self._session.execute(filtered(query, wanted)).all()
        hours = self._hours(row[4] for row in found)
        answers: dict[tuple[str, str], list[timedelta]] = defaultdict(list)
        closings: dict[tuple[str, str], list[timedelta]] = defaultdict(list)
        for office, topic, month, came_by, filed, answered, solved, closed, ending in found:
            parts = {"office": office, "topic": topic, "month": month, "origin": came_by}
            names = (("total", ALL), *parts.items())
            done = _solved_at(solved, closed, ending)
            for kept, until in ((answers, answered), (closings, done)):
                passed = _passed(hours, filed, until)
                if passed is not None:
                    for name in names:
                        kept[name].append(passed)
        times: dict[str, dict[str, Times]] = defaultdict(dict)
        for part, line in answers.keys() | closings.keys():
            of_it = Times(_median(answers[part, line]), _median(closings[part, line]))
            times[part][line] = of_it
        return times

    def _hours(self, filed: Iterable[datetime]) -> OfficeHours:
        return OfficeHours(self._calendar, min(filed, default=self._now), self._now)


@dataclass(frozen=True)
class Times:
    """The medians of one line."""

    first_answer: timedelta | None = None
    closing: timedelta | None = None


@dataclass(frozen=True)
class FigureRow:
    """A request as a row of the table. `moves`: how often somebody corrected matter or office."""

    request: Request
    moves: int
    first_answer: timedelta | None
    closing: timedelta | None


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _month(months: Sequence[Span]) -> ColumnElement[str]:
    """The name of the month of Vietnam in which a request was received."""
    if not months:
        return literal(ALL)
    *earlier, last = months
    names = [(Request.created_at < one.end, one.name) for one in earlier]
    return case(*names, else_=last.name) if names else literal(last.name)


def _moves() -> ColumnElement[int]:
    return (
        # Matter and office corrected in one step are one move.
        select(func.count(RequestEvent.created_at.distinct()))
        .select_from(RequestEvent)
        .where(
            RequestEvent.request_id == Request.id,
            RequestEvent.kind.in_(CORRECTIONS),
            RequestEvent.officer_id.is_not(None),
        )
        .correlate(Request)
        .scalar_subquery()
    )


def _solved(request: Request) -> datetime | None:
    return _solved_at(request.solved_at, request.closed_at, request.ending)


def _solved_at(
    solved_at: datetime | None, closed_at: datetime | None, ending: str | None
) -> datetime | None:
    """Of what was closed before solving was kept, the close; a silence solves nothing."""
    return solved_at or (closed_at if ending != Ending.SILENT else None)


def _passed(hours: OfficeHours, start: datetime, end: datetime | None) -> timedelta | None:
    return hours.between(start, end) if end is not None else None


def _median(times: Sequence[timedelta]) -> timedelta | None:
    if not times:
        return None
    return timedelta(seconds=median(one.total_seconds() for one in times))
