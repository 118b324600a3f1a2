"""A tax code of somebody else's is put right, and nothing that hung on it is lost or led astray."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.services.enterprises.code_change import CodeChange, CodeMoved, Nameless
from bot.services.enterprises.merges import MergeRefused, MergeService
from bot.services.enterprises.profile_edits import EnterpriseMoved
from bot.services.enterprises.registration import AlreadyKnown
from bot.services.requests.enterprises import EnterpriseService
from bot.storage.database import Database
from bot.storage.models import Attempt, Contact, Enterprise, ProfileChange, Request
from tests.support.data.enterprises import Enterprises
from tests.support.data.seed import Seed

WRONG, RIGHT, PERSONAL = "0101243150", "0100109106", "079199000123"


class Register:
    """An enterprise with a wrong code, its request and its run, among others."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.there = Enterprises(session, now)
        self.there.noise(4)
        seed = Seed(session, now, seed=9)
        self.head = seed.officer("head")
        self.id = self.there.known("Gỗ Tân", tax_code=WRONG).enterprise_id
        self.request = seed.request(enterprise=("Gỗ Tân", WRONG))
        self.run = self.there.run(self.id, 40)

    def change(self, code: str, *, shown: str = WRONG, enterprise_id: int = 0) -> None:
        CodeChange(self.session, self.there.profiles).change(
            enterprise_id or self.id, code, shown=shown, officer=self.head, now=self.now
        )

    def by_code(self, code: str) -> int | None:
        found = EnterpriseService(self.session).by_tax_code(code)
        return found.id if found is not None else None

    def lines(self) -> list[tuple[str, str]]:
        query = select(ProfileChange.before, ProfileChange.after).where(
            ProfileChange.field == "tax_code"
        )
        return [(before, after) for before, after in self.session.execute(query)]


@pytest.fixture
def register(any_database: Database, now: datetime) -> Iterator[Register]:
    with any_database.transaction() as session:
        yield Register(session, now)


def test_the_right_code_finds_it_and_the_wrong_one_no_more(register: Register) -> None:
    register.change(RIGHT)
    register.change(RIGHT)  # pressed twice
    assert register.by_code(RIGHT) == register.id
    assert register.by_code(WRONG) is None
    assert register.lines() == [(WRONG, RIGHT)]
    session = register.session
    assert session.get_one(Request, register.request.id).enterprise_id == register.id
    assert session.get_one(Attempt, register.run.id).enterprise_id == register.id


def test_whoever_gave_the_wrong_code_files_for_the_same_enterprise_by_its_name(
    register: Register,
) -> None:
    contact = register.session.get_one(Contact, register.request.contact_id)
    assert contact.tax_code == WRONG
    register.change(RIGHT)
    register.session.refresh(contact)
    assert (contact.tax_code, contact.enterprise_id) == ("", register.id)
    again = EnterpriseService(register.session).remember(
        contact, tax_code="", name=contact.enterprise_name, now=register.now
    )
    assert again is not None
    assert again.id == register.id


def test_the_wrong_code_is_another_enterprises_from_now_on(register: Register) -> None:
    register.change(RIGHT)
    other = Seed(register.session, register.now, seed=12).request(enterprise=("Khác", WRONG))
    assert other.enterprise_id not in (None, register.id)


def test_a_code_of_another_is_refused_and_nothing_is_written(register: Register) -> None:
    other = register.there.known("Khác", tax_code=RIGHT).enterprise_id
    with pytest.raises(AlreadyKnown) as known:
        register.change(RIGHT)
    assert known.value.enterprise_id == other
    assert register.by_code(WRONG) == register.id
    assert register.lines() == []


def test_what_another_changed_meanwhile_is_not_written_over(register: Register) -> None:
    register.change("")
    with pytest.raises(CodeMoved):
        register.change(RIGHT)
    register.change(RIGHT, shown="")
    assert register.by_code(RIGHT) == register.id


def test_without_a_name_the_code_stays(register: Register) -> None:
    bare = register.there.bare(tax_code=RIGHT).id
    with pytest.raises(Nameless):
        register.change("", shown=RIGHT, enterprise_id=bare)
    assert register.by_code(RIGHT) == bare


def test_a_personal_number_is_not_kept_whole_in_the_history(register: Register) -> None:
    register.change(PERSONAL)
    register.change(RIGHT, shown=PERSONAL)
    assert register.lines() == [(WRONG, "079…123"), ("079…123", RIGHT)]


def test_it_is_merged_into_the_one_of_the_right_code_and_can_be_parted(
    register: Register,
) -> None:
    other = register.there.known("Gỗ Tân Trụ", tax_code=RIGHT).enterprise_id
    changes = CodeChange(register.session, register.there.profiles)
    given = {"shown": WRONG, "officer": register.head, "now": register.now}
    merge = changes.merge_into(register.id, other, **given)
    assert (merge.kept_id, register.by_code(WRONG)) == (other, None)
    assert register.session.get_one(Request, register.request.id).enterprise_id == other
    with pytest.raises(EnterpriseMoved):
        changes.merge_into(register.id, other, **given)
    with pytest.raises(EnterpriseMoved):
        register.change(RIGHT)
    MergeService(register.session, register.there.profiles).part(
        merge.id, officer=register.head, now=register.now
    )
    assert register.session.get_one(Enterprise, register.id).tax_code is None


def test_one_without_a_code_takes_none_in_by_it(register: Register) -> None:
    other = register.there.known("Gỗ khác").enterprise_id
    with pytest.raises(MergeRefused):
        CodeChange(register.session, register.there.profiles).merge_into(
            register.id, other, shown=WRONG, officer=register.head, now=register.now
        )
