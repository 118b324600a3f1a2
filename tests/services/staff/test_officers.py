"""The department's people."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role
from bot.services.staff.officers import OfficerRefused, OfficerService
from bot.services.staff.passwords import (
    PasswordRefused,
    check_password,
    hash_password,
    is_outdated,
    password_matches,
)
from bot.services.staff.sessions import SessionService
from bot.storage.models import Officer
from tests.support.data.seed import PASSWORD, Seed


@pytest.fixture
def seed(session: Session, now: datetime) -> Seed:
    seed = Seed(session, now)
    seed.officer("noise-head", role=Role.HEAD)
    return seed


@pytest.fixture
def service(session: Session) -> OfficerService:
    return OfficerService(session)


def add(service: OfficerService, now: datetime, username: str) -> Officer:
    return service.add(
        username, full_name="Lan", role=Role.OFFICER, office="tdc", password=PASSWORD, now=now
    )


def test_a_person_is_found_in_any_case(service: OfficerService, seed: Seed) -> None:
    person = add(service, seed.now, "Lan.Nguyen")
    assert person.username == "lan.nguyen"
    assert service.by_username(" LAN.NGUYEN ") is person


def test_people_are_named_by_their_ids(service: OfficerService, seed: Seed) -> None:
    person = add(service, seed.now, "lan.nguyen")
    add(service, seed.now, "minh.tran")
    assert service.full_names({person.id, 999_999}) == {person.id: "Lan"}
    assert service.full_names(set()) == {}


@pytest.mark.parametrize("username", ["", "ab", "lan nguyen", "lân", "-lan", "a" * 61])
def test_an_unfit_username_is_refused(service: OfficerService, seed: Seed, username: str) -> None:
    with pytest.raises(OfficerRefused, match="username"):
        add(service, seed.now, username)


def test_a_username_is_given_once(service: OfficerService, seed: Seed) -> None:
    add(service, seed.now, "lan")
    with pytest.raises(OfficerRefused, match="exists"):
        add(service, seed.now, "LAN")


@pytest.mark.parametrize("change", ["disable", "demote"])
def test_the_last_administrator_stays(service: OfficerService, seed: Seed, change: str) -> None:
    only = seed.officer("quan-tri", role=Role.ADMINISTRATOR)
    disabled = seed.officer("nguoi-cu", role=Role.ADMINISTRATOR)
    service.disable(disabled)
    steps = {
        "disable": lambda: service.disable(only),
        "demote": lambda: service.change(only, full_name="A", role=Role.OFFICER, office="tdc"),
    }
    with pytest.raises(OfficerRefused, match="last_administrator"):
        steps[change]()


def test_one_of_two_administrators_may_go(service: OfficerService, seed: Seed) -> None:
    seed.officer("mot", role=Role.ADMINISTRATOR)
    two = seed.officer("hai", role=Role.ADMINISTRATOR)
    service.change(two, full_name="Hai", role=Role.HEAD, office="shtt")
    assert (two.role, two.office) == (Role.HEAD, "shtt")


@pytest.mark.parametrize("change", ["disable", "password"])
def test_disabling_and_a_new_password_end_the_sessions(
    service: OfficerService, seed: Seed, session: Session, now: datetime, change: str
) -> None:
    person, other = seed.officer("lan"), seed.officer("minh")
    sessions = SessionService(session)
    token, others = sessions.open(person, now=now), sessions.open(other, now=now)
    if change == "disable":
        service.disable(person)
    else:
        service.set_password(person, "mot mat khau that khac")
    assert sessions.find(token, now=now) is None
    assert sessions.find(others, now=now) is not None


# — passwords —


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("ngan qua 11", "short"),
        ("x1" * 101, "long"),
        ("toi la Lan.Nguyen day", "username"),
        ("aaaaaaaaaaaaaaaa", "obvious"),
        ("abababababab", "obvious"),
        ("1234567890123", "obvious"),
        ("Matkhau@2026!", "obvious"),
    ],
)
def test_a_weak_password_is_refused(password: str, reason: str) -> None:
    with pytest.raises(PasswordRefused) as refused:
        check_password(password, password, username="lan.nguyen")
    assert refused.value.reason == reason


def test_two_entries_must_agree() -> None:
    with pytest.raises(PasswordRefused, match="mismatch"):
        check_password(PASSWORD, PASSWORD + "x", username="lan")


@given(st.text(min_size=12, max_size=200).filter(lambda text: len(set(text.casefold())) > 12))
def test_a_long_password_of_many_characters_passes(password: str) -> None:
    try:
        check_password(password, password, username="lan.nguyen")
    except PasswordRefused as refused:
        assert refused.reason in {"obvious", "short"}  # noqa: PT017


def test_the_same_letters_typed_in_two_ways_match() -> None:
    kept = hash_password("mật khẩu dài lắm đấy")
    assert password_matches(kept, "mật khẩu dài lắm đấy")
    assert not password_matches(kept, "mat khau dai lam day")


def test_nobody_and_a_broken_hash_match_nothing() -> None:
    assert not password_matches(None, "nobody")
    assert not password_matches("not a hash", PASSWORD)
    assert not password_matches(hash_password(PASSWORD), "x" * 201)


def test_only_argon2id_of_today_is_up_to_date() -> None:
    assert hash_password(PASSWORD).startswith("$argon2id$")
    assert not is_outdated(hash_password(PASSWORD))
    assert is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA")
