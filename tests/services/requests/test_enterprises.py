"""Enterprises: one of each tax code, and names are not unique in the country."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.services.requests.enterprises import EnterpriseService, NameGiven
from bot.storage.database import Database
from bot.storage.models import Contact, Enterprise
from tests.support.data.seed import Seed

TAX_CODE, OTHER_TAX_CODE = "0100112437", "0100109106"


@pytest.fixture
def contacts(any_database: Database, now: datetime) -> tuple[int, int]:
    """Two contacts, among others with enterprises of their own."""
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(5)
        return seed.conversation().contact_id, seed.conversation().contact_id


def remember(
    database: Database,
    now: datetime,
    contact_id: int,
    tax_code: str = "",
    name: str = "",
    *,
    unchecked: str = "",
) -> int | None:
    with database.transaction() as session:
        found = EnterpriseService(session).remember(
            session.get_one(Contact, contact_id),
            tax_code=tax_code,
            name=name,
            unchecked_tax_code=unchecked,
            now=now,
        )
        return found.id if found else None


def given_by(database: Database, contact_id: int) -> tuple[str, str]:
    with database.transaction() as session:
        contact = session.get_one(Contact, contact_id)
        return contact.enterprise_name, contact.unchecked_tax_code


def test_two_people_of_one_tax_code_act_for_one_enterprise_each_in_his_words(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    first = remember(any_database, now, contacts[0], TAX_CODE, "May Tân Trụ")
    second = remember(any_database, now, contacts[1], TAX_CODE, "tên khác")

    assert first == second
    assert given_by(any_database, contacts[0]) == ("May Tân Trụ", "")
    assert given_by(any_database, contacts[1]) == ("tên khác", "")
    with any_database.transaction() as session:
        assert session.get_one(Enterprise, first).name == ""
        assert session.get_one(Contact, contacts[1]).enterprise_id == first


def test_who_gives_only_a_code_is_given_no_name(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    remember(any_database, now, contacts[0], TAX_CODE, "May Tân Trụ")
    remember(any_database, now, contacts[1], TAX_CODE)

    assert given_by(any_database, contacts[1]) == ("", "")


def test_a_name_given_later_fills_the_one_that_was_missing(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    remember(any_database, now, contacts[0], TAX_CODE)
    remember(any_database, now, contacts[0], TAX_CODE, "May Tân Trụ")

    assert given_by(any_database, contacts[0]) == ("May Tân Trụ", "")


def test_a_code_that_was_not_found_right_is_nobodys_key(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    before = count(any_database)

    assert remember(any_database, now, contacts[0], unchecked="0100 109 107") is None
    assert given_by(any_database, contacts[0]) == ("", "0100 109 107")
    assert count(any_database) == before


def test_a_right_code_takes_the_place_of_one_that_was_not(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    remember(any_database, now, contacts[0], unchecked="0100109107")
    remember(any_database, now, contacts[0], TAX_CODE, "May Tân Trụ")

    assert given_by(any_database, contacts[0]) == ("May Tân Trụ", "")


def test_names_given_for_one_code_are_told_with_their_people_and_days(
    any_database: Database, now: datetime
) -> None:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(5)
        mine = seed.request(enterprise=("Công ty Ma", TAX_CODE))
        later = Seed(session, now + timedelta(days=3), seed=8)
        later.request(enterprise=("Công ty Thật", TAX_CODE))
        later.request(enterprise=("cong ty ma", TAX_CODE))
        later.request(mine.conversation, enterprise=("CÔNG TY MA", TAX_CODE))
        later.request(enterprise=("", TAX_CODE))
        later.request(enterprise=("Công ty Khác", OTHER_TAX_CODE))
        session.flush()

        names = EnterpriseService(session).names_given(mine.enterprise_id or 0)

    assert names == [
        NameGiven("Công ty Ma", now, people=2),
        NameGiven("Công ty Thật", now + timedelta(days=3), people=1),
    ]


def test_the_same_name_of_the_same_person_is_one_enterprise_and_of_another_it_is_not(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    first = remember(any_database, now, contacts[0], name="Cơ sở Bà Hai")
    again = remember(any_database, now, contacts[0], name="CƠ SỞ BÀ HAI")
    stranger = remember(any_database, now, contacts[1], name="Cơ sở Bà Hai")

    assert first == again
    assert stranger != first


def test_without_code_and_name_nothing_is_remembered(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    before = count(any_database)

    assert remember(any_database, now, contacts[0]) is None
    assert count(any_database) == before


def test_an_enterprise_is_found_by_its_tax_code_only(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    known = remember(any_database, now, contacts[0], TAX_CODE)
    with any_database.transaction() as session:
        found = EnterpriseService(session).by_tax_code(TAX_CODE)
        assert found is not None
        assert found.id == known
        assert EnterpriseService(session).by_tax_code(OTHER_TAX_CODE) is None


def test_the_database_itself_refuses_a_second_enterprise_of_a_tax_code(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    remember(any_database, now, contacts[0], TAX_CODE)
    with pytest.raises(IntegrityError), any_database.transaction() as session:
        session.add(Enterprise(tax_code=TAX_CODE, name="", created_at=now))


def count(database: Database) -> int:
    with database.transaction() as session:
        return session.scalar(select(func.count()).select_from(Enterprise)) or 0
