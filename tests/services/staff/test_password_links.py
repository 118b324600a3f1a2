"""The one-time link by which a person sets her own password."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.clock import CLOCK_SLACK
from bot.services.staff.officers import OfficerService
from bot.services.staff.password_links import LIFE, LinkRefused, PasswordLinkService
from bot.services.staff.passwords import password_matches
from bot.services.staff.sessions import SessionService
from bot.services.staff.setup import SetupRefused, SetupService
from bot.storage.database import Database
from bot.storage.models import Officer, OfficerSession, SetupLink
from tests.support.data.seed import Seed

FRESH = "mot cau khac rat dai day"


@pytest.fixture
def people(any_database: Database, now: datetime) -> Database:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.officer("lan").temporary_password = True
        seed.officer("minh")
    return any_database


def person(database: Database, username: str = "lan") -> Officer:
    with database.transaction() as session:
        return session.scalars(select(Officer).filter_by(username=username)).one()


def link(database: Database, now: datetime, username: str = "lan") -> str:
    with database.transaction() as session:
        officer = session.merge(person(database, username), load=False)
        return PasswordLinkService(session).new_link(officer, now=now)


def use(database: Database, token: str, now: datetime) -> None:
    with database.transaction() as session:
        PasswordLinkService(session).use(token, FRESH, now=now)


def test_it_sets_her_own_password_once_and_ends_her_sessions(
    people: Database, now: datetime
) -> None:
    token = link(people, now)
    with people.transaction() as session:
        SessionService(session).open(session.merge(person(people)), now=now)
    use(people, token, now)
    lan = person(people)
    assert password_matches(lan.password_hash, FRESH)
    assert not lan.temporary_password
    with people.transaction() as session:
        assert session.scalar(select(func.count()).select_from(OfficerSession)) == 0
    with pytest.raises(LinkRefused):
        use(people, token, now)


def test_a_new_link_kills_the_earlier_one_and_no_other_persons(
    people: Database, now: datetime
) -> None:
    other, first, second = link(people, now, "minh"), link(people, now), link(people, now)
    with pytest.raises(LinkRefused):
        use(people, first, now)
    use(people, second, now)
    use(people, other, now)


@pytest.mark.parametrize("later", [LIFE, -timedelta(days=2)])
def test_a_link_lives_a_day_and_is_none_where_the_clock_was_set_back(
    people: Database, now: datetime, later: timedelta
) -> None:
    token = link(people, now)
    with pytest.raises(LinkRefused):
        use(people, token, now + later)
    use(people, token, now - CLOCK_SLACK)


def test_it_opens_nothing_for_somebody_who_was_locked_out(people: Database, now: datetime) -> None:
    token = link(people, now)
    with people.transaction() as session:
        OfficerService(session).disable(session.merge(person(people)))
    with pytest.raises(LinkRefused):
        use(people, token, now)


def test_a_password_that_is_set_another_way_kills_the_link(people: Database, now: datetime) -> None:
    token = link(people, now)
    with people.transaction() as session:
        OfficerService(session).set_password(session.merge(person(people)), FRESH)
    with pytest.raises(LinkRefused):
        use(people, token, now)


def test_it_makes_no_administrator_and_the_first_ones_link_sets_no_password(
    people: Database, now: datetime
) -> None:
    token = link(people, now)
    with people.transaction() as session:
        with pytest.raises(SetupRefused):
            SetupService(session).check(token, now=now)
        first = SetupService(session).new_link(now=now)
    assert first is not None
    with pytest.raises(LinkRefused):
        use(people, first, now)
    use(people, token, now)


@pytest.mark.parametrize("token", ["", "x", "\ud83d".encode("utf-8", "replace").decode()])
def test_what_is_no_link_opens_nothing(people: Database, now: datetime, token: str) -> None:
    with pytest.raises(LinkRefused):
        use(people, token, now)


def test_only_its_hash_is_kept(people: Database, now: datetime) -> None:
    token = link(people, now)
    with people.transaction() as session:
        assert token not in session.scalars(select(SetupLink.token_hash)).all()
