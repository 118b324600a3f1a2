"""What the house does by itself: edits are followed, nothing stays stranded."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot import signals
from bot.domain.clock import VIETNAM
from bot.domain.office.routing import GENERAL_QUEUE
from bot.domain.requests.request import Step
from bot.flow.caretaker import Caretaker
from bot.house import House
from bot.knowledge.library import Library
from bot.services.requests.request_history import RequestHistory
from bot.storage.models import Request
from tests.support.data.cases import cases
from tests.support.data.seed import Seed
from tests.support.data.small_knowledge import copy_small_knowledge, edit
from tests.support.waiting import until

Make = Callable[..., Request]


@pytest.fixture
def house(house: House, tmp_path: Path) -> House:
    """A house whose files a test may edit."""
    return replace(house, library=Library(copy_small_knowledge(tmp_path / "kb")))


@pytest.fixture
def case(house: House) -> int:
    """A case in the hands of somebody of an office that will go."""
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.noise(4)
        request = seed.request(office="quan_ly_khoa_hoc")
        officer = seed.officer(office="quan_ly_khoa_hoc")
        cases(session).claim(request.id, officer, now=seed.now)
        return request.id


def office_of(house: House, request_id: int) -> str:
    with house.database.transaction() as session:
        return session.get_one(Request, request_id).office


def close_office(house: House, name: str) -> None:
    """Takes an office out of the file, and lets nothing lean on it any more."""
    folder = house.library.folder
    file = folder / "offices.yml"
    head, _, rest = file.read_text(encoding="utf-8").partition(f"  - id: {name}\n")
    file.write_text(head + rest[rest.index("  - id: ") :], encoding="utf-8")
    for table in ("topics.yml", "routing.yml"):
        text = (folder / table).read_text(encoding="utf-8")
        (folder / table).write_text(text.replace(f"office: {name}", "office: tdc"), "utf-8")


def test_an_office_whose_row_is_broken_keeps_its_cases(house: House, case: int) -> None:
    file = house.library.folder / "offices.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("- id: quan_ly_khoa_hoc\n", "- id: quan_ly_khoa_hoc\n    ma: 1\n"))

    for _ in range(3):
        Caretaker(house).look()

    assert house.library.problems
    assert office_of(house, case) == "quan_ly_khoa_hoc"


def test_cases_of_an_office_that_the_file_loses_move_once_the_edit_has_stood_for_a_round(
    house: House, case: int
) -> None:
    caretaker = Caretaker(house)
    caretaker.look()
    assert office_of(house, case) == "quan_ly_khoa_hoc"
    close_office(house, "quan_ly_khoa_hoc")
    caretaker.look()
    assert office_of(house, case) == "quan_ly_khoa_hoc"
    for _ in range(2):
        caretaker.look()
        assert office_of(house, case) == GENERAL_QUEUE


def test_an_edit_that_is_taken_back_before_that_moves_nothing(house: House, case: int) -> None:
    file = house.library.folder / "offices.yml"
    before = file.read_bytes()
    caretaker = Caretaker(house)
    close_office(house, "quan_ly_khoa_hoc")
    caretaker.look()
    file.write_bytes(before)
    for _ in range(2):
        caretaker.look()
    assert office_of(house, case) == "quan_ly_khoa_hoc"


def test_a_broken_edit_moves_nothing_and_ends_nothing(house: House, case: int) -> None:
    caretaker = Caretaker(house)
    edit(house.library.folder / "offices.yml", "offices:", "offices: [")
    caretaker.look()
    assert office_of(house, case) == "quan_ly_khoa_hoc"
    edit(house.library.folder / "offices.yml", "offices: [", "offices:")
    close_office(house, "quan_ly_khoa_hoc")
    for _ in range(2):
        caretaker.look()
    assert office_of(house, case) == GENERAL_QUEUE


async def test_what_is_stranded_at_the_start_is_put_back_at_once(house: House) -> None:
    with house.database.transaction() as session:
        request_id = Seed(session, house.clock()).request(office="phong_cu").id
    task = asyncio.create_task(Caretaker(house).run())
    await until(lambda: office_of(house, request_id) == GENERAL_QUEUE)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def test_who_was_asked_and_is_silent_is_reminded_and_closed_once(house: House) -> None:
    monday = datetime(2026, 11, 16, 9, 0, tzinfo=VIETNAM)
    with house.database.transaction() as session:
        seed = Seed(session, monday)
        request, lan = seed.request(), seed.officer()
        cases(session).claim(request.id, lan, now=monday)
        cases(session).reply(request.id, lan, "?", cause="form:1", now=monday, asks_back=True)
        request_id = request.id
    before = house.signals.count(signals.CONSOLE)
    for day in (0, 3, 3, 11, 11):
        later = monday + timedelta(days=day)
        Caretaker(replace(house, clock=lambda later=later: later)).look()
    with house.database.transaction() as session:
        lines = RequestHistory(session).lines(session.get_one(Request, request_id))
    assert [line.kind for line in lines][3:] == [Step.SILENCE_REMINDED, Step.CLOSED]
    assert house.signals.count(signals.CONSOLE) == before + 2


def test_who_would_wait_past_his_hour_is_told_a_new_one_once(house: House) -> None:
    monday = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
    house = replace(house, clock=lambda: monday)
    with house.database.transaction() as session:
        request_id = Seed(session, monday).request(due=timedelta(minutes=20)).id
    before = house.signals.count(signals.OUTBOX)
    for _ in range(3):
        Caretaker(house).look()
    with house.database.transaction() as session:
        lines = RequestHistory(session).lines(session.get_one(Request, request_id))
    assert [line.kind for line in lines] == [Step.CREATED, Step.NEW_HOUR]
    assert house.signals.count(signals.OUTBOX) > before
