"""A person is moved or locked out at the very instant at which she, or another, takes a step."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.domain.office.roles import Role, answers_for
from bot.domain.requests.request import RequestState
from bot.house import House
from bot.services.staff.officers import OfficerService
from bot.storage.database import Database
from bot.storage.models import Officer, Request
from tests.support.data.seed import Seed
from tests.support.stands.officer_browser import OfficerBrowser

ROUNDS = 5


@pytest.fixture
def house(house: House, any_database: Database) -> House:
    return replace(house, database=any_database)


@pytest.fixture
def people(house: House) -> dict[str, int]:
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.noise(3)
        return {
            "mot": seed.officer("mot", role=Role.ADMINISTRATOR).id,
            "hai": seed.officer("hai", role=Role.ADMINISTRATOR).id,
            "lan": seed.officer("lan").id,
        }


def browser(house: House, username: str) -> OfficerBrowser:
    made = OfficerBrowser(house)
    assert made.enter(username).status_code == 200
    return made


def test_who_claims_while_she_is_moved_holds_nothing_that_she_cannot_see(
    house: House, people: dict[str, int]
) -> None:
    lan, admin = browser(house, "lan"), browser(house, "mot")
    path = f"/people/{people['lan']}"
    for number in range(ROUNDS):
        with house.database.transaction() as session:
            office = session.get_one(Officer, people["lan"]).office
            request_id = Seed(session, house.clock(), seed=50 + number).request(office=office).id
        other = "shtt" if office == "tdc" else "tdc"
        assert lan.get(f"/requests/{request_id}").status_code == 200
        admin.get(path)
        post = {"full_name": "Lan", "role": "officer", "office": other}
        with ThreadPoolExecutor(2) as pool:
            claimed = pool.submit(lan.post, f"/requests/{request_id}/claim")
            moved = pool.submit(admin.post, path, post)
            assert moved.result(timeout=60).status_code == 200
            assert claimed.result(timeout=60).status_code in {200, 404}
        with house.database.transaction() as session:
            officer = session.get_one(Officer, people["lan"])
            request = session.get_one(Request, request_id)
            held = request.officer_id == officer.id
            assert not held or answers_for(Role.OFFICER, officer.office, request.office)
            assert held or request.state == RequestState.NEW


def test_two_administrators_who_lock_each_other_out_leave_one(
    house: House, people: dict[str, int]
) -> None:
    for _ in range(ROUNDS):
        pair = (browser(house, "mot"), people["hai"]), (browser(house, "hai"), people["mot"])
        for admin, other in pair:
            admin.get(f"/people/{other}")
        with ThreadPoolExecutor(2) as pool:
            for step in [
                pool.submit(admin.post, f"/people/{other}/disable") for admin, other in pair
            ]:
                assert step.result(timeout=60).status_code in {200, 422}
        with house.database.transaction() as session:
            service = OfficerService(session)
            assert service.has_administrator()
            for name in ("mot", "hai"):
                service.enable(session.get_one(Officer, people[name]))
