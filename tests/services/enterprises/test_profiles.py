"""Profiles: what differs is written, with a line of history, and the size follows."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import func, select

from bot.domain.enterprise.profile import ChangeSource, LegalForm, ProfileField, Value
from bot.domain.enterprise.size_class import Criterion, SizeClass
from bot.services.enterprises.profile_history import ProfileHistory
from bot.services.enterprises.profiles import WrittenBy, filled
from bot.storage.database import Database
from bot.storage.models import EnterpriseProfile, ProfileChange
from tests.support.data.enterprises import Enterprises

BY_HAND = WrittenBy(ChangeSource.FORM)


@pytest.fixture
def there(any_database: Database, now: datetime) -> Iterator[Enterprises]:
    with any_database.transaction() as session:
        there = Enterprises(session, now)
        there.noise(6)
        yield there


def write(there: Enterprises, profile: EnterpriseProfile, **values: Value) -> list[ProfileField]:
    given = {ProfileField(name): value for name, value in values.items()}
    return there.profiles.write(profile, given, by=BY_HAND, now=there.now)


def lines(there: Enterprises, profile: EnterpriseProfile) -> int:
    mine = ProfileChange.enterprise_id == profile.enterprise_id
    query = select(func.count()).select_from(ProfileChange).where(mine)
    return there.session.scalar(query) or 0


def test_only_what_differs_is_written_and_leaves_a_line(there: Enterprises) -> None:
    profile = there.known(staff=40)
    before = lines(there, profile)

    assert write(there, profile, staff=45, sector="10") == [ProfileField.STAFF]

    assert lines(there, profile) == before + 1
    newest = ProfileHistory(there.session, profile.enterprise_id).page(limit=1)[0]
    assert (newest.field, newest.before, newest.after) == ("staff", "40", "45")


def test_the_size_follows_the_figures(there: Enterprises) -> None:
    profile = there.known()
    assert profile.size_class == SizeClass.SMALL

    write(there, profile, staff=150)
    assert profile.size_class == SizeClass.MEDIUM

    write(there, profile, staff=None)
    assert profile.size_class == ""
    size = there.profiles.size(profile)
    assert size is not None
    assert Criterion.STAFF in size.missing


def test_the_law_measures_companies_only(there: Enterprises) -> None:
    for form in (LegalForm.HOUSEHOLD, LegalForm.COOPERATIVE, LegalForm.BRANCH):
        profile = there.known(legal_form=form)
        assert (there.profiles.size(profile), profile.size_class) == (None, "")


def test_without_a_sector_there_is_no_size(there: Enterprises) -> None:
    assert there.profiles.size(there.known(sector="")) is None


def test_opened_twice_it_is_one_profile(there: Enterprises) -> None:
    enterprise = there.bare("Lò bánh Sáu Hòa")
    count = there.profiles.count()

    first = there.profiles.open(enterprise, now=there.now)

    assert there.profiles.open(enterprise, now=there.now) is first
    assert there.profiles.count() == count + 1


def test_an_empty_cell_takes_nothing_away() -> None:
    values: dict[ProfileField, Value] = {
        ProfileField.NAME: "",
        ProfileField.STAFF: None,
        ProfileField.EXPORTS: False,
        ProfileField.CAPITAL: 0,
    }

    assert filled(values) == {ProfileField.EXPORTS: False, ProfileField.CAPITAL: 0}
