"""Two officers edit one profile: nothing is lost, and nothing is written over unseen."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from bot.domain.enterprise.profile import ChangeSource, FieldProblem, ProfileField
from bot.knowledge.library import Library
from bot.services.enterprises.merges import MergeService
from bot.services.enterprises.profile_edits import Edit, EnterpriseMoved, ProfileEdits
from bot.services.enterprises.profile_history import ProfileHistory
from bot.services.enterprises.profiles import WrittenBy, values_of
from bot.services.enterprises.typed_fields import NOTHING, TypedFields
from bot.storage.database import Database
from bot.storage.models import EnterpriseProfile, Officer
from tests.support.data.enterprises import SECTORS, Enterprises
from tests.support.data.seed import Seed


class Desk:
    """One officer before one form."""

    def __init__(self, there: Enterprises, library: Library, officer: Officer) -> None:
        self.there = there
        self.officer = officer
        self.fields = TypedFields(library.tables.places, SECTORS, this_year=2026)
        self.edits = ProfileEdits(there.session, there.profiles, self.fields)

    def open(self, enterprise_id: int) -> None:
        """Opens the form: what stands in it, and the newest line that it shows."""
        profile = self.there.profiles.get(enterprise_id)
        values = values_of(profile) if profile is not None else NOTHING
        self.shown = {field: self.fields.text(field, value) for field, value in values.items()}
        self.newest = self.edits.newest_line(enterprise_id)
        self.enterprise_id = enterprise_id

    def save(self, **typed: str) -> Edit:
        """Sends the form with some fields changed, and writes what can be written."""
        enterprise = self.edits.held(self.enterprise_id)
        assert enterprise is not None
        given = self.shown | {ProfileField(name): text for name, text in typed.items()}
        edit = self.edits.weigh(enterprise, given, shown=self.newest)
        if edit.is_fit:
            by = WrittenBy(ChangeSource.FORM, self.officer)
            self.edits.write(enterprise, edit, by=by, now=self.there.now)
        return edit


@pytest.fixture
def there(any_database: Database, now: datetime) -> Iterator[Enterprises]:
    with any_database.transaction() as session:
        Enterprises(session, now).noise(5)
        yield Enterprises(session, now, seed=5)


@pytest.fixture
def desks(there: Enterprises, library: Library, now: datetime) -> tuple[Desk, Desk]:
    seed = Seed(there.session, now)
    lan, minh = seed.officer("lan", full_name="Lan"), seed.officer("minh", full_name="Minh")
    return Desk(there, library, lan), Desk(there, library, minh)


@pytest.fixture
def profile(there: Enterprises) -> EnterpriseProfile:
    return there.known("Xưởng Gỗ Tân", staff=40, products="ghế")


def test_only_what_was_changed_is_written(
    there: Enterprises, desks: tuple[Desk, Desk], profile: EnterpriseProfile
) -> None:
    lan, _ = desks
    lan.open(profile.enterprise_id)
    edit = lan.save(staff="45")
    assert edit.reading.values == {ProfileField.STAFF: 45}
    newest = ProfileHistory(there.session, profile.enterprise_id).page(limit=1)[0]
    assert (newest.field, newest.before, newest.after) == ("staff", "40", "45")
    assert newest.officer_id == lan.officer.id


def test_two_who_change_different_fields_both_get_their_way(
    desks: tuple[Desk, Desk], profile: EnterpriseProfile
) -> None:
    lan, minh = desks
    lan.open(profile.enterprise_id)
    minh.open(profile.enterprise_id)
    minh.save(products="ghế, bàn")
    edit = lan.save(staff="45")
    assert edit.is_fit
    assert {field: one.officer_id for field, one in edit.beside.items()} == {
        ProfileField.PRODUCTS: minh.officer.id
    }
    assert (profile.staff, profile.products) == (45, "ghế, bàn")


def test_a_field_that_both_changed_is_written_by_the_first_and_shown_to_the_second(
    desks: tuple[Desk, Desk], profile: EnterpriseProfile
) -> None:
    lan, minh = desks
    lan.open(profile.enterprise_id)
    minh.open(profile.enterprise_id)
    minh.save(staff="50", products="tủ")
    edit = lan.save(staff="45", address="12 đường Thử")
    assert not edit.is_fit
    assert edit.conflicts[ProfileField.STAFF].after == "50"
    assert set(edit.beside) == {ProfileField.PRODUCTS}
    assert (profile.staff, profile.address) == (50, "")
    lan.open(profile.enterprise_id)  # the form made anew, with both values
    assert lan.save(staff="45", address="12 đường Thử").is_fit
    assert (profile.staff, profile.address, profile.products) == (45, "12 đường Thử", "tủ")


def test_two_who_write_the_same_are_of_one_mind(
    desks: tuple[Desk, Desk], profile: EnterpriseProfile
) -> None:
    lan, minh = desks
    lan.open(profile.enterprise_id)
    minh.open(profile.enterprise_id)
    minh.save(staff="45")
    edit = lan.save(staff="45")
    assert edit.is_fit
    assert not edit.beside


def test_what_another_changed_and_changed_back_is_no_conflict(
    desks: tuple[Desk, Desk], profile: EnterpriseProfile
) -> None:
    lan, minh = desks
    lan.open(profile.enterprise_id)
    minh.open(profile.enterprise_id)
    minh.save(staff="50")
    minh.open(profile.enterprise_id)
    minh.save(staff="40")
    edit = lan.save(staff="45")
    assert edit.is_fit
    assert not edit.beside
    assert profile.staff == 45


def test_an_old_form_takes_nothing_back(
    desks: tuple[Desk, Desk], profile: EnterpriseProfile
) -> None:
    lan, minh = desks
    lan.open(profile.enterprise_id)
    minh.open(profile.enterprise_id)
    minh.save(staff="50", products="tủ", sector="14", address="ấp 3", commune="Xã Tân Trụ")
    edit = lan.save()
    assert edit.is_fit
    assert edit.reading.values == {}
    assert (profile.staff, profile.products, profile.sector) == (50, "tủ", "14")


def test_two_who_open_a_profile_at_once_are_told_of_each_other(
    there: Enterprises, desks: tuple[Desk, Desk]
) -> None:
    lan, minh = desks
    enterprise = there.bare("Cơ sở Ba Khía")
    lan.open(enterprise.id)
    minh.open(enterprise.id)
    minh.save(name="Cơ sở Ba Khía", staff="3")
    edit = lan.save(name="Cơ sở Ba Khía", staff="4")
    assert set(edit.conflicts) == {ProfileField.STAFF}


def test_a_wrong_field_is_told_and_nothing_is_written(
    desks: tuple[Desk, Desk], profile: EnterpriseProfile
) -> None:
    lan, _ = desks
    lan.open(profile.enterprise_id)
    edit = lan.save(staff="nhiều", address="ấp 3")
    assert edit.reading.problems[ProfileField.STAFF].problem is FieldProblem.NUMBER
    assert profile.address == ""


def test_without_code_and_name_there_is_nothing_to_know_it_by(
    there: Enterprises, desks: tuple[Desk, Desk], profile: EnterpriseProfile
) -> None:
    lan, _ = desks
    lan.open(profile.enterprise_id)
    edit = lan.save(name="")
    assert edit.reading.problems[ProfileField.NAME].problem is FieldProblem.MISSING
    coded = there.known("Có mã", tax_code="0101243150")
    lan.open(coded.enterprise_id)
    assert lan.save(name="").is_fit


def test_one_that_was_merged_meanwhile_says_where_it_went(
    there: Enterprises, desks: tuple[Desk, Desk], profile: EnterpriseProfile
) -> None:
    lan, minh = desks
    other = there.known("Xưởng Gỗ Tân", tax_code="0101243150")
    lan.open(profile.enterprise_id)
    merges = MergeService(there.session, there.profiles)
    merges.merge(other.enterprise_id, profile.enterprise_id, officer=minh.officer, now=there.now)
    with pytest.raises(EnterpriseMoved) as moved:
        lan.save(staff="45")
    assert moved.value.kept_id == other.enterprise_id
