"""Absences are written down, taken back, and refused where they cannot be."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from bot.domain.office.absence import Handing
from bot.services.staff.absences import AbsenceRefused, AbsenceService
from bot.storage.database import Database
from bot.storage.models import Absence, Officer
from tests.support.data.seed import Seed


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


def write(
    session: Session, officer: Officer, now: datetime, span: tuple[int, int], **changes: object
) -> Absence:
    today = date(2026, 11, 24)
    values: dict[str, object] = {"handing": Handing.QUEUE, "substitute": None} | changes
    return AbsenceService(session).write(
        officer,
        officer,
        first_day=today + timedelta(span[0]),
        last_day=today + timedelta(span[1]),
        now=now,
        **values,  # type: ignore[arg-type]
    )


def test_the_same_days_twice_are_one_absence(session: Session, lan: Officer, now: datetime) -> None:
    first = write(session, lan, now, (1, 3))
    assert write(session, lan, now, (1, 3)) is first
    assert AbsenceService(session).ahead(lan, now=now) == [first]


@pytest.mark.parametrize(
    ("span", "reason"),
    [((3, 5), "overlap"), ((-3, -1), "days"), ((5, 4), "days"), ((9, 900), "days")],
)
def test_days_that_are_none_or_that_meet_others_are_refused(
    session: Session, lan: Officer, now: datetime, span: tuple[int, int], reason: str
) -> None:
    write(session, lan, now, (1, 3))
    with pytest.raises(AbsenceRefused, match=reason):
        write(session, lan, now, span)


@pytest.mark.parametrize("who", ["nobody", "herself", "other office", "locked"])
def test_who_cannot_answer_her_cases_does_not_stand_in(
    session: Session, seed: Seed, lan: Officer, now: datetime, who: str
) -> None:
    substitute = {"nobody": None, "herself": lan}.get(who)
    if who == "other office":
        substitute = seed.officer(office="shtt")
    if who == "locked":
        substitute = seed.officer()
        substitute.active = False
    with pytest.raises(AbsenceRefused, match="substitute"):
        write(session, lan, now, (0, 1), handing=Handing.SUBSTITUTE, substitute=substitute)


def test_an_absence_taken_back_frees_its_days(
    session: Session, lan: Officer, now: datetime
) -> None:
    absences = AbsenceService(session)
    absence = write(session, lan, now, (0, 3))
    assert absences.away(now=now) == {lan.id: absence.last_day}
    for _ in range(2):
        absences.take_back(absence, now=now)
    session.flush()
    assert absences.away(now=now) == {}
    assert write(session, lan, now, (0, 3)) is not absence
