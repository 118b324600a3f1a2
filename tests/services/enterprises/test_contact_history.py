"""What was noted of people leaves lines, and is forgotten where they go."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.domain.enterprise.profile import ChangeSource
from bot.services.enterprises.contact_history import ContactDetails, ContactHistory
from bot.services.enterprises.enterprise_timeline import EnterpriseTimeline, Onlooker
from bot.services.enterprises.merges import MergeService
from bot.services.enterprises.profile_contacts import ProfileContactService
from bot.services.enterprises.profile_history import PEOPLE, ProfileHistory
from bot.services.enterprises.profiles import WrittenBy
from bot.storage.database import Database
from bot.storage.models import Officer, ProfileChange, ProfileContact
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed

PHONE, OTHER = "0901234567", "0912345678"
HEAD = Onlooker(officer_id=0, offices=None, sees_runs=True)


class Book:
    """An enterprise among others, each with people, and an officer who writes."""

    def __init__(self, there: Enterprises, lan: Officer) -> None:
        self.there = there
        self.session = there.session
        self.people = ProfileContactService(there.session)
        self.by = WrittenBy(ChangeSource.FORM, lan)
        self.now = there.now
        self.id = there.known("Gỗ Tân").enterprise_id

    def note(self, details: ContactDetails, enterprise_id: int = 0) -> ProfileContact:
        self.now += timedelta(days=1)
        return self.people.add(enterprise_id or self.id, details, by=self.by, now=self.now)

    def change(self, row: ProfileContact, details: ContactDetails) -> None:
        self.now += timedelta(days=1)
        self.people.change(row, details, by=self.by, now=self.now)

    def lines(self, enterprise_id: int = 0) -> list[tuple[str, str, str]]:
        history = ProfileHistory(self.session, enterprise_id or self.id, field=PEOPLE)
        self.session.expire_all()
        return [(one.field, one.before, one.after) for one in history.page(limit=50)][::-1]

    def holds(self, words: str) -> bool:
        rows = self.session.execute(select(ProfileChange.before, ProfileChange.after))
        return any(words in text for row in rows for text in row)


@pytest.fixture
def book(any_database: Database, now: datetime) -> Iterator[Book]:
    with any_database.transaction() as session:
        there = Enterprises(session, now)
        there.noise(4)
        book = Book(there, Seed(session, now, seed=9).officer("lan"))
        book.note(ContactDetails("Người Khác", phone="0988777666"), there.known().enterprise_id)
        yield book


def test_each_field_and_each_consent_leaves_a_line_with_who_and_when(book: Book) -> None:
    row = book.note(ContactDetails("Tư", phone=PHONE))
    agreed = ContactDetails(
        "Tư", phone=OTHER, surveys="yes", surveys_at=book.there.now, surveys_how="gọi điện"
    )
    book.change(row, agreed)
    book.change(row, agreed)
    assert book.lines() == [
        ("contact_name", "", "Tư"),
        ("contact_phone", "", PHONE),
        ("contact_phone", PHONE, OTHER),
        ("contact_surveys", "", "yes"),
        ("contact_surveys_at", "", "2026-11-24"),
        ("contact_surveys_how", "", "gọi điện"),
    ]
    rows = EnterpriseTimeline(book.session, book.id, HEAD).page(limit=9)
    of_people = [row for row in rows if row.changes and row.changes[0].person_id]
    assert [len(row.changes) for row in of_people] == [4, 2]
    assert {row.changes[0].officer_id for row in of_people} == {book.by.officer.id}  # type: ignore[union-attr]


def test_two_people_of_one_moment_are_two_rows(book: Book) -> None:
    for name in ("Tư", "Ba"):
        book.people.add(book.id, ContactDetails(name), by=book.by, now=book.now)
    rows = EnterpriseTimeline(book.session, book.id, HEAD).page(limit=9)
    assert [row.changes[0].person.name for row in rows if row.changes[0].person] == ["Ba", "Tư"]


def test_of_who_is_removed_only_that_something_was_written_stays(book: Book) -> None:
    stays = book.note(ContactDetails("Ba", phone=OTHER))
    row = book.note(ContactDetails("Tư", role="Giám đốc", phone=PHONE))
    book.people.remove(row, by=book.by, now=book.now + timedelta(days=1))
    assert book.lines() == [
        ("contact_name", "", "Ba"),
        ("contact_phone", "", OTHER),
        ("contact_name", "", ""),
        ("contact_role", "", ""),
        ("contact_phone", "", ""),
        ("contact_gone", "", ""),
    ]
    assert not book.holds("Tư")
    assert book.people.of(book.id) == [stays]


def test_of_who_is_erased_nothing_stays(book: Book) -> None:
    row = book.note(ContactDetails("Tư", phone=PHONE))
    ContactHistory(book.session).erased([row.id], PHONE, "")
    assert book.lines() == []
    assert book.holds("0988777666")


def test_an_erased_number_goes_from_the_lines_of_whoever_had_the_row_after_her(
    book: Book,
) -> None:
    row = book.note(ContactDetails("Chị Tư", phone=PHONE, email="tu@go.example"))
    book.change(row, ContactDetails("Anh Ba", phone=OTHER, email="ba@go.example"))
    book.change(row, ContactDetails("Anh Ba", role="Giám đốc", phone=OTHER, email="ba@go.example"))
    ContactHistory(book.session).erased([], PHONE, "")
    for word in (PHONE, "Tư", "tu@go.example"):
        assert not book.holds(word)
    assert book.lines()[-1] == ("contact_role", "", "Giám đốc")
    assert row.phone == OTHER
    ContactHistory(book.session).erased([], "", "")
    assert book.lines()[-1] == ("contact_role", "", "Giám đốc")


def test_her_lines_go_with_her_into_a_merge_and_back(book: Book) -> None:
    gone = book.there.known("Gỗ Tân cũ").enterprise_id
    book.note(ContactDetails("Tư"), gone)
    merges = MergeService(book.session, book.there.profiles)
    officer = book.by.officer
    assert officer is not None
    merge = merges.merge(book.id, gone, officer=officer, now=book.now)
    assert book.lines() == [("contact_name", "", "Tư")]
    merges.part(merge.id, officer=officer, now=book.now)
    assert book.lines() == []
    assert book.lines(gone) == [("contact_name", "", "Tư")]
