"""Browsers are known by a cookie of one token a person."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.services.staff.known_devices import (
    BETWEEN,
    LIFE,
    MOST_IN_A_BROWSER,
    MOST_OF_A_PERSON,
    KnownDevices,
)
from bot.services.staff.officers import OfficerService
from bot.storage.database import Database
from bot.storage.models import KnownDevice, Officer
from tests.support.data.seed import Seed


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def people(session: Session, now: datetime) -> list[Officer]:
    seed = Seed(session, now)
    return [seed.officer() for _ in range(MOST_IN_A_BROWSER + 2)]


@pytest.fixture
def devices(session: Session) -> KnownDevices:
    return KnownDevices(session)


def test_a_shared_browser_is_known_for_the_last_who_used_it(
    devices: KnownDevices, people: list[Officer], now: datetime
) -> None:
    cookie = ""
    for person in people:
        cookie = devices.remember(cookie, person.id, now=now)
    known = [devices.find(cookie, person.id, now=now) is not None for person in people]
    assert known == [False, False] + [True] * MOST_IN_A_BROWSER


def test_each_sign_in_draws_a_new_token_and_the_old_one_is_worth_nothing(
    devices: KnownDevices, people: list[Officer], now: datetime
) -> None:
    lan, minh = people[:2]
    first = devices.remember(devices.remember("", minh.id, now=now), lan.id, now=now)
    second = devices.remember(first, lan.id, now=now)
    stolen, *_ = first.split(BETWEEN)
    assert devices.find(stolen, lan.id, now=now) is None
    assert devices.find(second, lan.id, now=now) is not None
    assert devices.find(second, minh.id, now=now) is not None


def test_a_browser_is_forgotten_after_half_a_year_without_a_sign_in(
    devices: KnownDevices, people: list[Officer], session: Session, now: datetime
) -> None:
    lan, minh = people[:2]
    cookie = devices.remember("", lan.id, now=now)
    assert devices.find(cookie, lan.id, now=now + LIFE - timedelta(seconds=1)) is not None
    assert devices.find(cookie, lan.id, now=now + LIFE) is None
    devices.remember("", minh.id, now=now + LIFE)
    assert session.scalar(select(func.count()).select_from(KnownDevice)) == 1


def test_a_person_has_so_many_browsers_and_the_oldest_is_forgotten(
    devices: KnownDevices, people: list[Officer], now: datetime
) -> None:
    lan, minh = people[:2]
    others = devices.remember("", minh.id, now=now)
    cookies = [
        devices.remember("", lan.id, now=now + timedelta(minutes=number))
        for number in range(MOST_OF_A_PERSON + 1)
    ]
    later = now + timedelta(hours=1)
    assert devices.find(cookies[0], lan.id, now=later) is None
    assert all(devices.find(cookie, lan.id, now=later) for cookie in cookies[1:])
    assert devices.find(others, minh.id, now=later) is not None


def test_a_clock_that_ran_ahead_pushes_no_browser_out(
    devices: KnownDevices, people: list[Officer], now: datetime
) -> None:
    lan = people[0]
    for _ in range(MOST_OF_A_PERSON):
        devices.remember("", lan.id, now=now + timedelta(days=365))
    first, second = (devices.remember("", lan.id, now=now) for _ in range(2))
    assert devices.find(first, lan.id, now=now) is not None
    assert devices.find(second, lan.id, now=now) is not None


def test_who_is_locked_out_is_known_nowhere(
    devices: KnownDevices, people: list[Officer], session: Session, now: datetime
) -> None:
    cookie = devices.remember("", people[0].id, now=now)
    OfficerService(session).disable(people[0])
    assert devices.find(cookie, people[0].id, now=now) is None


@pytest.mark.parametrize(
    "cookie", ["", ".", "..x..", "é", "\x00", "a" * 9000, "." * 500, "a.b.c.d.e.f"]
)
def test_a_cookie_of_any_shape_is_no_known_browser(
    devices: KnownDevices, people: list[Officer], now: datetime, cookie: str
) -> None:
    assert devices.find(cookie, people[0].id, now=now) is None
    fresh = devices.remember(cookie, people[0].id, now=now)
    assert devices.find(fresh, people[0].id, now=now) is not None


def test_only_the_hash_of_a_token_is_kept(
    devices: KnownDevices, people: list[Officer], session: Session, now: datetime
) -> None:
    cookie = devices.remember("", people[0].id, now=now)
    assert cookie not in session.scalars(select(KnownDevice.token_hash)).all()
