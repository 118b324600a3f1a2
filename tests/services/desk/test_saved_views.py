"""Filters that a person keeps: one a name, her own to change, an office's to see."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from bot.domain.input.lengths import VIEW_NAME
from bot.services.desk.saved_views import MOST_VIEWS, SavedViews, ViewRefused
from bot.storage.database import Database
from bot.storage.models import Officer


@pytest.fixture
def database(any_database: Database) -> Database:
    """Each test runs on SQLite and on PostgreSQL."""
    return any_database


def names(views: SavedViews, officer: Officer, office: str = "tdc") -> list[str]:
    return [one.name for one in views.of(officer.id, office)]


def test_one_s_own_are_seen_by_oneself_and_shared_ones_by_the_office(
    session: Session, lan: Officer, minh: Officer, now: datetime
) -> None:
    views = SavedViews(session)
    views.keep(lan, "Quá hạn", "?overdue=1", now=now)
    views.keep(lan, "Chung", "?mine=1", office="tdc", now=now)
    assert names(views, lan) == ["Chung", "Quá hạn"]
    assert names(views, minh) == ["Chung"]
    assert names(views, minh, "shtt") == []


def test_a_name_is_one_without_accents_and_the_same_again_is_no_second_one(
    session: Session, lan: Officer, minh: Officer, now: datetime
) -> None:
    views = SavedViews(session)
    first = views.keep(lan, "Quá hạn", "?overdue=1", now=now)
    assert views.keep(lan, "Quá hạn", "?overdue=1", now=now).id == first.id
    with pytest.raises(ViewRefused, match="taken"):
        views.keep(lan, "qua HAN", "?mine=1", now=now)
    views.keep(minh, "qua HAN", "?mine=1", now=now)
    other = views.keep(lan, "Của tôi", "?mine=1", now=now)
    with pytest.raises(ViewRefused, match="taken"):
        views.rename(other, lan, "QUÁ HẠN")
    views.rename(first, lan, "QUÁ HẠN")
    views.remove(other)
    assert names(views, lan) == ["QUÁ HẠN"]


@pytest.mark.parametrize("name", ["", "…", "x" * (VIEW_NAME + 1)])
def test_a_name_must_be_readable_and_short(
    session: Session, lan: Officer, now: datetime, name: str
) -> None:
    with pytest.raises(ViewRefused, match="name"):
        SavedViews(session).keep(lan, name, "?mine=1", now=now)


def test_there_is_an_end_of_them(session: Session, lan: Officer, now: datetime) -> None:
    views = SavedViews(session)
    for number in range(MOST_VIEWS):
        views.keep(lan, f"Bộ {number}", "?mine=1", now=now)
    with pytest.raises(ViewRefused, match="many"):
        views.keep(lan, "Thêm", "?mine=1", now=now)
