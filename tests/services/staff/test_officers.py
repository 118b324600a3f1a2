"""The department's people."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role
from bot.services.staff.officers import OfficerRefused, OfficerService, propose_username
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


def test_a_proposed_user_name_is_fit_and_says_nothing_of_anybody(
    service: OfficerService, seed: Seed
) -> None:
    names = {propose_username() for _ in range(50)}
    assert len(names) > 45
    assert all(name.startswith("cb-") and not set("aeiou") & set(name[3:]) for name in names)
    assert add(service, seed.now, names.pop()).active


def test_a_password_that_somebody_else_chose_is_temporary_until_she_sets_her_own(
    service: OfficerService, seed: Seed
) -> None:
    person = add(service, seed.now, "lan")
    assert person.temporary_password
    service.set_password(person, PASSWORD)
    assert not person.temporary_password


def test_who_may_stand_beside_the_requests_of_an_office(session: Session, now: datetime) -> None:
    seed = Seed(session, now)
    lan, tue = seed.officer("lan"), seed.officer("tue", office="shtt")
    moved = seed.officer("moved", office="shtt")
    seed.request().officer_id = moved.id
    session.flush()

    def ids(offices: frozenset[str] | None) -> set[int]:
        return {one.id for one in OfficerService(session).answering(offices)}

    assert ids(frozenset({"tdc"})) == {lan.id, moved.id}
    assert ids(None) == {lan.id, tue.id, moved.id}
