"""Internal notes: kept once, told to whom they name, gone with the owner's data."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role
from bot.services.desk.notes import NoteRefused, NoteService
from bot.services.privacy.privacy import PrivacyService
from bot.storage.database import Database
from bot.storage.models import CaseNote, Message, NoteMention, Officer, Request, RequestEvent
from tests.support.data.seed import Seed

OWN = frozenset({"tdc"})


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


@pytest.fixture
def seed(session: Session, now: datetime) -> Seed:
    return Seed(session, now)


@pytest.fixture
def lan(seed: Seed) -> Officer:
    seed.officer("minh", full_name="Lê Văn Minh")
    seed.officer("tri.tue", office="shtt")
    seed.officer("lanh.dao", role=Role.HEAD)
    return seed.officer("lan")


@pytest.fixture
def request_row(seed: Seed) -> Request:
    return seed.request()


def named(session: Session, username: str) -> Officer:
    return session.scalars(select(Officer).filter_by(username=username)).one()


def test_a_note_is_kept_once_has_its_line_and_is_no_message(
    session: Session, seed: Seed, lan: Officer, request_row: Request
) -> None:
    notes = NoteService(session)
    for _ in range(2):
        notes.write(request_row.id, lan, "Đã gọi, chưa gặp", cause="form:1", now=seed.now)

    (note,) = notes.of(request_row)
    assert (note.text, note.officer.username) == ("Đã gọi, chưa gặp", "lan")
    lines = session.scalars(select(RequestEvent.kind).filter_by(request_id=request_row.id)).all()
    assert list(lines).count("noted") == 1
    assert session.scalar(select(func.count()).select_from(Message)) == 0


def test_who_is_named_has_it_in_her_list_until_she_has_read_it(
    session: Session, seed: Seed, lan: Officer, request_row: Request
) -> None:
    notes, minh = NoteService(session), named(session, "minh")
    notes.write(request_row.id, lan, "@minh xem giúp, @lan", cause="form:1", now=seed.now)
    (first,) = notes.of(request_row)
    notes.write(request_row.id, lan, "@minh thêm nữa", cause="form:2", now=seed.now)

    assert notes.calling(minh.id, OWN) == [request_row]
    assert notes.calling(lan.id, OWN) == []
    assert notes.calling(minh.id, frozenset({"shtt"})) == []
    # What her page did not show yet she has not read.
    notes.seen(request_row.id, minh, shown=first.id, now=seed.now)
    assert notes.calling(minh.id, OWN) == [request_row]
    notes.seen(request_row.id, minh, shown=first.id + 1, now=seed.now)
    assert notes.calling(minh.id, OWN) == []


@pytest.mark.parametrize("name", ["tri.tue", "khong.co"])
def test_a_note_that_names_somebody_who_cannot_read_it_is_not_kept(
    session: Session, seed: Seed, lan: Officer, request_row: Request, name: str
) -> None:
    notes = NoteService(session)
    with pytest.raises(NoteRefused) as refused:
        notes.write(request_row.id, lan, f"@minh @{name} ơi", cause="form:1", now=seed.now)
    assert (refused.value.reason, refused.value.name) == ("stranger", name)
    assert notes.of(request_row) == []


def test_who_left_is_no_reader_and_a_head_is_one(
    session: Session, lan: Officer, request_row: Request
) -> None:
    named(session, "minh").active = False
    session.flush()
    readers = [one.username for one in NoteService(session).readers(request_row)]
    assert sorted(readers) == ["lan", "lanh.dao"]
    assert lan.username in readers


def test_notes_go_with_the_owners_data_and_none_is_written_after_it(
    session: Session, seed: Seed, lan: Officer, request_row: Request, tmp_path: Path
) -> None:
    notes, other = NoteService(session), seed.request()
    notes.write(request_row.id, lan, "@minh chị Hai bận", cause="form:1", now=seed.now)
    notes.write(other.id, lan, "@minh khác", cause="form:2", now=seed.now)
    PrivacyService(session, tmp_path).erase(
        request_row.conversation_id, words="đã xóa", now=seed.now
    )

    assert [note.text for note in session.scalars(select(CaseNote))] == ["@minh khác"]
    assert session.scalar(select(func.count()).select_from(NoteMention)) == 1
    with pytest.raises(NoteRefused):
        notes.write(request_row.id, lan, "nữa", cause="form:3", now=seed.now)
