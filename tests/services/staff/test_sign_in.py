"""Signing in and the first administrator's link."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.console.people.signing_in import prove
from bot.domain.clock import CLOCK_SLACK
from bot.domain.office.roles import Role
from bot.services.staff.known_devices import KnownDevices
from bot.services.staff.officers import OfficerService
from bot.services.staff.sessions import SessionService
from bot.services.staff.setup import SetupRefused, SetupService
from bot.services.staff.sign_in import (
    FAILURES_OF_A_DEVICE,
    FAILURES_OF_A_PAIR,
    FAILURES_OF_A_USER,
    FAILURES_OF_AN_ADDRESS,
    LONG_WINDOW,
    WINDOW,
    SignInRefused,
    SignInService,
)
from bot.services.staff.tries import KEPT, MOST_ATTEMPTS
from bot.storage.database import Database
from bot.storage.models import Officer, SetupLink, SignInAttempt
from tests.support.data.seed import PASSWORD, Seed

HOME = "192.0.2.1"

TRACES_OF_A_TRY = 3
"""In a browser that is not known: of the pair, of the address, of the user."""

LOOK_AGAIN = 2
"""The transaction that opens the session, after the one that counts."""


@pytest.fixture
def people(database: Database, now: datetime) -> Database:
    with database.transaction() as session:
        seed = Seed(session, now)
        seed.officer("lan")
        seed.officer("minh")
        OfficerService(session).disable(seed.officer("nghi.viec"))
    return database


def sign_in(
    database: Database,
    username: str,
    password: str,
    *,
    address: str,
    now: datetime,
    device: str = "",
) -> str:
    """The token of the session that the right password opens."""
    return prove(
        database,
        username,
        password,
        lambda session, officer: SessionService(session).open(officer, now=now),
        address=address,
        now=now,
        device=device,
    )


def fail(database: Database, username: str, now: datetime, address: str = HOME) -> str:
    with pytest.raises(SignInRefused) as refused:
        sign_in(database, username, "sai mat khau roi", address=address, now=now)
    return refused.value.reason


def try_once(
    database: Database, username: str, now: datetime, *, address: str = HOME, device: str = ""
) -> str:
    """One guess up to where the password would be looked at."""
    try:
        with database.transaction() as session:
            SignInService(session).count_try(username, address, now=now, device=device)
    except SignInRefused as refused:
        return refused.reason
    return "counted"


def known(database: Database, username: str, now: datetime) -> str:
    """The cookie of a browser in which a person signed in before."""
    with database.transaction() as session:
        officer = OfficerService(session).by_username(username)
        assert officer is not None
        return KnownDevices(session).remember("", officer.id, now=now)


def failures(database: Database, kind: str) -> int:
    with database.transaction() as session:
        rows = session.scalars(select(SignInAttempt.subject)).all()
    return sum(row.startswith(f"{kind}:") for row in rows)


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
def test_after_five_failures_from_one_place_a_user_waits_there_known_or_not(
    people: Database, now: datetime, username: str
) -> None:
    reasons = [fail(people, username, now) for _ in range(FAILURES_OF_A_PAIR + 1)]
    assert reasons == ["wrong"] * FAILURES_OF_A_PAIR + ["wait"]


def test_the_right_password_waits_there_too_and_opens_after_the_window(
    people: Database, now: datetime
) -> None:
    for _ in range(FAILURES_OF_A_PAIR):
        fail(people, "lan", now)
    with pytest.raises(SignInRefused, match="wait"):
        sign_in(people, "lan", PASSWORD, address=HOME, now=now + WINDOW - timedelta(seconds=1))
    assert sign_in(people, "lan", PASSWORD, address=HOME, now=now + WINDOW)


def test_guesses_from_elsewhere_keep_nobody_out(people: Database, now: datetime) -> None:
    for number in range(8):
        for _ in range(FAILURES_OF_A_PAIR):
            try_once(people, "lan", now, address=f"198.51.100.{number}")
    assert sign_in(people, "lan", PASSWORD, address=HOME, now=now)


@pytest.mark.parametrize("username", ["lan", "khong.co"])
def test_a_guesser_with_many_addresses_gets_a_hundred_tries_an_hour(
    people: Database, now: datetime, username: str
) -> None:
    told = [
        try_once(people, username, now, address=f"198.51.{n // 250}.{n % 250}")
        for n in range(FAILURES_OF_A_USER + 5)
    ]
    assert told == ["counted"] * FAILURES_OF_A_USER + ["wait"] * 5
    later = now + LONG_WINDOW
    assert try_once(people, username, later, address="203.0.113.1") == "counted"


def test_a_known_browser_opens_however_much_others_guess(people: Database, now: datetime) -> None:
    device = known(people, "lan", now)
    for number in range(FAILURES_OF_A_USER):
        try_once(people, "lan", now, address=f"198.51.100.{number}")
    for number in range(FAILURES_OF_AN_ADDRESS):
        try_once(people, f"doan-{number}", now)
    assert try_once(people, "lan", now) == "wait"
    assert sign_in(people, "lan", PASSWORD, address=HOME, now=now, device=device)


def test_a_known_browser_has_a_limit_of_its_own(people: Database, now: datetime) -> None:
    device = known(people, "lan", now)
    told = [try_once(people, "lan", now, device=device) for _ in range(FAILURES_OF_A_DEVICE + 1)]
    assert told == ["counted"] * FAILURES_OF_A_DEVICE + ["wait"]
    assert sign_in(people, "lan", PASSWORD, address=HOME, now=now)


def test_a_browser_is_known_for_its_person_only(people: Database, now: datetime) -> None:
    device = known(people, "lan", now)
    for _ in range(FAILURES_OF_A_PAIR):
        try_once(people, "minh", now, device=device)
    assert try_once(people, "minh", now, device=device) == "wait"
    assert try_once(people, "lan", now, device=device) == "counted"


def test_an_address_that_guesses_many_users_waits(people: Database, now: datetime) -> None:
    for number in range(FAILURES_OF_AN_ADDRESS):
        try_once(people, f"doan-{number}", now)
    assert fail(people, "minh", now) == "wait"
    assert sign_in(people, "minh", PASSWORD, address="198.51.100.7", now=now)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.9", "192.0.2.9", True),
        ("192.0.2.9", "192.0.2.10", False),
        ("unknown", "unknown", True),
        ("fe80::1%eth0", "fe80::1%eth1", True),
    ],
)
def test_who_has_one_address_of_a_network_has_all_of_it(
    people: Database, now: datetime, one: str, other: str, *, same: bool
) -> None:
    for _ in range(FAILURES_OF_A_PAIR):
        try_once(people, "lan", now, address=one)
    assert (try_once(people, "lan", now, address=other) == "wait") == same


def test_success_forgets_what_failed_here_and_no_more(people: Database, now: datetime) -> None:
    for number in range(4):
        for _ in range(FAILURES_OF_A_PAIR - 1):
            try_once(people, "lan", now, address=f"192.0.2.{number + 1}")
    sign_in(people, "lan", PASSWORD, address=HOME, now=now)
    assert [try_once(people, "lan", now) for _ in range(FAILURES_OF_A_PAIR)] == (
        ["counted"] * FAILURES_OF_A_PAIR
    )
    for number in range(FAILURES_OF_A_USER):
        try_once(people, "lan", now, address=f"203.0.113.{number}")
    assert failures(people, "user") == FAILURES_OF_A_USER


def test_the_right_password_costs_nothing(people: Database, now: datetime) -> None:
    for _ in range(2 * FAILURES_OF_A_PAIR):
        sign_in(people, "lan", PASSWORD, address=HOME, now=now)
    with people.transaction() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 0


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(hours=3), timedelta(days=40)])
def test_a_clock_set_back_keeps_nobody_out(
    people: Database, now: datetime, back: timedelta
) -> None:
    for _ in range(FAILURES_OF_A_PAIR):
        try_once(people, "lan", now)
    assert sign_in(people, "lan", PASSWORD, address=HOME, now=now - back)
    assert try_once(people, "lan", now) == "counted"


def test_a_flood_from_everywhere_fills_no_disk(people: Database, now: datetime) -> None:
    with people.transaction() as session:
        session.add_all(
            SignInAttempt(id=1 + number * MOST_ATTEMPTS, subject=f"x:{number}", at=now)
            for number in range(3)
        )
    try_once(people, "lan", now)
    with people.transaction() as session:
        kept = session.scalars(select(SignInAttempt.subject)).all()
    assert "x:0" not in kept
    assert "x:2" in kept
    try_once(people, "lan", now + KEPT)
    with people.transaction() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == TRACES_OF_A_TRY


@pytest.mark.parametrize(
    "typed",
    ["a\x00b", "\ud83d", "x" * 200, "ß" * 5000, "lan\n", "", " ", "'; --", "٣lan", "ＬＡＮ"],
)
def test_whatever_is_typed_is_wrong_and_nothing_worse(
    any_database: Database, now: datetime, typed: str
) -> None:
    with any_database.transaction() as session:
        Seed(session, now).officer("minh")
    for username, password in ((typed, "sai mat khau roi"), ("minh", typed)):
        with pytest.raises(SignInRefused, match="wrong"):
            sign_in(any_database, username, password, address=typed, now=now)


def test_of_many_guesses_at_once_no_more_than_the_limit_are_looked_at(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        Seed(session, now).officer("lan")
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: try_once(any_database, "lan", now), range(24)))
    assert sorted(told) == ["counted"] * FAILURES_OF_A_PAIR + ["wait"] * (24 - FAILURES_OF_A_PAIR)


def test_a_password_that_is_reset_meanwhile_opens_nothing_and_does_not_come_back(
    people: Database, now: datetime
) -> None:
    with people.transaction() as session:
        officer = SignInService(session).count_try("lan", HOME, now=now)
        assert officer is not None
    real, looked_at = people, []

    class Slow(Database):
        """Between its first transaction and its second the password is reset."""

        @contextmanager
        def transaction(self) -> Iterator[Session]:
            looked_at.append(1)
            if len(looked_at) == LOOK_AGAIN:
                with real.transaction() as session:
                    found = OfficerService(session).by_username("lan")
                    assert found is not None
                    OfficerService(session).set_password(found, "mot cau khac rat dai day")
            with real.transaction() as session:
                yield session

    with pytest.raises(SignInRefused, match="wrong"):
        sign_in(Slow(real.url), "lan", PASSWORD, address=HOME, now=now)
    assert sign_in(people, "lan", "mot cau khac rat dai day", address=HOME, now=now)


def test_an_outdated_hash_is_made_anew(people: Database, now: datetime) -> None:
    from argon2 import PasswordHasher  # noqa: PLC0415

    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with people.transaction() as session:
        session.scalars(select(Officer).where(Officer.username == "lan")).one().password_hash = old
    sign_in(people, "lan", PASSWORD, address=HOME, now=now)
    with people.transaction() as session:
        kept = session.scalars(select(Officer.password_hash).where(Officer.username == "lan")).one()
    assert kept != old


def test_an_administrator_lets_a_person_try_again_at_once(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        lan, minh = seed.officer("lan"), seed.officer("minh")
    device = known(any_database, "lan", now)
    for _ in range(FAILURES_OF_A_DEVICE):
        try_once(any_database, "lan", now, device=device)
    for _ in range(FAILURES_OF_A_PAIR):
        try_once(any_database, "lan", now)
        try_once(any_database, "minh", now)
    with any_database.transaction() as session:
        SignInService(session).unlock(lan)
    assert try_once(any_database, "lan", now) == "counted"
    assert try_once(any_database, "lan", now, device=device) == "counted"
    assert try_once(any_database, "minh", now) == "wait"
    with any_database.transaction() as session:
        SignInService(session).unlock(minh)


def test_with_an_address_what_failed_there_is_forgotten_too(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        lan = Seed(session, now).officer("lan")
    for number in range(FAILURES_OF_AN_ADDRESS):
        try_once(any_database, f"doan-{number}", now)
    with any_database.transaction() as session:
        SignInService(session).unlock(lan)
    assert try_once(any_database, "lan", now) == "wait"
    with any_database.transaction() as session:
        SignInService(session).unlock(lan, HOME)
    assert try_once(any_database, "lan", now) == "counted"


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


def test_a_link_lives_no_longer_for_a_clock_that_was_set_back(
    people: Database, now: datetime
) -> None:
    token = link(people, now + timedelta(days=365))
    with pytest.raises(SetupRefused):
        use(people, token, now + timedelta(days=8))
    use(people, link(people, now + CLOCK_SLACK), now)


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
