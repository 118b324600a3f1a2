"""The register as a list: narrowed, searched in any order and without accents, sorted, counted."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.services.enterprises.contact_history import ContactDetails
from bot.services.enterprises.enterprise_list import (
    EnterpriseFilter,
    EnterpriseList,
    Happening,
    Order,
)
from bot.services.enterprises.profile_contacts import ProfileContactService
from bot.storage.database import Database
from bot.storage.models import Enterprise
from tests.support.data.enterprises import BY_HAND, Enterprises
from tests.support.data.seed import Seed

CODE, OTHER_CODE = "0101243150", "0100109106"


@pytest.fixture
def database(any_database: Database, now: datetime) -> Database:
    """Three enterprises of ours among ten of others, and requests of others."""
    with any_database.transaction() as session:
        Seed(session, now).noise(5)
        enterprises = Enterprises(session, now)
        enterprises.noise(10)
        wood = enterprises.known(
            "Công ty TNHH Gỗ Đại Phát",
            tax_code=CODE,
            commune="25459",
            products="ghế gỗ, bàn gỗ",
            exports=True,
            ownership="foreign",
        )
        enterprises.known("Ánh Dương", staff=5, revenue=10**9, sector="14", exports=False)
        enterprises.known("công ty may Bình An", sector="14")
        people = ProfileContactService(session)
        details = ContactDetails("Nguyễn Thị Hường", phone="0901234567", email="h@go.example")
        people.add(wood.enterprise_id, details, by=BY_HAND, now=now)
    return any_database


def names(
    session: Session, wanted: EnterpriseFilter | None = None, order: Order = Order.NAME
) -> list[str]:
    filtered = wanted or EnterpriseFilter()
    listing = EnterpriseList(session)
    found = listing.page(filtered, order, limit=50)
    assert listing.count(filtered) == len(found)
    assert [row.name for row in listing.everything(filtered, order)] == [row.name for row in found]
    return [row.name for row in found]


@pytest.mark.parametrize(
    "text",
    [
        "gỗ đại",
        "GO DAI",
        "phat go",
        "dai phat cong ty",
        CODE,
        "mst 0101 243 150",
        "ban go",
        "huong",
        "0901234567",
        "0901.234.567",
        "h@go.example",
        "huong go",
    ],
)
def test_words_are_found_in_name_products_code_and_people(database: Database, text: str) -> None:
    with database.reading() as session:
        assert names(session, EnterpriseFilter(text=text)) == ["Công ty TNHH Gỗ Đại Phát"]


@pytest.mark.parametrize("text", ["hat", "gỗ bình", "!!!", "%", "_", "0101243159"])
def test_what_no_enterprise_holds_finds_none(database: Database, text: str) -> None:
    with database.reading() as session:
        assert names(session, EnterpriseFilter(text=text)) == []


@pytest.mark.parametrize(
    "wanted",
    [
        EnterpriseFilter(commune="25459"),
        EnterpriseFilter(exports=True),
        EnterpriseFilter(ownership="foreign"),
        EnterpriseFilter(size="small", sector="10", ownership="foreign"),
    ],
)
def test_each_choice_narrows(database: Database, wanted: EnterpriseFilter) -> None:
    with database.reading() as session:
        assert names(session, wanted) == ["Công ty TNHH Gỗ Đại Phát"]


def test_no_export_is_another_thing_than_not_known(database: Database) -> None:
    with database.reading() as session:
        assert names(session, EnterpriseFilter(exports=False)) == ["Ánh Dương"]


def test_a_size_is_found_by_what_was_computed(database: Database) -> None:
    with database.reading() as session:
        assert names(session, EnterpriseFilter(size="micro", sector="14")) == ["Ánh Dương"]


def test_names_are_sorted_without_accents_and_case(database: Database) -> None:
    with database.reading() as session:
        ours = [name for name in names(session) if not name.startswith("Cơ sở")]
    assert ours == ["Ánh Dương", "công ty may Bình An", "Công ty TNHH Gỗ Đại Phát"]


def test_the_one_changed_last_comes_first(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        later = Enterprises(session, now + timedelta(days=1), seed=8)
        later.known("Xưởng mới nhất")
    with database.reading() as session:
        assert names(session, order=Order.CHANGED)[0] == "Xưởng mới nhất"


def test_pages_follow_one_another_without_gap(database: Database) -> None:
    with database.reading() as session:
        listing, wanted = EnterpriseList(session), EnterpriseFilter()
        whole = [row.name for row in listing.everything(wanted, Order.NAME)]
        paged = [
            row.name
            for offset in range(0, len(whole), 3)
            for row in listing.page(wanted, Order.NAME, limit=3, offset=offset)
        ]
    assert paged == whole


def test_runs_and_open_requests_narrow_as_far_as_runs_may_be_seen(
    database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        enterprises = Enterprises(session, now, seed=8)
        ran = enterprises.known("Xưởng đã đánh giá")
        enterprises.run(ran.enterprise_id, 80)
        asked = enterprises.known("Xưởng đang hỏi", tax_code=OTHER_CODE)
        Seed(session, now, seed=9).request(enterprise=("Xưởng đang hỏi", OTHER_CODE))
        asking = asked.enterprise_id
    with database.reading() as session:
        runs = names(session, EnterpriseFilter(has_run=True, sees_runs=True))
        assert "Xưởng đã đánh giá" in runs
        assert "Xưởng đang hỏi" not in runs
        unseen = EnterpriseFilter(has_run=True, sees_runs=False)
        assert len(names(session, unseen)) == len(names(session))
        opened = names(session, EnterpriseFilter(has_open_request=True))
        assert opened == ["Xưởng đang hỏi"]
        assert session.get_one(Enterprise, asking).tax_code == OTHER_CODE


def test_enterprises_without_a_profile_are_those_that_requests_name(
    database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        seed = Seed(session, now, seed=9)
        seed.request(enterprise=("Cơ sở Nước mắm Cô Tư", ""), question="Máy sấy hỏi giá")
        seed.request(enterprise=("Tên cũ hay quên", OTHER_CODE))
        seed.request(enterprise=("Tên mới của xưởng", OTHER_CODE))
        Enterprises(session, now, seed=8).bare("Chưa ai hỏi")
    with database.reading() as session:
        listing = EnterpriseList(session)
        rows = listing.page_without_profile("", limit=50)
        assert listing.count_without_profile() == len(rows)
        called = [row.name for row in rows]
        assert called[:2] == ["Tên mới của xưởng", "Cơ sở Nước mắm Cô Tư"]
        assert "Chưa ai hỏi" not in called
        assert all(row.profile is None for row in rows)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nuoc mam co tu", ["Cơ sở Nước mắm Cô Tư"]),
        ("ten cu", ["Tên mới của xưởng"]),
        (OTHER_CODE, ["Tên mới của xưởng"]),
        (f"quen {OTHER_CODE}", ["Tên mới của xưởng"]),
        ("may say", []),
        ("!!", []),
    ],
)
def test_they_are_found_by_names_and_codes_and_not_by_what_was_asked(
    database: Database, now: datetime, text: str, found: list[str]
) -> None:
    with database.transaction() as session:
        seed = Seed(session, now, seed=9)
        seed.request(enterprise=("Cơ sở Nước mắm Cô Tư", ""), question="Máy sấy hỏi giá")
        seed.request(enterprise=("Tên cũ hay quên", OTHER_CODE))
        seed.request(enterprise=("Tên mới của xưởng", OTHER_CODE))
    with database.reading() as session:
        listing = EnterpriseList(session)
        assert [row.name for row in listing.page_without_profile(text, limit=50)] == found
        assert listing.count_without_profile(text) == len(found)


def test_a_merged_enterprise_is_in_neither_list(database: Database, now: datetime) -> None:
    with database.transaction() as session:
        enterprises = Enterprises(session, now, seed=8)
        kept = enterprises.known("Xưởng còn lại")
        gone = Seed(session, now, seed=9).request(enterprise=("Xưởng đã gộp", "")).enterprise
        assert gone is not None
        gone.merged_into_id = kept.enterprise_id
    with database.reading() as session:
        rows = EnterpriseList(session).page_without_profile("", limit=50)
        assert "Xưởng đã gộp" not in [row.name for row in rows]


def test_the_newest_thing_of_a_row_is_told_as_far_as_it_may_be_seen(
    database: Database, now: datetime
) -> None:
    with database.transaction() as session:
        old = Enterprises(session, now - timedelta(days=9), seed=8)
        profile = old.known("Xưởng bận rộn", tax_code=OTHER_CODE)
        asked = Seed(session, now - timedelta(days=5), seed=9)
        asked.request(enterprise=("Xưởng bận rộn", OTHER_CODE))
        old.run(profile.enterprise_id, 70, ago=timedelta(days=-7))
    with database.reading() as session:
        listing = EnterpriseList(session)
        rows = listing.page(EnterpriseFilter(text="ban ron"), Order.NAME, limit=5)
        all_of_it = listing.last(rows, sees_runs=True)[rows[0].enterprise.id]
        less = listing.last(rows, sees_runs=False)[rows[0].enterprise.id]
    assert (all_of_it.kind, all_of_it.at) == (Happening.RUN, now - timedelta(days=2))
    assert (less.kind, less.at) == (Happening.REQUEST, now - timedelta(days=5))
