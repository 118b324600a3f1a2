"""Cases of who is away go on with somebody, once; what lies too long goes back to the queue."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.domain.office.absence import Handing
from bot.domain.requests.request import RequestState
from bot.knowledge.library import Library
from bot.services.assigning.handing_over import HandingOver
from bot.services.staff.absences import AbsenceService
from bot.services.staff.presence import people_at_work
from bot.storage.models import Absence, Message, Officer, Request
from bot.texts import default_texts
from tests.support.data.cases import cases
from tests.support.data.seed import Seed


@pytest.fixture
def handing(session: Session, library: Library) -> HandingOver:
    return HandingOver(session, default_texts(), library)


def away(
    seed: Seed, officer: Officer, how: Handing, substitute: Officer | None = None, *, ahead: int = 0
) -> Absence:
    first_day = seed.now.date() + timedelta(ahead)
    return AbsenceService(seed.session).write(
        officer, officer, first_day=first_day, last_day=first_day + timedelta(2), handing=how,
        substitute=substitute, now=seed.now,
    )  # fmt: skip


def held(seed: Seed, officer: Officer) -> Request:
    request = seed.request()
    cases(seed.session).claim(request.id, officer, now=seed.now)
    return request


def last_word(seed: Seed, request: Request) -> str:
    query = select(Message.text).where(Message.request_id == request.id).order_by(Message.id.desc())
    return seed.session.scalars(query).first() or ""


def test_who_stands_in_goes_on_with_the_cases_and_gets_them_once(
    handing: HandingOver, seed: Seed, lan: Officer, minh: Officer
) -> None:
    request = held(seed, lan)
    absence = away(seed, lan, Handing.SUBSTITUTE, minh)
    assert handing.absences(now=seed.now) == [absence.id]
    assert handing.hand_over(absence.id, now=seed.now) == [request]
    assert request.officer_id == minh.id
    assert "thay đồng nghiệp" in last_word(seed, request)

    later = held(seed, lan)
    assert handing.absences(now=seed.now) == []
    assert handing.hand_over(absence.id, now=seed.now) == []
    assert later.officer_id == lan.id


@pytest.mark.parametrize("why", ["queue", "substitute away", "substitute locked"])
def test_without_anybody_who_stands_in_they_wait_in_the_queue(
    handing: HandingOver, seed: Seed, lan: Officer, minh: Officer, why: str
) -> None:
    request = held(seed, lan)
    how = Handing.QUEUE if why == "queue" else Handing.SUBSTITUTE
    absence = away(seed, lan, how, minh)
    if why == "substitute away":
        away(seed, minh, Handing.KEEP)
    minh.active = why != "substitute locked"
    handing.hand_over(absence.id, now=seed.now)
    assert (request.officer_id, request.state) == (None, RequestState.NEW)
    assert "một cán bộ khác" in last_word(seed, request)


@pytest.mark.parametrize("why", ["kept", "ahead", "taken back", "over"])
def test_nothing_changes_hands_before_behind_or_without_an_absence(
    handing: HandingOver, seed: Seed, lan: Officer, why: str
) -> None:
    request = held(seed, lan)
    how = Handing.KEEP if why == "kept" else Handing.QUEUE
    absence = away(seed, lan, how, ahead=1 if why == "ahead" else 0)
    now = seed.now + timedelta(days=3 if why == "over" else 0)
    if why == "taken back":
        AbsenceService(seed.session).take_back(absence, now=seed.now)
        seed.session.flush()
    assert handing.absences(now=now) == []
    assert handing.hand_over(absence.id, now=now) == []
    assert request.officer_id == lan.id


def test_who_is_away_counts_as_nobody_at_work_and_comes_back_by_herself(
    session: Session, seed: Seed, lan: Officer, minh: Officer
) -> None:
    absences = AbsenceService(session)
    away(seed, lan, Handing.KEEP)
    assert [one.id for one in people_at_work(session, "tdc", now=seed.now)] == [minh.id]
    assert absences.empty_offices(now=seed.now) == []
    away(seed, minh, Handing.KEEP)
    assert absences.empty_offices(now=seed.now) == ["tdc"]
    back = seed.now + timedelta(days=3)
    assert people_at_work(session, "tdc", now=back) == [lan, minh]
    assert absences.ahead(now=back) == []


def letting_lie(library: Library, hours: float) -> Library:
    """The tables with cases that go back after some hours."""
    tables = library.tables
    measures = replace(tables.routing.measures, back_after=timedelta(hours=hours))
    routing = replace(tables.routing, measures=measures)
    changed = SimpleNamespace(current=library.current, tables=replace(tables, routing=routing))
    return cast("Library", changed)


def test_what_was_taken_and_left_goes_back_once_its_hours_are_over(
    session: Session, seed: Seed, lan: Officer, library: Library, now: datetime
) -> None:
    handing = HandingOver(session, default_texts(), letting_lie(library, 4))
    left, answered = held(seed, lan), held(seed, lan)
    cases(session).reply(answered.id, lan, "Dạ", cause="form:1", now=seed.now)
    # From nine: two and a half hours before noon, one and a half behind it.
    due = now.replace(hour=15)
    assert handing.forgotten(now=due - timedelta(minutes=1)) == []
    assert handing.forgotten(now=due) == [left.id]
    assert handing.put_back(left.id, now=due) is left
    assert (left.officer_id, answered.officer_id) == (None, lan.id)
    assert handing.put_back(left.id, now=due) is None


def test_as_it_is_delivered_nothing_goes_back_by_itself(
    handing: HandingOver, seed: Seed, lan: Officer
) -> None:
    held(seed, lan)
    assert handing.forgotten(now=seed.now + timedelta(days=60)) == []
