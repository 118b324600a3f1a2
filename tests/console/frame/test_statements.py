"""How often a page asks the database: a bounded number, however many rows it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from sqlalchemy import event

from bot.domain.office.roles import Role
from bot.house import House
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

PAGES = {
    "/": 32,
    "/?tab=all": 32,
    "/?q=may+ISO": 32,
    "/figures?from=2026-01-01&to=2026-12-31": 18,
    "/enterprises": 18,
    "/assessments": 18,
    "/gaps": 18,
    "/corrections": 18,
    "/surveys": 18,
    "/people": 18,
    "/trail": 18,
}
"""The statements that a page may take at most: another one has to be worth it."""


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    """Every statement that goes to the database meanwhile."""
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    engines = (house.database.engine, house.database._reading_engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def asked_by(house: House, browser: OfficerBrowser, page: str) -> int:
    browser.get(page)  # what is kept in memory afterwards is not asked again
    with statements(house) as asked:
        response = browser.get(page)
    assert response.status_code == 200, page
    return len(asked)


@pytest.fixture
def browser(house: House, now: datetime) -> OfficerBrowser:
    with house.database.transaction() as session:
        seed = Seed(session, now)
        seed.officer("lan")
        seed.officer("sep", role=Role.ADMINISTRATOR)
        seed.noise(5)
    browser = OfficerBrowser(house)
    browser.enter("sep")
    return browser


def test_a_page_asks_as_often_of_many_rows_as_of_few(
    house: House, browser: OfficerBrowser, now: datetime
) -> None:
    few = {page: asked_by(house, browser, page) for page in PAGES}
    with house.database.transaction() as session:
        Seed(session, now, seed=8).noise(40)
    many = {page: asked_by(house, browser, page) for page in PAGES}

    assert many == few
    assert {page: count for page, count in many.items() if count > PAGES[page]} == {}
