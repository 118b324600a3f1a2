"""Signing in and the first administrator's link."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.roles import Role
from bot.services.officers import OfficerService
from bot.services.sessions import SessionService
from bot.services.setup import SetupRefused, SetupService
from bot.services.sign_in import (
    FAILURES_OF_A_USER,
    FAILURES_OF_AN_ADDRESS,
    WINDOW,
    SignInRefused,
    SignInService,
    sign_in,
)
from bot.storage.database import Database
from bot.storage.models import Officer, SetupLink, SignInAttempt
from tests.support.seed import PASSWORD, Seed

HOME = "192.0.2.1"


@pytest.fixture
def people(database: Database, now: datetime) -> Database:
    with database.transaction() as session:
        seed = Seed(session, now)
        seed.officer("lan")
        seed.officer("minh")
        OfficerService(session).disable(seed.officer("nghi.viec"))
    return database


def fail(database: Database, username: str, now: datetime, address: str = HOME) -> str:
    with pytest.raises(SignInRefused) as refused:
        sign_in(database, username, "sai mat khau roi", address=address, now=now)
    return refused.value.reason


def test_the_right_password_opens_a_session(people: Database, now: datetime) -> None:
    token = sign_in(people, " LAN ", PASSWORD, address=HOME, now=now)
    with people.transaction() as session:
        found = SessionService(session).find(token, now=now)
        assert found is not None
        assert found.officer.username == "lan"
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


@pytest.mark.parametrize("username", ["lan", "khong.co", "nghi.viec", ""])
def test_every_wrong_entry_reads_the_same(people: Database, now: datetime, username: str) -> None:
    assert fail(people, username, now) == "wrong"


def test_a_disabled_person_stays_out_with_the_right_password(
    people: Database, now: datetime
) -> None:
    with pytest.raises(SignInRefused, match="wrong"):
        sign_in(people, "nghi.viec", PASSWORD, address=HOME, now=now)


@pytest.mark.parametrize("username", ["lan", "khong.co"])
def test_after_five_failures_a_user_waits_known_or_not(
    people: Database, now: datetime, username: str
) -> None:
    reasons = [fail(people, username, now, f"192.0.2.{n}") for n in range(FAILURES_OF_A_USER + 1)]
    assert reasons == ["wrong"] * FAILURES_OF_A_USER + ["wait"]


def test_the_right_password_waits_too_and_opens_after_the_window(
    people: Database, now: datetime
) -> None:
    for _ in range(FAILURES_OF_A_USER):
        fail(people, "lan", now)
    with pytest.raises(SignInRefused, match="wait"):
        sign_in(people, "lan", PASSWORD, address=HOME, now=now + WINDOW - timedelta(seconds=1))
    assert sign_in(people, "lan", PASSWORD, address=HOME, now=now + WINDOW)


def test_an_address_that_guesses_many_users_waits(people: Database, now: datetime) -> None:
    for number in range(FAILURES_OF_AN_ADDRESS):
        with people.transaction() as session:
            SignInService(session).count_try(f"doan-{number}", HOME, now=now)
    assert fail(people, "minh", now) == "wait"
    assert sign_in(people, "minh", PASSWORD, address="198.51.100.7", now=now)


def test_success_forgets_the_users_failures_but_not_the_address(
    people: Database, now: datetime
) -> None:
    for _ in range(FAILURES_OF_A_USER - 1):
        fail(people, "lan", now)
    sign_in(people, "lan", PASSWORD, address=HOME, now=now)
    assert fail(people, "lan", now) == "wrong"
    with people.transaction() as session:
        count = select(func.count()).select_from(SignInAttempt)
        assert session.scalar(count.where(SignInAttempt.subject == f"address:{HOME}")) == 5
        assert session.scalar(count.where(SignInAttempt.subject == "user:lan")) == 1


def test_an_outdated_hash_is_made_anew(people: Database, now: datetime) -> None:
    from argon2 import PasswordHasher  # noqa: PLC0415

    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with people.transaction() as session:
        session.scalars(select(Officer).where(Officer.username == "lan")).one().password_hash = old
    sign_in(people, "lan", PASSWORD, address=HOME, now=now)
    with people.transaction() as session:
        kept = session.scalars(select(Officer.password_hash).where(Officer.username == "lan")).one()
    assert kept != old


# — the first administrator —


def use(database: Database, token: str, now: datetime) -> None:
    with database.transaction() as session:
        SetupService(session).use(
            token, username="quan.tri", full_name="A", office="tdc", password=PASSWORD, now=now
        )


def link(database: Database, now: datetime) -> str:
    with database.transaction() as session:
        token = SetupService(session).new_link(now=now)
    assert token is not None
    return token


def test_a_link_makes_one_administrator_and_dies(people: Database, now: datetime) -> None:
    token = link(people, now)
    use(people, token, now)
    with pytest.raises(SetupRefused):
        use(people, token, now)
    with people.transaction() as session:
        made = OfficerService(session).by_username("quan.tri")
        assert made is not None
        assert made.role == Role.ADMINISTRATOR
        assert SetupService(session).new_link(now=now) is None


def test_a_new_link_kills_the_earlier_one(people: Database, now: datetime) -> None:
    first, second = link(people, now), link(people, now)
    with pytest.raises(SetupRefused):
        use(people, first, now)
    use(people, second, now)


def test_a_link_lives_seven_days(people: Database, now: datetime) -> None:
    token = link(people, now)
    with pytest.raises(SetupRefused):
        use(people, token, now + timedelta(days=7))


def test_a_link_dies_once_an_administrator_came_another_way(
    people: Database, now: datetime
) -> None:
    token = link(people, now)
    with people.transaction() as session:
        Seed(session, now).officer("cli", role=Role.ADMINISTRATOR)
    with pytest.raises(SetupRefused):
        use(people, token, now)


def test_only_the_hash_of_a_link_is_kept(people: Database, now: datetime) -> None:
    token = link(people, now)
    with people.transaction() as session:
        assert token not in session.scalars(select(SetupLink.token_hash)).all()
