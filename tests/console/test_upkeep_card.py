"""The card of articles to look at again, on the front page of the console."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.audit.expiry import FIRST_WARNING, LAST_WARNING
from bot.domain.clock import VIETNAM, Clock
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.storage.database import Database
from tests.support.data.small_knowledge import (
    article_file,
    cite_only,
    copy_small_knowledge,
    edit,
    registered,
)
from tests.support.stands.officer_browser import OfficerBrowser

SignIn = Callable[[str], OfficerBrowser]

TITLE = "Bài tri thức cần xem lại"


@pytest.fixture
def today(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Articles of `tdc` and of `shtt`, none of them due."""
    return copy_small_knowledge(tmp_path / "knowledge_base")


@pytest.fixture
def house(folder: Path, database: Database, clock: Clock, settings: Settings) -> House:
    return House(settings=settings, database=database, library=Library(folder), clock=clock)


def review_on(house: House, name: str, day: date) -> None:
    edit(article_file(house.library.folder, name), "review_due: ", f"review_due: {day} # ")
    house.library.refresh()


def card(page: str) -> str:
    found = re.search(r'<details class="card upkeep".*?</details>', page, re.DOTALL)
    return " ".join(found[0].split()) if found else ""


def test_nothing_is_shown_where_nothing_is_due(sign_in: SignIn) -> None:
    assert TITLE not in sign_in("lan").get("/").text


def test_a_review_is_shown_to_its_office_and_to_heads_from_the_first_warning_on(
    sign_in: SignIn, house: House, today: date
) -> None:
    review_on(house, "nhan-hieu-chi-phi", today + FIRST_WARNING)
    review_on(house, "5s-la-gi", today + FIRST_WARNING + timedelta(days=1))
    assert TITLE not in sign_in("lan").get("/").text
    for username in ("tri.tue", "lanh.dao", "quan.tri"):
        shown = card(sign_in(username).get("/").text)
        assert "nhan-hieu-chi-phi" in shown
        assert "Hạn rà soát 23/01/2027" in shown
        assert "5s-la-gi" not in shown
        assert "gấp" not in shown


def test_the_last_two_weeks_are_marked_as_urgent(
    sign_in: SignIn, house: House, today: date
) -> None:
    review_on(house, "5s-la-gi", today + LAST_WARNING)
    review_on(house, "kaizen-la-gi", today + LAST_WARNING + timedelta(days=1))
    shown = card(sign_in("lan").get("/").text)
    assert '<span class="count">2</span>' in shown
    assert "1 gấp" in shown


def test_an_article_that_falls_silent_names_the_document(
    sign_in: SignIn, house: House, today: date
) -> None:
    last_day = today + timedelta(days=9)
    registered(house.library.folder, f"status: in_force; in_force_to: {last_day}")
    cite_only(article_file(house.library.folder, "5s-la-gi"), "thu-nghiem")
    house.library.refresh()
    shown = card(sign_in("lan").get("/").text)
    assert "Ngừng được dùng từ 04/12/2026: Thử hết hiệu lực" in shown


def test_many_are_cut_and_counted(sign_in: SignIn, house: House, today: date) -> None:
    for name in house.library.current.articles:
        file = article_file(house.library.folder, name)
        edit(file, "review_due: ", f"review_due: {today + timedelta(days=20)} # ")
    registered(house.library.folder, f"status: in_force; in_force_to: {today}")
    for name in ("5s-la-gi", "kaizen-la-gi", "iso9001-la-gi"):
        cite_only(article_file(house.library.folder, name), "thu-nghiem")
    house.library.refresh()
    shown = card(sign_in("lanh.dao").get("/").text)
    assert shown.count("<li>") == 12
    assert re.search(r"Và \d bài khác", shown)
