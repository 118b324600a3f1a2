"""Many rows against a register that others write in: whole, once, and back again."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import ChangeSource, ProfileField, Value
from bot.domain.enterprise.size_class import BusinessField
from bot.services.enterprises.imports.checked_row import CheckedRow, RowKind
from bot.services.enterprises.imports.checking import Checking
from bot.services.enterprises.imports.heading import heading_of
from bot.services.enterprises.imports.imports import (
    ImportRefused,
    ImportService,
    ImportState,
    checked_rows,
    choices_of,
)
from bot.services.enterprises.imports.outcome import Outcome
from bot.services.enterprises.imports.place_reading import PlaceReading
from bot.services.enterprises.imports.plan import Choices, plan_of
from bot.services.enterprises.imports.row_reading import RowReading
from bot.services.enterprises.imports.sector_reading import SectorReading
from bot.services.enterprises.merges import MergeService
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.services.enterprises.tables.table import Cell, Row, Sheet
from bot.storage.database import Database
from bot.storage.models import (
    Enterprise,
    EnterpriseProfile,
    Officer,
    ProfileChange,
    ProfileContact,
    ProfileImport,
)
from tests.support.data.enterprises import SECTORS, Enterprises
from tests.support.data.seed import Seed
from tests.support.data.tables import CODES

from .test_row_reading import PLACES

HEADS = ("Tên", "MST", "Xã", "Lao động", "Doanh thu (triệu đồng)", "Mã ngành", "Điện thoại")


@dataclass
class Desk:
    """One person's way from a table to the register."""

    database: Database
    officer: int
    now: datetime

    def bring(self, *rows: Sequence[Cell], heads: Sequence[str] = HEADS) -> int:
        """A table that was looked at."""
        table = [Row(number, row) for number, row in enumerate([heads, *rows], start=1)]
        heading = heading_of([Sheet("", table)])
        reading = RowReading(
            heading.columns,
            PlaceReading(PLACES),
            SectorReading(SECTORS, []),
            today=date(2026, 11, 24),
        )
        read = [CheckedRow(reading.read(row), list(row.cells)) for row in heading.rows]
        with self.database.reading() as session:
            checked = Checking(session, heading.columns).check(read)
        with self.database.transaction() as session:
            return (
                ImportService(session)
                .begin("a.xlsx", heading, checked, self.person(session), now=self.now)
                .id
            )

    def rows(self, import_id: int) -> list[CheckedRow]:
        with self.database.reading() as session:
            return checked_rows(session.get_one(ProfileImport, import_id))

    def choose(self, import_id: int, **choices: object) -> None:
        with self.database.transaction() as session:
            ImportService(session).choose(
                import_id,
                lambda before: replace(before, **choices),  # type: ignore[arg-type]
            )

    def apply(self, import_id: int) -> dict[int, Outcome]:
        with self.database.transaction() as session:
            done = ImportService(session).apply(
                import_id, self.person(session), ProfileService(session, SECTORS), now=self.now
            )
        assert done is not None
        return {one.number: one for one in done}

    def undo(self, import_id: int) -> dict[int, Outcome]:
        with self.database.transaction() as session:
            done = ImportService(session).undo(
                import_id, self.person(session), ProfileService(session, SECTORS), now=self.now
            )
        assert done is not None
        return {one.number: one for one in done}

    def person(self, session: Session) -> Officer:
        return session.get_one(Officer, self.officer)

    def profile(self, code: str) -> EnterpriseProfile | None:
        with self.database.reading() as session:
            return session.scalar(
                select(EnterpriseProfile).join(Enterprise).where(Enterprise.tax_code == code)
            )

    def write(self, code: str, **values: Value) -> None:
        profile = self.profile(code)
        assert profile is not None
        with self.database.transaction() as session:
            found = session.get_one(EnterpriseProfile, profile.enterprise_id)
            ProfileService(session, SECTORS).write(
                found,
                {ProfileField(field): value for field, value in values.items()},
                by=WrittenBy(ChangeSource.FORM),
                now=self.now,
            )

    def count(self, model: type) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def database(any_database: Database) -> Database:
    return any_database


@pytest.fixture
def desk(database: Database, now: datetime) -> Desk:
    with database.transaction() as session:
        seed = Seed(session, now)
        seed.noise(3)
        officer = seed.officer("lanh.dao").id
        Enterprises(session, now).noise(8)
    return Desk(database, officer, now)


