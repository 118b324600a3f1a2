"""The head's figures: each is as long as the list behind it, and what a plain count comes to."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.clock import VIETNAM
from bot.domain.office.office_time import DEFAULT_SESSIONS, OfficeCalendar
from bot.domain.requests.closing import ASIDE, Ending
from bot.domain.requests.figures import Figure, age_of, is_counted
from bot.domain.requests.request import RequestState, Step
from bot.services.figures.request_figures import ALL, Line, RequestFigures, Span
from bot.services.requests.request_filter import RequestFilter
from bot.services.requests.request_history import RequestHistory
from bot.services.requests.request_list import RequestList
from bot.storage.database import Database
from bot.storage.models import Request
from tests.support.data.seed import Seed

TOPICS = ("quy_chuan", "ma_so_ma_vach")
OFFICES = ("tdc", "shtt")


class Workdays:
    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day.weekday() < 5


CALENDAR = OfficeCalendar(Workdays(), DEFAULT_SESSIONS)


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@dataclass(frozen=True)
class Plain:
    """A request as this test made it, apart from the database."""

    id: int
    office: str
    topic: str
    state: str
    ending: str | None
    created_at: datetime
    promised_at: datetime
    first_reply_at: datetime | None
    closed_at: datetime | None
    rating: int | None
    corrected: bool


def at_random(session: Session, now: datetime, count: int, seed: int) -> list[Plain]:
    dice, maker = random.Random(seed), Seed(session, now, seed=seed)
    officer = maker.officer()
    return [_one(session, maker, officer, dice, now) for _ in range(count)]


def _one(
    session: Session, maker: Seed, officer: object, dice: random.Random, now: datetime
) -> Plain:
    request = maker.request(office=dice.choice(OFFICES), topic=dice.choice(TOPICS))
    request.created_at = now - timedelta(minutes=dice.randrange(0, 120 * 24 * 60))
    request.promised_at = request.created_at + timedelta(hours=dice.choice((2, 30, 4000)))
    request.state = dice.choice(list(RequestState))
    if dice.random() < 0.2:
        request.counted_promise_at = request.created_at + timedelta(hours=2)
    if dice.random() < 0.6:
        request.first_reply_at = min(
            now, dice.choice((request.promised_at, request.created_at + timedelta(hours=31)))
        )
    if request.state == RequestState.CLOSED:
        request.closed_at = min(now, request.created_at + timedelta(hours=50))
        request.ending = dice.choice((None, *Ending))
        if dice.random() < 0.7 and request.ending != Ending.SILENT:
            request.solved_at = request.closed_at
        request.rating = dice.choice((None, 1, 2, 3, 5))
    history, corrected = RequestHistory(session), dice.random() < 0.3
    if corrected:
        kind = dice.choice((Step.TRANSFERRED, Step.TOPIC_CORRECTED))
        history.note(request, kind, officer, detail="x → y: z", now=now)
    elif dice.random() < 0.3:
        # The house moved it, for its office was gone: nobody's guess was wrong.
        history.note(request, Step.TRANSFERRED, None, detail="x → y: z", now=now)
    session.flush()
    return Plain(
        request.id,
        request.office,
        request.topic,
        request.state,
        request.ending,
        request.created_at,
        request.first_answer_due,
        request.first_reply_at,
        request.closed_at,
        request.rating,
        corrected,
    )


def months_of(now: datetime) -> list[Span]:
    local = now.astimezone(VIETNAM).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    months = []
    for _ in range(3):
        following = (local + timedelta(days=31)).replace(day=1)
        months.insert(0, Span(f"{local:%m/%Y}", local, following))
        local = (local - timedelta(days=1)).replace(day=1)
    return months


def check(line: Line, of_it: list[Plain], now: datetime) -> None:
    """A line against a count by hand."""
    for figure in Figure:
        assert line.counts[figure] == sum(is_counted(one, figure, now=now) for one in of_it)
    received = [one for one in of_it if one.ending not in ASIDE]
    stars = [one.rating for one in received if one.rating is not None]
    assert line.stars == (pytest.approx(sum(stars) / len(stars)) if stars else None)
    for told, until in (
        (line.first_answer, lambda one: one.first_reply_at),
        (line.closing, lambda one: one.closed_at if one.ending != Ending.SILENT else None),
    ):
        passed = [
            CALENDAR.working_time(one.created_at, until(one)).total_seconds()
            for one in received
            if until(one) is not None
        ]
        seconds = told.total_seconds() if told is not None else None
        assert seconds == (pytest.approx(median(passed)) if passed else None)


@pytest.mark.parametrize("seed", [1, 2])
def test_each_number_is_as_long_as_its_list_and_as_a_count_by_hand(
    session: Session, now: datetime, seed: int
) -> None:
    made, months = at_random(session, now, 40, seed), months_of(now)
    start = months[0].start
    wanted = RequestFilter(received_from=start, received_before=now + timedelta(days=1), at=now)
    figures = RequestFigures(session, CALENDAR, now=now).of(wanted, months)
    within = [one for one in made if one.created_at >= start]
    assert 0 < len(within) < len(made)

    def listed(asked: RequestFilter) -> int:
        return len(RequestList(session).page(asked, limit=1000))

    def compare(
        lines: dict[str, Line], of: Callable[[Plain], str], narrow: Callable[[str], RequestFilter]
    ) -> None:
        assert set(lines) == {of(one) for one in within}
        for name, line in lines.items():
            check(line, [one for one in within if of(one) == name], now)
            for figure in Figure:
                assert line.counts[figure] == listed(replace(narrow(name), figure=figure))

    by_name = {month.name: month for month in months}
    compare({ALL: figures.total}, lambda _: ALL, lambda _: wanted)
    compare(
        dict(figures.offices),
        lambda one: one.office,
        lambda name: replace(wanted, offices=frozenset({name})),
    )
    compare(dict(figures.topics), lambda one: one.topic, lambda name: replace(wanted, topic=name))
    compare(
        dict(figures.months),
        lambda one: f"{one.created_at.astimezone(VIETNAM):%m/%Y}",
        lambda name: replace(
            wanted, received_from=by_name[name].start, received_before=by_name[name].end
        ),
    )
    for age, count in figures.ages.items():
        still_open = [one for one in made if one.state != RequestState.CLOSED]
        assert count == sum(age_of(one, now=now) is age for one in still_open)
        assert count == listed(RequestFilter(figure=Figure.OPEN, age=age, at=now))
    assert sum(figures.ages.values()) > 0
    rows = RequestFigures(session, CALENDAR, now=now).rows(wanted)
    assert [row.request.id for row in rows] == sorted(one.id for one in within)
    assert [row.moves > 0 for row in rows] == [
        one.corrected for one in sorted(within, key=lambda one: one.id)
    ]


def test_nothing_received_is_nothing_told(session: Session, now: datetime) -> None:
    wanted = RequestFilter(received_from=now, received_before=now, at=now)
    figures = RequestFigures(session, CALENDAR, now=now).of(wanted, [])

    assert set(figures.total.counts.values()) == {0}
    assert figures.total.share(Figure.IN_TIME, Figure.LATE) is None
    assert (figures.total.stars, figures.total.first_answer) == (None, None)
    assert figures.offices == figures.months == {}
    assert session.scalars(select(Request)).all() == []
