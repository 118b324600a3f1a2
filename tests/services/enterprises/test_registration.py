"""Enterprises entered by hand: each tax code once, and one of the same name is shown first."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier

import pytest
from sqlalchemy import func, select

from bot.domain.enterprise.profile import ChangeSource, ProfileField, Value
from bot.domain.enterprise.tax_code import CodeFault
from bot.services.enterprises.profile_history import ProfileHistory
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.services.enterprises.registration import (
    AlreadyKnown,
    RegistrationService,
    read_tax_code,
)
from bot.storage.database import Database
from bot.storage.models import Enterprise
from tests.support.data.enterprises import SECTORS, Enterprises
from tests.support.data.seed import Seed

CODE, OTHER_CODE, BRANCH = "0101243150", "0100109106", "0100109106001"
BY_HAND = WrittenBy(ChangeSource.FORM)


@pytest.fixture
def there(any_database: Database, now: datetime) -> Iterator[Enterprises]:
    with any_database.transaction() as session:
        there = Enterprises(session, now)
        there.noise(6)
        yield there


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("   ", ""),
        (CODE, CODE),
        ("0101 243 150", CODE),
        ("0100109106-001", BRANCH),
        ("MST: 0101243150", CODE),
        ("0101243151", CodeFault.WRONG),
        ("010124315", CodeFault.LENGTH),
        ("O1O1243150", CodeFault.LETTERS),
        ("099199000123", CodeFault.PERSONAL),
        ("chưa có", CodeFault.LENGTH),
        (f"{CODE} và {OTHER_CODE}", CodeFault.LENGTH),
        ("9" * 10_000, CodeFault.LENGTH),
    ],
)
def test_a_code_is_read_or_refused_with_its_fault(typed: str, read: str | CodeFault) -> None:
    assert read_tax_code(typed, today=date(2026, 11, 24)) == read


def test_an_enterprise_is_entered_with_its_values(there: Enterprises) -> None:
    registration = RegistrationService(there.session, there.profiles)
    values: dict[ProfileField, Value] = {
        ProfileField.NAME: "Công ty Mới",
        ProfileField.STAFF: 7,
    }
    made = registration.enter(CODE, values, by=BY_HAND, now=there.now)
    known = registration.known(CODE)
    assert known is not None
    assert (known.id, known.name) == (made.enterprise_id, "")
    assert (made.name, made.staff) == ("Công ty Mới", 7)


def test_one_without_a_code_is_known_by_its_name(there: Enterprises) -> None:
    registration = RegistrationService(there.session, there.profiles)
    values = {ProfileField.NAME: "Hộ Cô Ba"}
    made = registration.enter("", values, by=BY_HAND, now=there.now)
    assert there.session.get_one(Enterprise, made.enterprise_id).name == "Hộ Cô Ba"


def test_a_code_is_entered_once(there: Enterprises) -> None:
    registration = RegistrationService(there.session, there.profiles)
    first = registration.enter(CODE, {}, by=BY_HAND, now=there.now)
    with pytest.raises(AlreadyKnown) as known:
        registration.enter(CODE, {}, by=BY_HAND, now=there.now)
    assert known.value.enterprise_id == first.enterprise_id


def test_two_at_once_enter_one_enterprise(any_database: Database, now: datetime) -> None:
    gate = Barrier(2)

    def enter() -> int:
        gate.wait(timeout=30)
        with any_database.transaction() as session:
            registration = RegistrationService(session, ProfileService(session, SECTORS))
            try:
                return registration.enter(CODE, {}, by=BY_HAND, now=now).enterprise_id
            except AlreadyKnown as known:
                return known.enterprise_id

    with ThreadPoolExecutor(2) as pool:
        ids = {one.result(timeout=60) for one in [pool.submit(enter) for _ in range(2)]}
    assert len(ids) == 1
    with any_database.reading() as session:
        query = select(func.count()).select_from(Enterprise).where(Enterprise.tax_code == CODE)
        assert session.scalar(query) == 1


@pytest.mark.parametrize(
    ("name", "tax_code", "found"),
    [
        ("go tan tru", "", True),
        ("CÔNG TY TNHH GỖ TÂN TRỤ", "", True),
        ("Gỗ Tân Trụ", OTHER_CODE, False),
        ("Gỗ Tân", "", False),
        ("", "", False),
        ("%%%", "", False),
    ],
)
def test_one_of_the_same_name_is_found_unless_two_codes_part_them(
    there: Enterprises,
    name: str,
    tax_code: str,
    found: bool,  # noqa: FBT001
) -> None:
    profile = there.known("Công ty TNHH Gỗ Tân Trụ", tax_code=CODE)
    registration = RegistrationService(there.session, there.profiles)
    ids = [row.enterprise.id for row in registration.alike(name, tax_code=tax_code)]
    assert ids == ([profile.enterprise_id] if found else [])


def test_one_that_only_a_request_named_is_found_too(there: Enterprises, now: datetime) -> None:
    request = Seed(there.session, now).request(enterprise=("Cơ sở Mắm Cô Tư", ""))
    registration = RegistrationService(there.session, there.profiles)
    ids = [row.enterprise.id for row in registration.alike("mắm cô tư", tax_code=CODE)]
    assert ids == [request.enterprise_id]


def test_a_code_is_given_to_one_that_had_none_and_stands_in_the_history(
    there: Enterprises,
) -> None:
    profile = there.known("Gỗ Tân Trụ")
    enterprise = there.session.get_one(Enterprise, profile.enterprise_id)
    registration = RegistrationService(there.session, there.profiles)
    registration.give_code(enterprise, "", by=BY_HAND, now=there.now)
    assert enterprise.tax_code is None
    registration.give_code(enterprise, CODE, by=BY_HAND, now=there.now)
    assert enterprise.tax_code == CODE
    newest = ProfileHistory(there.session, enterprise.id).page(limit=1)[0]
    assert (newest.field, newest.after) == ("tax_code", CODE)


def test_a_code_of_another_is_not_given(there: Enterprises) -> None:
    other = there.known("Chủ của mã", tax_code=CODE)
    profile = there.known("Gỗ Tân Trụ")
    enterprise = there.session.get_one(Enterprise, profile.enterprise_id)
    registration = RegistrationService(there.session, there.profiles)
    with pytest.raises(AlreadyKnown) as known:
        registration.give_code(enterprise, CODE, by=BY_HAND, now=there.now)
    assert known.value.enterprise_id == other.enterprise_id
    assert enterprise.tax_code is None