GAO = ("Công ty TNHH Gạo Ngon", CODES[0], "Tân Trụ", 12, 2500, 1061, "0900000123")
MAY = ("Công ty CP May Đo", CODES[1], "", 80, 40_000, 1410, "")
TU = ("Cơ sở Bà Tư", "", "Tân Trụ", 3, "", "", "")


def kinds(desk: Desk, import_id: int) -> list[str]:
    return [str(row.kind) for row in desk.rows(import_id)]


def faults(desk: Desk, import_id: int) -> list[tuple[int, str, str]]:
    return [
        (row.number, fault.code, fault.more)
        for row in desk.rows(import_id)
        for fault in row.read.faults
    ]


def test_each_row_is_held_against_the_register(desk: Desk, now: datetime) -> None:
    with desk.database.transaction() as session:
        there = Enterprises(session, now)
        there.known("Gạo", tax_code=CODES[0])
        there.known("May", tax_code=CODES[1], staff=80, sector="14", revenue=40_000_000_000)
        there.known("CS Bà Tư", commune="27694")
        there.known("Cơ sở Bà Tư", commune="25510")
        there.bare("Cơ sở bà tư")
    import_id = desk.bring(
        GAO, ("", CODES[1], "", 80, "", "", ""), TU, ("Mới", "", "", "", "", 1, "")
    )
    assert kinds(desk, import_id) == [RowKind.KNOWN, RowKind.SAME, RowKind.ALIKE, RowKind.WRONG]
    alike = desk.rows(import_id)[2]
    assert [one.title for one in alike.others] == ["Cơ sở bà tư"]
    assert alike.others[0].was[ProfileField.STAFF] is None


def test_what_stands_twice_in_the_table_is_an_error_of_the_second(desk: Desk) -> None:
    import_id = desk.bring(
        GAO, MAY, ("Khác", CODES[0], "", 1, "", "", ""), ("", "9900000016", "", 1, "", "", "")
    )
    assert faults(desk, import_id) == [(4, "tax_code_twice", "2"), (5, "missing", "")]


def test_two_codes_that_were_merged_are_one(desk: Desk, now: datetime) -> None:
    with desk.database.transaction() as session:
        there = Enterprises(session, now)
        kept = there.known("Gạo", tax_code=CODES[0]).enterprise_id
        gone = there.bare("Gạo", tax_code=None)
        gone_id = gone.id
        profiles = ProfileService(session, SECTORS)
        MergeService(session, profiles).merge(kept, gone_id, officer=desk.person(session), now=now)
        session.get_one(Enterprise, gone_id).tax_code = CODES[1]
    import_id = desk.bring(GAO, MAY)
    assert faults(desk, import_id) == [(3, "tax_code_twice", "2")]
    assert desk.rows(import_id)[0].to is not None


def test_two_rows_of_one_name_are_asked_for(desk: Desk) -> None:
    import_id = desk.bring(TU, TU, (*TU[:2], "Trà Vong", *TU[3:]))
    assert kinds(desk, import_id) == [RowKind.NEW, RowKind.ALIKE, RowKind.NEW]
    with pytest.raises(ImportRefused, match="open"):
        desk.apply(import_id)
    desk.choose(import_id, alike="new")
    assert len(desk.apply(import_id)) == 3


def test_half_a_table_never_stays(desk: Desk) -> None:
    class Breaking:
        def field_of(self, sector: str) -> BusinessField | None:
            if sector == "14":
                raise RuntimeError("in the middle")
            return SECTORS.field_of(sector)

    import_id = desk.bring(GAO, MAY, TU)
    before = [desk.count(model) for model in (Enterprise, EnterpriseProfile, ProfileChange)]
    with pytest.raises(RuntimeError), desk.database.transaction() as session:
        ImportService(session).apply(
            import_id, desk.person(session), ProfileService(session, Breaking()), now=desk.now
        )
    assert [desk.count(model) for model in (Enterprise, EnterpriseProfile, ProfileChange)] == before
    assert len(desk.apply(import_id)) == 3


def test_the_size_and_the_words_of_the_search_follow(desk: Desk) -> None:
    desk.apply(desk.bring(GAO, MAY))
    gao, may = desk.profile(CODES[0]), desk.profile(CODES[1])
    assert gao is not None
    assert may is not None
    assert (gao.size_class, may.size_class) == ("small", "small")
    assert "gao ngon" in gao.search_text
    with desk.database.reading() as session:
        assert session.scalars(
            select(ProfileContact.search_text).where(ProfileContact.phone == "0900000123")
        ).one()


