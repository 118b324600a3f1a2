"""What was made goes whole; what is real stays, and so does who has come to be named by it."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.domain.office.trail import Deed, TrailKind
from bot.domain.talk.messages import ChannelName
from bot.knowledge.library import Library
from bot.services.assessments.answer_page import AnswerPages
from bot.services.demo.crowd import Crowd, CrowdSize
from bot.services.demo.removal import OF_CHATS, OF_ENTERPRISES, OF_PEOPLE, Removal, Removed
from bot.services.demo.seeding import Made, Seeding
from bot.services.requests.cases import CaseService
from bot.services.staff.trail import Trail
from bot.services.upkeep.demo_rows import DemoRows
from bot.storage.base import Base
from bot.storage.database import Database
from bot.storage.models import Attempt, Conversation, Enterprise, Officer, Request, StoredFile
from bot.texts import default_texts
from tests.support.data.seed import PASSWORD, Seed

STAY = {"assessment_definitions"}
"""Questions as they once stood: whoever takes the assessment next keeps them anyway."""


def counts(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name not in STAY
        }


def remove(database: Database, library: Library, now: datetime, files: Path) -> Removed:
    with database.transaction() as session:
        cases = CaseService(session, default_texts(), library.current)
        return Removal(session, cases, files).remove(now=now)


def test_a_demo_leaves_nothing_behind(
    any_database: Database, library: Library, now: datetime, tmp_path: Path
) -> None:
    with any_database.transaction() as session:
        seed = Seed(session, now)
        seed.officer("lan")
        seed.request(enterprise=("Công ty TNHH May Hương Lúa", "0312345678"))
    before = counts(any_database)
    with any_database.transaction() as session:
        seeding = Seeding(session, library, default_texts())
        made = seeding.seed(PASSWORD, beside_real=True, now=now)
        Crowd(library, CrowdSize(30, 120), now).put(session, range(30))
    assert counts(any_database)["requests"] == 1 + made.cases + 30

    removed = remove(any_database, library, now, tmp_path)

    assert removed == Removed(cases=made.cases + 30)
    assert counts(any_database) == before
    assert remove(any_database, library, now, tmp_path) == Removed(cases=0)


def test_what_real_people_did_to_made_up_cases_goes_with_them(
    demo: Database, made: Made, library: Library, now: datetime, tmp_path: Path
) -> None:
    (tmp_path / "sent").write_bytes(b"x")
    with demo.transaction() as session:
        lan = Seed(session, now).officer("lan")
        request = session.scalars(select(Request).where(Request.state == "new")).first()
        assert request is not None
        cases = CaseService(session, default_texts(), library.current)
        cases.claim(request.id, lan, now=now)
        cases.reply(request.id, lan, "Chào anh/chị", cause="lan", now=now)
        session.add(
            StoredFile(
                id="sent", conversation_id=request.conversation_id, name="a.txt",
                media_type="text/plain", size=1, sha256="", created_at=now,
            )
        )  # fmt: skip
        company = session.scalars(select(Enterprise)).first()
        assert company is not None
        pages = AnswerPages(
            session, library.tables.assessments, default_texts(), products=library.current.products
        )
        pages.begin(
            "5s", enterprise_id=company.id, key="counter", officer_id=lan.id, campaign_id=None,
            consent_version="", now=now,
        )  # fmt: skip

    removed = remove(demo, library, now, tmp_path)

    assert removed == Removed(cases=made.cases)
    assert not (tmp_path / "sent").exists()
    left = counts(demo)
    assert left["officers"] == 1
    assert left["attempts"] == left["conversations"] == left["enterprises"] == 0


def test_whoever_acted_on_something_real_is_locked_out_and_keeps_her_name(
    demo: Database, made: Made, library: Library, now: datetime, tmp_path: Path
) -> None:
    with demo.transaction() as session:
        hien, nam = (
            session.scalars(select(Officer).filter_by(username=name)).one()
            for name in ("mau.hien", "mau.nam")
        )
        request = Seed(session, now).request(office="tdc")
        cases = CaseService(session, default_texts(), library.current)
        cases.claim(request.id, hien, now=now)
        Trail(session).write(Deed(TrailKind.SIGN_IN, "sign_in", officer_id=nam.id), now=now)
        real = request.id

    removed = remove(demo, library, now, tmp_path)

    assert removed == Removed(cases=made.cases, locked_out=("mau.hien", "mau.nam"))
    with demo.reading() as session:
        assert {(one.username, one.active) for one in session.scalars(select(Officer))} == {
            ("mau.hien", False), ("mau.nam", False),
        }  # fmt: skip
        kept = session.get_one(Request, real)
        assert (kept.state, kept.officer_id) == ("new", None)


def test_an_enterprise_that_a_real_request_names_stays(
    demo: Database, made: Made, library: Library, now: datetime, tmp_path: Path
) -> None:
    with demo.transaction() as session:
        company = session.scalars(select(Enterprise).order_by(Enterprise.id)).first()
        assert company is not None
        Seed(session, now).request().enterprise_id = company.id

    assert remove(demo, library, now, tmp_path).enterprises_kept == 1
    assert made.enterprises > 1
    assert counts(demo)["enterprises"] == counts(demo)["enterprise_profiles"] == 1


def test_a_real_duplicate_of_a_made_up_case_stands_alone_again(
    demo: Database, library: Library, now: datetime, tmp_path: Path
) -> None:
    with demo.transaction() as session:
        kept = session.scalars(select(Request).where(Request.state == "claimed")).first()
        real = Seed(session, now).request()
        assert kept is not None
        real.duplicate_of_id = kept.id
        code = real.code

    remove(demo, library, now, tmp_path)

    with demo.reading() as session:
        left = session.scalars(select(Request)).one()
        assert (left.code, left.duplicate_of_id) == (code, None)
        assert session.scalars(select(Conversation)).one().channel == ChannelName.WEB
        assert session.scalars(select(Attempt)).all() == []
        assert not DemoRows(session).is_there()


@pytest.mark.parametrize("owned", [OF_CHATS, OF_ENTERPRISES, OF_PEOPLE])
def test_each_column_that_things_go_by_names_another_table(
    owned: dict[str, tuple[str, ...]],
) -> None:
    for table, columns in owned.items():
        for column in columns:
            assert len(Base.metadata.tables[table].c[column].foreign_keys) == 1


def test_nothing_that_must_name_what_goes_is_left_behind() -> None:
    going = {*OF_CHATS, "conversations", "campaigns", "canned_replies"}
    must = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in going and not key.parent.nullable
    }

    assert must
    assert must - set(OF_CHATS) == set()
