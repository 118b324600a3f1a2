"""What the owner reads on Telegram when the answer to a send is lost: real HTTP, real outbox."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.channels.telegram.channel import TelegramChannel
from bot.domain.talk.messages import OutgoingMessage
from bot.flow.outbox_sender import OutboxSender
from bot.house import House
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.outbox import DOUBT_PAUSES_SECONDS
from bot.services.messaging.transcript import Author, TranscriptService
from bot.storage.models import Delivery
from tests.support.doubles import telegram_server as faults
from tests.support.doubles.movable_clock import MovableClock
from tests.support.doubles.telegram_server import CHAT, Fault, TelegramServer
from tests.support.waiting import until

PARAGRAPH = "chữ " * 900
"""Most of a message of Telegram: two of them come in two parts."""


class Office:
    """An outbox with its sender; whoever waits for a pause turns the clock."""

    def __init__(self, house: House, clock: MovableClock) -> None:
        self.house = house
        self.clock = clock
        with house.database.transaction() as session:
            self._chat = (
                ConversationService(session)
                .open(TelegramChannel.name, str(CHAT), name="Lan", now=house.clock())
                .id
            )

    def says(self, text: str, author: Author = Author.BOT) -> None:
        with self.house.database.transaction() as session:
            TranscriptService(session).say(
                ConversationService(session).get(self._chat),
                OutgoingMessage(text=text),
                author=author,
                cause=f"say:{text[:20]}",
                now=self.house.clock(),
            )

    def states(self) -> list[str]:
        with self.house.database.transaction() as session:
            return list(session.scalars(select(Delivery.state).order_by(Delivery.id)))

    def parts_sent(self) -> int:
        with self.house.database.transaction() as session:
            return session.scalars(select(Delivery.parts_sent).order_by(Delivery.id)).all()[0]

    async def comes_to(self, *wanted: str) -> None:
        """Waits for the states, with every pause turned to its end at once."""

        def reached() -> bool:
            self.clock.move(seconds=1)
            return self.states() == list(wanted)

        await until(reached)


@pytest.fixture
def moving(telegram_house: House) -> MovableClock:
    return MovableClock(telegram_house.clock())


@pytest.fixture
def office(telegram_house: House, moving: MovableClock) -> Office:
    return Office(replace(telegram_house, clock=moving), moving)


@asynccontextmanager
async def sending(office: Office, channel: TelegramChannel) -> AsyncIterator[None]:
    task = asyncio.create_task(OutboxSender(office.house, [channel], "s1").run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


LOST = [faults.BAD_GATEWAY, faults.HANG, faults.ABORT_BEFORE]
"""The message did not arrive, which nobody on our side can know."""


@pytest.mark.parametrize("fault", LOST, ids=["502", "hang", "torn"])
async def test_an_answer_that_was_lost_once_arrives_once_and_in_its_place(
    office: Office, channel: TelegramChannel, telegram: TelegramServer, fault: Fault
) -> None:
    telegram.fail("sendMessage", fault)
    office.says("một")
    office.says("hai")
    async with sending(office, channel):
        await office.comes_to("sent", "sent")
    assert telegram.texts() == ["một", "hai"]


async def test_an_answer_whose_receipt_was_lost_arrives_twice_rather_than_not_at_all(
    office: Office, channel: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.fail("sendMessage", faults.ABORT_AFTER)
    office.says("một")
    office.says("hai")
    async with sending(office, channel):
        await office.comes_to("sent", "sent")
    assert telegram.texts() == ["một", "một", "hai"]


async def test_after_a_few_tries_it_is_unknown_and_the_next_goes_out(
    office: Office, channel: TelegramChannel, telegram: TelegramServer
) -> None:
    tries = 1 + len(DOUBT_PAUSES_SECONDS)
    telegram.fail("sendMessage", faults.BAD_GATEWAY, times=tries)
    office.says("một")
    office.says("hai", Author.SYSTEM)
    async with sending(office, channel):
        await office.comes_to("unknown", "sent")
    assert telegram.texts() == ["hai"]
    assert telegram.count("sendMessage") == tries + 1


async def test_an_officer_s_words_are_not_sent_again_by_themselves(
    office: Office, channel: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.fail("sendMessage", faults.ABORT_AFTER)
    office.says("Chào chị", Author.OFFICER)
    office.says("hai")
    async with sending(office, channel):
        await office.comes_to("unknown", "sent")
    assert telegram.texts() == ["Chào chị", "hai"]


async def test_of_a_message_in_parts_only_the_part_in_doubt_and_the_rest_go_again(
    office: Office, channel: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.fail("sendMessage", faults.ABORT_AFTER, after=1)
    office.says(f"{PARAGRAPH}A\n\n{PARAGRAPH}B\n\n{PARAGRAPH}C")
    async with sending(office, channel):
        await office.comes_to("sent")
    assert [part.rstrip()[-1] for part in telegram.texts()] == ["A", "B", "B", "C"]


async def test_a_rest_that_surely_did_not_leave_goes_later_without_what_has_left(
    office: Office, channel: TelegramChannel, telegram: TelegramServer
) -> None:
    telegram.fail("sendMessage", faults.flood(90), after=1)
    office.says(f"{PARAGRAPH}A\n\n{PARAGRAPH}B", Author.OFFICER)
    async with sending(office, channel):
        await office.comes_to("sent")
    assert [part.rstrip()[-1] for part in telegram.texts()] == ["A", "B"]
    assert office.parts_sent() == 1