def test_two_tables_at_once_enter_each_enterprise_once(desk: Desk) -> None:
    rows = [(f"Cơ sở {n}", "", "", n, "", "", "") for n in range(30)]
    ids = [desk.bring(GAO, MAY, *rows) for _ in range(2)]
    before = desk.count(Enterprise)
    with ThreadPoolExecutor(2) as pool:
        first, second = [pool.submit(desk.apply, one) for one in ids]
        done = [first.result(timeout=60), second.result(timeout=60)]
    assert desk.count(Enterprise) == before + 32
    did = sorted(sorted({one.did for one in outcomes.values()}) for outcomes in done)
    assert did == [["left"], ["new"]]


def test_one_table_applied_twice_at_once_is_applied_once(desk: Desk) -> None:
    import_id = desk.bring(GAO, MAY, TU)
    before = desk.count(Enterprise)

    def press() -> str:
        try:
            desk.apply(import_id)
        except ImportRefused as refused:
            return refused.reason
        return "done"

    with ThreadPoolExecutor(3) as pool:
        said = sorted(one.result(timeout=60) for one in [pool.submit(press) for _ in range(3)])
    assert said == ["applied", "applied", "done"]
    assert desk.count(Enterprise) == before + 3


@pytest.mark.postgres
def test_a_code_that_a_request_brings_at_that_instant_is_left(
    postgres_database: Database, now: datetime
) -> None:
    with postgres_database.transaction() as session:
        officer = Seed(session, now).officer("lanh.dao").id
    desk = Desk(postgres_database, officer, now)
    import_id = desk.bring(GAO, MAY)
    is_in, may_go = threading.Event(), threading.Event()

    def request() -> None:
        with postgres_database.transaction() as session:
            session.add(Enterprise(tax_code=CODES[0], name="", created_at=now))
            session.flush()
            is_in.set()
            may_go.wait(timeout=30)

    with ThreadPoolExecutor(2) as pool:
        asked = pool.submit(request)
        assert is_in.wait(timeout=30)
        applied = pool.submit(desk.apply, import_id)
        threading.Timer(0.5, may_go.set).start()
        asked.result(timeout=60)
        done = applied.result(timeout=60)
    assert [(one.did, one.why) for one in done.values()] == [("left", "known"), ("new", "")]


def test_a_name_that_somebody_entered_since_is_left(desk: Desk, now: datetime) -> None:
    import_id = desk.bring(TU)
    with desk.database.transaction() as session:
        Enterprises(session, now, seed=9).known("cơ sở bà tư")
    assert desk.apply(import_id)[2].why == "alike"


def test_an_enterprise_that_was_merged_since_is_left(desk: Desk, now: datetime) -> None:
    with desk.database.transaction() as session:
        there = Enterprises(session, now, seed=9)
        old = there.bare("Gạo", tax_code=CODES[0]).id
        other = there.known("Gạo khác").enterprise_id
    import_id = desk.bring(GAO)
    with desk.database.transaction() as session:
        session.get_one(Enterprise, old).merged_into_id = other
    assert desk.apply(import_id)[2].why == "gone"


def everything(desk: Desk) -> list[object]:
    """All that stands in the register, without what only counts up."""
    with desk.database.reading() as session:
        rows = session.scalars(select(EnterpriseProfile).order_by(EnterpriseProfile.enterprise_id))
        return [
            *(
                (one.enterprise_id, one.size_class, *(getattr(one, name) for name in ProfileField))
                for one in rows
            ),
            *session.scalars(select(Enterprise.id).order_by(Enterprise.id)),
            *session.scalars(select(ProfileContact.id).order_by(ProfileContact.id)),
        ]


def test_taken_back_everything_is_as_it_was(desk: Desk, now: datetime) -> None:
    with desk.database.transaction() as session:
        there = Enterprises(session, now, seed=9)
        there.known("Gạo", tax_code=CODES[0], revenue=12_345_000, staff=None)
        there.bare("", tax_code=CODES[1])
    before = everything(desk)
    import_id = desk.bring(GAO, MAY, TU)
    desk.apply(import_id)
    assert everything(desk) != before

    undone = desk.undo(import_id)

    assert everything(desk) == before
    assert [one.undone for one in undone.values()] == ["back", "back", "gone"]
    with pytest.raises(ImportRefused, match="undone"):
        desk.undo(import_id)


def test_an_import_under_another_is_taken_back_too_once_that_is(desk: Desk) -> None:
    before = everything(desk)
    first = desk.bring(GAO, TU)
    desk.apply(first)
    second = desk.bring((*GAO[:3], 99, *GAO[4:]))
    desk.apply(second)
    assert desk.profile(CODES[0]).staff == 99  # type: ignore[union-attr]
    desk.undo(second)
    assert desk.profile(CODES[0]).staff == 12  # type: ignore[union-attr]
    desk.undo(first)
    assert everything(desk) == before


