"""Enterprises: one of each tax code, and names are not unique in the country."""

from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.services.enterprises import EnterpriseService
from bot.storage.database import Database
from bot.storage.models import Contact, Enterprise
from tests.support.seed import Seed

TAX_CODE, OTHER_TAX_CODE = "0100112437", "0100109106"


@pytest.fixture
def contacts(any_database: Database, now: datetime) -> tuple[int, int]:
    """Two contacts, among others with enterprises of their own."""
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(5)
        return seed.conversation().contact_id, seed.conversation().contact_id


def remember(
    database: Database, now: datetime, contact_id: int, tax_code: str = "", name: str = ""
) -> int | None:
    with database.transaction() as session:
        found = EnterpriseService(session).remember(
            session.get_one(Contact, contact_id), tax_code=tax_code, name=name, now=now
        )
        return found.id if found else None


def test_two_people_of_one_tax_code_act_for_one_enterprise(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    first = remember(any_database, now, contacts[0], TAX_CODE, "May Tân Trụ")
    second = remember(any_database, now, contacts[1], TAX_CODE, "tên khác")

    assert first == second
    with any_database.transaction() as session:
        assert session.get_one(Enterprise, first).name == "May Tân Trụ"
        assert session.get_one(Contact, contacts[1]).enterprise_id == first


def test_a_name_given_later_fills_the_one_that_was_missing(
    any_database: Database, now: datetime, contacts: tuple[int, int]
) -> None:
    first = remember(any_database, now, contacts[0], TAX_CODE)
    remember(any_database, now, contacts[0], TAX_CODE, "May Tân Trụ")

    with any_database.transaction() as session:
        assert session.get_one(Enterprise, first).name == "May Tân Trụ"


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
