"""The trail is written, read by pages, and changed by nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.domain.office.trail import SAME_VIEW, Deed, TrailKind
from bot.services.staff.trail import MOST_UNKNOWN, PIECE, Trail, TrailFilter
from bot.storage.database import Database
from bot.storage.models import TrailLine
from tests.support.data.seed import Seed

CHANGE = Deed(TrailKind.CHANGE, "reply", subject_kind="request", subject="HT-26-AAAAA")
LONG_AGO = timedelta(days=800)


def acts(session: Session, wanted: TrailFilter | None = None) -> list[str]:
    lines = Trail(session).page(wanted or TrailFilter(), before=None, limit=500)
    return [line.act for line in lines]


def test_a_case_is_kept_by_its_code_and_a_person_by_the_user_name(
    session: Session, now: datetime
) -> None:
    seed = Seed(session, now)
    request = seed.request(seed.conversation())
    lan = seed.officer("lan")
    trail = Trail(session)
    for kind, row in (("request", request.id), ("person", lan.id), ("request", 987_654)):
        deed = Deed(TrailKind.CHANGE, "x", lan.id, "192.0.2.1", kind, str(row), "7")
        trail.write(deed, now=now)
    lines = trail.page(TrailFilter(), before=None, limit=10)
    assert [line.subject for line in lines] == ["987654", "lan", request.code]
    assert {line.officer.username for line in lines if line.officer} == {"lan"}
    assert {line.address for line in lines} == {"192.0.2.1"}


def test_a_view_that_repeats_is_one_line_of_half_an_hour(session: Session, now: datetime) -> None:
    trail, view = Trail(session), Deed(TrailKind.VIEW, "show_case", subject="HT-26-AAAAA")
    other = Deed(TrailKind.VIEW, "show_case", subject="HT-26-BBBBB")
    elsewhere = Deed(TrailKind.VIEW, "show_case", subject="HT-26-AAAAA", address="192.0.2.1")
    for deed in (view, view, other, elsewhere, view):
        trail.write(deed, now=now)
        session.flush()
    assert len(acts(session)) == len({view, other, elsewhere})
    trail.write(view, now=now + SAME_VIEW)
    assert len(acts(session)) == 4


def test_each_change_is_a_line_of_its_own(session: Session, now: datetime) -> None:
    for _ in range(3):
        Trail(session).write(CHANGE, now=now)
    assert acts(session) == ["reply"] * 3


def test_a_flood_of_sign_ins_of_nobodys_fills_no_disk(session: Session, now: datetime) -> None:
    lan = Seed(session, now).officer("lan")
    for number in range(MOST_UNKNOWN + 20):
        deed = Deed(TrailKind.REFUSED, "sign_in", address=f"192.0.2.{number}")
        Trail(session).write(deed, now=now)
        session.flush()
    assert len(acts(session)) == MOST_UNKNOWN
    Trail(session).write(Deed(TrailKind.REFUSED, "sign_in", lan.id), now=now)
    assert len(acts(session)) == MOST_UNKNOWN + 1


def test_lines_are_found_by_person_kind_subject_and_day(session: Session, now: datetime) -> None:
    lan = Seed(session, now).officer("lan")
    trail = Trail(session)
    trail.write(Deed(TrailKind.SIGN_IN, "sign_in", lan.id), now=now)
    trail.write(CHANGE, now=now)
    trail.write(
        Deed(TrailKind.SIGN_OUT, "late", lan.id), now=datetime(2026, 11, 25, 17, tzinfo=UTC)
    )
    assert acts(session, TrailFilter(officer_id=lan.id)) == ["late", "sign_in"]
    assert acts(session, TrailFilter(kind=TrailKind.CHANGE)) == ["reply"]
    assert acts(session, TrailFilter(subject="HT-26-AAAAA")) == ["reply"]
    assert acts(session, TrailFilter(since=date(2026, 11, 26))) == ["late"]
    assert acts(session, TrailFilter(until=date(2026, 11, 25))) == ["reply", "sign_in"]


def test_a_page_goes_on_below_a_line_whatever_is_written_meanwhile(
    session: Session, now: datetime
) -> None:
    trail = Trail(session)
    for number in range(7):
        trail.write(Deed(TrailKind.CHANGE, f"act-{number}"), now=now)
    session.flush()
    first = trail.page(TrailFilter(), before=None, limit=3)
    trail.write(Deed(TrailKind.CHANGE, "meanwhile"), now=now)
    second = trail.page(TrailFilter(), before=first[-1].id, limit=3)
    assert [line.act for line in [*first, *second]] == [f"act-{n}" for n in range(6, 0, -1)]


@pytest.mark.parametrize("age", [timedelta(0), LONG_AGO])
def test_the_database_refuses_to_change_a_line(any_database: Database, age: timedelta) -> None:
    with any_database.transaction() as session:
        Trail(session).write(CHANGE, now=datetime.now(UTC) - age)
    with pytest.raises(DBAPIError, match="never changed"), any_database.transaction() as session:
        session.execute(update(TrailLine).values(act="nothing"))


def test_the_database_refuses_to_remove_what_is_less_than_a_year_old(
    any_database: Database,
) -> None:
    with any_database.transaction() as session:
        Trail(session).write(CHANGE, now=datetime.now(UTC) - timedelta(days=360))
    with pytest.raises(DBAPIError, match="kept for a year"), any_database.transaction() as session:
        session.execute(delete(TrailLine))
    with any_database.transaction() as session:
        assert acts(session) == ["reply"]


def test_what_is_past_its_months_goes_and_its_going_is_a_line(any_database: Database) -> None:
    now = datetime.now(UTC)
    with any_database.transaction() as session:
        trail = Trail(session)
        for days in (900, 800, 500, 10):
            trail.write(Deed(TrailKind.CHANGE, f"{days} days"), now=now - timedelta(days=days))
    with any_database.transaction() as session:
        assert Trail(session).forget_old(24, now=now) == 2
        assert Trail(session).forget_old(24, now=now) == 0
    with any_database.transaction() as session:
        assert acts(session) == ["forget_trail", "10 days", "500 days"]
        assert session.scalars(select(TrailLine.detail).order_by(TrailLine.id.desc())).first() == (
            "2"
        )


def test_a_piece_is_bounded(any_database: Database) -> None:
    now = datetime.now(UTC)
    old = {
        "at": now - LONG_AGO, "kind": "change", "act": "x", "address": "",
        "subject_kind": "", "subject": "", "detail": "",
    }  # fmt: skip
    with any_database.transaction() as session:
        session.execute(TrailLine.__table__.insert(), [old] * (PIECE + 1))
    with any_database.transaction() as session:
        assert Trail(session).forget_old(24, now=now) == PIECE
        assert Trail(session).forget_old(24, now=now) == 1