def test_under_another_that_stands_the_first_takes_back_the_rest(desk: Desk) -> None:
    first = desk.bring(GAO)
    desk.apply(first)
    desk.apply(desk.bring((*GAO[:3], 99, *GAO[4:])))
    undone = desk.undo(first)[2]
    assert (undone.undone, list(undone.stayed)) == ("stayed", ["staff"])
    found = desk.profile(CODES[0])
    assert found is not None
    assert (found.staff, found.name, found.sector) == (99, "", "")


def test_what_somebody_changed_and_changed_back_counts_as_touched(desk: Desk) -> None:
    import_id = desk.bring(GAO)
    desk.apply(import_id)
    desk.write(CODES[0], staff=1)
    desk.write(CODES[0], staff=12)
    assert list(desk.undo(import_id)[2].stayed) == ["staff"]


def test_a_person_who_was_asked_since_stays(desk: Desk) -> None:
    import_id = desk.bring(GAO)
    desk.apply(import_id)
    with desk.database.transaction() as session:
        person = session.scalars(select(ProfileContact).where(ProfileContact.phone != "")).one()
        person.surveys = "yes"
    assert list(desk.undo(import_id)[2].stayed) == ["person"]
    assert desk.count(ProfileContact) == 1


def test_of_a_table_that_was_taken_in_no_person_is_kept(desk: Desk) -> None:
    import_id = desk.bring(GAO)
    assert "0900000123" in str(desk.rows(import_id)[0].as_json())
    desk.apply(import_id)
    with desk.database.reading() as session:
        assert "0900000123" not in str(session.get_one(ProfileImport, import_id).rows)


def test_a_table_that_nobody_took_in_is_forgotten_after_a_week(desk: Desk) -> None:
    old, taken_in = desk.bring(GAO), desk.bring(MAY)
    desk.apply(taken_in)
    later = replace(desk, now=desk.now + timedelta(days=8))
    new = later.bring(GAO)
    with desk.database.transaction() as session:
        ImportService(session).drop_old(now=later.now)
    with desk.database.reading() as session:
        service = ImportService(session)
        assert [one.id for one in service.page(limit=9)] == [new, taken_in]
        assert (service.count(), service.get(old)) == (2, None)
        assert session.get_one(ProfileImport, old).rows == []


def test_a_table_that_was_dropped_gives_its_number_to_no_other(desk: Desk) -> None:
    old = desk.bring(GAO)
    with desk.database.transaction() as session:
        assert ImportService(session).discard(old)
        assert not ImportService(session).discard(old)
    assert desk.bring(MAY) > old
    with desk.database.transaction() as session:
        profiles = ProfileService(session, SECTORS)
        service = ImportService(session)
        assert service.apply(old, desk.person(session), profiles, now=desk.now) is None


def test_the_list_reads_no_rows(desk: Desk) -> None:
    desk.bring(GAO)
    with desk.database.reading() as session:
        found = ImportService(session).page(limit=10)[0]
        assert "rows" not in found.__dict__
        assert found.reading["counts"]["new"] == 1
        assert found.state == ImportState.CHECKED


def test_an_applied_table_takes_no_more_choices(desk: Desk) -> None:
    import_id = desk.bring(GAO)
    desk.apply(import_id)
    with pytest.raises(ImportRefused, match="applied"):
        desk.choose(import_id, known="keep")
    with pytest.raises(ImportRefused, match="applied"), desk.database.transaction() as session:
        ImportService(session).discard(import_id)


def test_nothing_to_do_is_said(desk: Desk) -> None:
    desk.apply(desk.bring(GAO))
    with pytest.raises(ImportRefused, match="nothing"):
        desk.apply(desk.bring(GAO))


def test_what_is_kept_of_rows_and_choices_comes_back(desk: Desk) -> None:
    import_id = desk.bring(GAO, TU, ("Sai", "1", "", "x", "", "", ""))
    rows = desk.rows(import_id)
    assert [CheckedRow.of_json(row.as_json()) for row in rows] == rows
    choices = Choices("keep", skip_wrong=True, alike="new", rows={4: "skip"})
    desk.choose(import_id, known="keep", skip_wrong=True, alike="new", rows={4: "skip"})
    with desk.database.reading() as session:
        assert choices_of(session.get_one(ProfileImport, import_id)) == choices
    assert plan_of(rows, choices).size == 2
