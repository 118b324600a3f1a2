"""A held reply goes at its time, also where the application was killed meanwhile."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import pytest

from bot import signals
from bot.flow.replying.held_reply_sender import LOOK_SECONDS, HeldReplySender
from bot.house import House
from bot.services.replying.held_replies import HeldOfCase, Reply
from bot.storage.database import Database
from bot.storage.models import Officer, Request
from tests.support.data.cases import cases, held_replies, told
from tests.support.data.seed import Seed
from tests.support.doubles.movable_clock import MovableClock
from tests.support.waiting import until


@pytest.fixture
def clock(now: datetime) -> MovableClock:
    return MovableClock(now)


@pytest.fixture
def case(house: House) -> tuple[int, int]:
    """A case and the officer who holds it."""
    with house.database.transaction() as session:
        seed = Seed(session, house.clock())
        seed.noise(4)
        officer, request = seed.officer(), seed.request()
        cases(session).claim(request.id, officer, now=seed.now)
        return request.id, officer.id


def send(house: House, case: tuple[int, int], text: str = "Dạ", cause: str = "form:1") -> None:
    with house.database.transaction() as session:
        officer = session.get_one(Officer, case[1])
        held_replies(session, house.settings.files_dir).send(
            case[0], officer, Reply(text), cause=cause, now=house.clock(), undo_seconds=10
        )


def said(house: House, case: tuple[int, int]) -> list[str]:
    with house.database.reading() as session:
        messages = told(session, session.get_one(Request, case[0]))
        return [one.text for one in messages if one.author == "officer"]


def test_it_looks_again_when_the_next_one_is_due(
    house: House, case: tuple[int, int], clock: MovableClock
) -> None:
    sender = HeldReplySender(house)
    assert sender.look() == LOOK_SECONDS
    send(house, case)
    clock.move(seconds=7)
    assert sender.look() == 3
    assert said(house, case) == []

    clock.move(seconds=3)
    sender.look()
    assert said(house, case) == ["Dạ"]


def test_another_application_sends_what_one_that_died_has_held_once(
    house: House, case: tuple[int, int], clock: MovableClock
) -> None:
    send(house, case)
    clock.move(hours=1)
    other = replace(house, database=Database(house.database.engine.url.render_as_string()))
    for one in (other, house, other):
        HeldReplySender(one).look()
    other.database.close()

    assert said(house, case) == ["Dạ"]


def test_one_that_cannot_go_holds_up_no_other(
    house: House, case: tuple[int, int], clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    with house.database.transaction() as session:
        seed = Seed(session, house.clock(), seed=7)
        officer, request = seed.officer(), seed.request()
        cases(session).claim(request.id, officer, now=seed.now)
        other = request.id, officer.id
    send(house, case)
    send(house, other, "Dạ hai", "form:2")
    with house.database.transaction() as session:
        held = HeldOfCase(session).held(session.get_one(Request, case[0]))
        assert held is not None
        held.attachments = ["no file"]
    clock.move(seconds=10)

    HeldReplySender(house).look()

    assert said(house, case) == []
    assert said(house, other) == ["Dạ hai"]
    assert "could not be sent" in caplog.text


async def test_it_wakes_when_one_is_held(
    house: House, case: tuple[int, int], clock: MovableClock
) -> None:
    house.signals.bind()
    running = asyncio.create_task(HeldReplySender(house).run())
    await asyncio.sleep(0.2)
    send(house, case)
    clock.move(seconds=10)
    house.signals.notify(signals.REPLIES)
    await until(lambda: said(house, case) == ["Dạ"])
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
