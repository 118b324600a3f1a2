"""Addresses that nobody meant: a page or a plain refusal, never a failure, on both databases."""

import itertools
from urllib.parse import quote

import pytest

from bot.domain.clock import Clock
from bot.domain.office.roles import Role
from bot.house import House
from bot.knowledge.library import Library
from bot.settings import Settings
from bot.storage.database import Database
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

SHAPES = [
    "%00",
    "a%00b",
    "%ED%A0%BD",
    "%FF%FE",
    "%25%25_%5F",
    quote("🙂🙂"),
    "x" * 10_000,
    quote("ờ" * 3_000),
    "%5C",
    quote("'; DROP TABLE requests; --"),
]
ADDRESSES = [
    "/?page={}",
    "/requests/{}",
    "/requests/{}/files/x",
    "/requests/{}?messages=all",
]
STEPS = ["claim", "reply", "transfer", "release", "close"]
BEYOND = [2**31, 2**63, 10**30, 0, -1]


@pytest.fixture
def house(any_database: Database, library: Library, clock: Clock, settings: Settings) -> House:
    """Each test runs on SQLite and on PostgreSQL."""
    return House(settings=settings, database=any_database, library=library, clock=clock)


@pytest.fixture
def head(house: House) -> OfficerBrowser:
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.officer("lanh.dao", role=Role.HEAD)
        seed.noise(3)
    browser = OfficerBrowser(house)
    assert browser.enter("lanh.dao").status_code == 200
    return browser


def test_any_words_in_the_address_of_the_list_give_a_list(head: OfficerBrowser) -> None:
    for part, shape in itertools.product(
        ("q", "office", "tab", "mine", "done", "topic", "officer", "overdue", "from", "to"), SHAPES
    ):
        assert head.get(f"/?{part}={shape}").status_code == 200, (part, shape[:20])


def test_an_office_that_does_not_exist_narrows_nothing(head: OfficerBrowser) -> None:
    assert head.get("/?office=khong-co").text.count('class="row-head"') == 3


def test_a_number_beyond_what_there_can_be_is_not_found(head: OfficerBrowser) -> None:
    for address, number in itertools.product(ADDRESSES, (*BEYOND, "x")):
        assert head.get(address.format(number)).status_code == 404, (address, number)


def test_a_step_with_a_request_that_cannot_be_is_not_found(head: OfficerBrowser) -> None:
    fields = head.hidden("/sign-out") | {"form_id": "a" * 12, "text": "Chào", "reason": "Nhầm"}
    fields["office"] = "tdc"
    for step, number in itertools.product(STEPS, BEYOND):
        answer = head.client.post(f"/console/requests/{number}/{step}", data=fields)
        assert answer.status_code == 404, (step, number)


def test_a_file_of_any_name_is_not_found(head: OfficerBrowser) -> None:
    for shape in SHAPES:
        assert head.get(f"/requests/1/files/{shape}").status_code == 404, shape[:20]
