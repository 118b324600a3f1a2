"""Signed-in browsers."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.services.staff.sessions import IDLE, LONGEST, SessionService, session_mark
from bot.storage.models import Officer, OfficerSession
from tests.support.data.seed import Seed

MINUTE = timedelta(minutes=1)


@pytest.fixture
def lan(session: Session, now: datetime) -> Officer:
    seed = Seed(session, now)
    SessionService(session).open(seed.officer("noise"), now=now)
    return seed.officer("lan")


@pytest.fixture
def service(session: Session) -> SessionService:
    return SessionService(session)


def test_a_token_opens_its_session_and_is_not_kept(
    service: SessionService, session: Session, lan: Officer, now: datetime
) -> None:
    token = service.open(lan, now=now)
    found = service.find(token, now=now)
    assert found is not None
    assert found.officer is lan
    assert token not in (found.token_hash, found.csrf_token)
    assert service.find("other", now=now) is None


def test_an_idle_session_dies(service: SessionService, lan: Officer, now: datetime) -> None:
    token = service.open(lan, now=now)
    assert service.find(token, now=now + IDLE) is None
    assert service.find(token, now=now) is None


def test_pages_keep_a_session_alive_and_watching_does_not(
    service: SessionService, lan: Officer, now: datetime
) -> None:
    used, watched = service.open(lan, now=now), service.open(lan, now=now)
    for minutes in range(0, 90, 10):
        service.find(used, now=now + minutes * MINUTE)
        service.find(watched, now=now + minutes * MINUTE, touch=False)
    assert service.find(used, now=now + 91 * MINUTE) is not None
    assert service.find(watched, now=now + 91 * MINUTE) is None


def test_no_session_lives_longer_than_twelve_hours(
    service: SessionService, lan: Officer, now: datetime
) -> None:
    token = service.open(lan, now=now)
    at = now
    while at + 30 * MINUTE < now + LONGEST:
        at += 30 * MINUTE
        assert service.find(token, now=at) is not None
    assert service.find(token, now=now + LONGEST) is None


def test_reading_writes_the_time_at_most_once_a_minute(
    service: SessionService, lan: Officer, now: datetime
) -> None:
    token = service.open(lan, now=now)
    found = service.find(token, now=now + timedelta(seconds=59))
    assert found is not None
    assert found.last_seen_at == now


def test_a_disabled_person_has_no_session(
    service: SessionService, lan: Officer, now: datetime
) -> None:
    token = service.open(lan, now=now)
    lan.active = False
    assert service.find(token, now=now) is None


def test_signing_out_ends_one_browser(service: SessionService, lan: Officer, now: datetime) -> None:
    here, there = service.open(lan, now=now), service.open(lan, now=now)
    service.close(here)
    assert service.find(here, now=now) is None
    assert service.find(there, now=now) is not None


def test_opening_sweeps_what_has_expired(
    service: SessionService, session: Session, lan: Officer, now: datetime
) -> None:
    service.open(lan, now=now)
    service.open(lan, now=now + LONGEST)
    assert session.scalar(select(func.count()).select_from(OfficerSession)) == 1


@pytest.mark.parametrize("back", [timedelta(minutes=30), timedelta(hours=8)])
def test_a_clock_set_back_signs_nobody_out_and_lengthens_no_session(
    service: SessionService, session: Session, lan: Officer, now: datetime, back: timedelta
) -> None:
    token = service.open(lan, now=now)
    found = service.find(token, now=now - back)
    assert found is not None
    session.flush()
    assert service.find(token, now=now - back + LONGEST) is None


def test_a_session_of_a_year_that_has_not_come_is_none(
    service: SessionService, lan: Officer, now: datetime
) -> None:
    token = service.open(lan, now=now + timedelta(days=365))
    assert service.find(token, now=now) is None


def test_a_person_has_the_living_ones_last_seen_first_with_their_places(
    service: SessionService, session: Session, lan: Officer, now: datetime
) -> None:
    old, fresh = service.open(lan, now=now), service.open(lan, now=now)
    other = Seed(session, now, seed=5).officer("khac")
    service.open(other, now=now)
    later = now + timedelta(minutes=30)
    service.note_place(fresh, "192.0.2.1" * 10, "Firefox/140")
    service.find(fresh, now=later)
    session.flush()
    living = service.living(lan.id, now=later)
    assert [one.agent for one in living] == ["Firefox/140", ""]
    assert len(living[0].address) == 60
    assert service.find(old, now=later) is not None
    assert len(service.living(lan.id, now=now + IDLE + timedelta(minutes=29))) == 2
    assert service.living(lan.id, now=now + LONGEST) == []


def test_one_is_ended_by_its_mark_and_nobody_elses(
    service: SessionService, session: Session, lan: Officer, now: datetime
) -> None:
    other = Seed(session, now, seed=5).officer("khac")
    first, second, foreign = (service.open(one, now=now) for one in (lan, lan, other))
    marks = {}
    for token in (first, second, foreign):
        found = service.find(token, now=now)
        assert found is not None
        marks[token] = session_mark(found.csrf_token)
    service.close_marked(lan.id, marks[foreign])
    service.close_marked(lan.id, "")
    service.close_marked(lan.id, marks[first])
    session.flush()
    assert service.find(first, now=now) is None
    assert service.find(second, now=now) is not None
    assert service.find(foreign, now=now) is not None
    third = service.open(lan, now=now)
    service.close_others(lan.id, third)
    assert service.find(second, now=now) is None
    assert service.find(third, now=now) is not None
    assert service.find(foreign, now=now) is not None
