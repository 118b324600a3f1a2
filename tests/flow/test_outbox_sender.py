"""The sender: in order within a conversation, side by side across them, and never twice."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.channels.channel import (
    Accept,
    AuthFailed,
    MaybeSent,
    NotSent,
    PartLeft,
    Rejected,
    Unreachable,
    uncounted,
)
from bot.domain.talk.messages import ChannelName, OutgoingMessage
from bot.flow.outbox_sender import LOOK_SECONDS, PARALLEL, OutboxSender
from bot.house import House
from bot.services.messaging.conversations import ConversationService
from bot.services.messaging.outbox import DOUBT_PAUSES_SECONDS, OutboxService, TakenDelivery
from bot.storage.models import Conversation, Delivery
from tests.support.data.said import say
from tests.support.waiting import until


class Clock:
    """A clock that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Recorder:
    """A channel that writes down what it is given, and ends each send as it is told."""

    def __init__(
        self, name: ChannelName = ChannelName.TELEGRAM, *, resend_is_safe: bool = False
    ) -> None:
        self.name = name
        self.resend_is_safe = resend_is_safe
        self.sends_here = True
        self.sent: list[tuple[str, str]] = []
        self.ends: list[Exception] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_once = 0
        self.most_at_once = 0

    async def send(self, delivery: TakenDelivery, _part_left: PartLeft = uncounted) -> str:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await self.gate.wait()
            self.sent.append((delivery.chat_key, delivery.message.text))
            if self.ends:
                raise self.ends.pop(0)
            return f"m{delivery.message_id}"
        finally:
            self.at_once -= 1

    async def typing(self, chat_key: str) -> None:
        """Nothing to show."""

    async def run(self, accept: Accept) -> None:
        """Nothing to receive."""

    async def close(self) -> None:
        """Nothing to give back."""


@pytest.fixture
def moving(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
async def home(house: House, moving: Clock) -> House:
    house.signals.bind()
    return replace(house, clock=moving)


def chat(house: House, key: str, channel: ChannelName = ChannelName.TELEGRAM) -> str:
    with house.database.transaction() as session:
        conversation = ConversationService(session).open(
            channel, key, name="Lan", now=house.clock()
        )
        return conversation.id


def queue(house: House, conversation_id: str, *texts: str) -> list[int]:
    return [
        say(house, conversation_id, OutgoingMessage(text=text), f"{conversation_id}:{text}")
        for text in texts
    ]


def deliveries(house: House) -> list[Delivery]:
    with house.database.transaction() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def states(house: House) -> list[str]:
    return [row.state for row in deliveries(house)]


@asynccontextmanager
async def sending(house: House, *channels: Recorder) -> AsyncIterator[None]:
    task = asyncio.create_task(OutboxSender(house, channels, "s1").run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def all_are(house: House, *wanted: str) -> Callable[[], bool]:
    return lambda: states(house) == list(wanted)


async def test_a_message_is_sent_and_its_platform_id_kept(home: House) -> None:
    channel = Recorder()
    (message_id,) = queue(home, chat(home, "a"), "chào")
    async with sending(home, channel):
        await until(all_are(home, "sent"))
    row = deliveries(home)[0]
    assert row.channel_message_id == f"m{message_id}"
    assert row.sent_at == home.clock()


async def test_a_message_that_comes_later_wakes_it(home: House) -> None:
    channel = Recorder()
    owner = chat(home, "a")
    async with sending(home, channel):
        queue(home, owner, "một")
        await until(all_are(home, "sent"))
        queue(home, owner, "hai")
        await until(all_are(home, "sent", "sent"))


async def test_one_conversation_stays_in_order(home: House) -> None:
    channel = Recorder()
    texts = [f"số {n}" for n in range(12)]
    queue(home, chat(home, "a"), *texts)
    async with sending(home, channel):
        await until(lambda: len(channel.sent) == 12)
    assert [text for _, text in channel.sent] == texts
    assert channel.most_at_once == 1


async def test_conversations_go_side_by_side_up_to_a_bound(home: House) -> None:
    channel = Recorder()
    channel.gate.clear()
    for number in range(PARALLEL + 4):
        queue(home, chat(home, str(number)), "chào")
    async with sending(home, channel):
        await until(lambda: channel.at_once == PARALLEL)
        channel.gate.set()
        await until(lambda: states(home) == ["sent"] * (PARALLEL + 4))
    assert channel.most_at_once == PARALLEL


async def test_a_slow_channel_does_not_hold_up_another(home: House) -> None:
    slow, quick = Recorder(), Recorder(ChannelName.TERMINAL)
    slow.gate.clear()
    queue(home, chat(home, "a"), "chậm")
    queue(home, chat(home, "b", ChannelName.TERMINAL), "nhanh")
    async with sending(home, slow, quick):
        await until(lambda: quick.sent)
        assert not slow.sent
        slow.gate.set()


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (NotSent("no way"), "queued"),
        (MaybeSent("timed out"), "queued"),
        (Rejected("bad"), "failed"),
        (Unreachable("blocked"), "failed"),
        (RuntimeError("a bug"), "queued"),
    ],
)
async def test_each_end_is_written_down(home: House, end: Exception, state: str) -> None:
    channel = Recorder()
    channel.ends = [end]
    queue(home, chat(home, "a"), "chào")
    async with sending(home, channel):
        await until(lambda: channel.sent and states(home) == [state])
    assert len(channel.sent) == 1
    assert deliveries(home)[0].error


async def test_what_was_not_sent_goes_out_later_and_before_its_successor(
    home: House, moving: Clock
) -> None:
    channel = Recorder()
    channel.ends = [NotSent("no way")]
    queue(home, chat(home, "a"), "một", "hai")
    async with sending(home, channel):
        await until(lambda: len(channel.sent) == 1 and states(home) == ["queued", "queued"])
        moving.now += timedelta(seconds=2)
        await until(all_are(home, "sent", "sent"))
    assert [text for _, text in channel.sent] == ["một", "một", "hai"]


async def test_the_patience_asked_for_is_kept(home: House) -> None:
    channel = Recorder()
    channel.ends = [NotSent("slow down", wait=40)]
    queue(home, chat(home, "a"), "chào")
    async with sending(home, channel):
        await until(lambda: channel.sent and states(home) == ["queued"])
    row = deliveries(home)[0]
    assert row.available_at == home.clock() + timedelta(seconds=40)
    assert row.attempts == 0


async def test_what_maybe_left_is_sent_again_before_the_next_and_at_last_blocks_it_no_more(
    home: House, moving: Clock
) -> None:
    channel = Recorder()
    channel.ends = [MaybeSent("timed out")] * (1 + len(DOUBT_PAUSES_SECONDS))
    queue(home, chat(home, "a"), "một", "hai")
    async with sending(home, channel):
        for tries, seconds in enumerate(DOUBT_PAUSES_SECONDS, start=1):
            await until(lambda n=tries: len(channel.sent) == n and "sending" not in states(home))
            assert states(home) == ["queued", "queued"]
            moving.now += timedelta(seconds=seconds)
        await until(all_are(home, "unknown", "sent"))
    assert [text for _, text in channel.sent] == ["một"] * 4 + ["hai"]


async def test_an_end_that_the_database_does_not_take_at_first_is_written_down_later(
    home: House, caplog: pytest.LogCaptureFixture
) -> None:
    channel = Recorder()
    channel.gate.clear()
    queue(home, chat(home, "a"), "một", "hai")
    async with sending(home, channel):
        await until(lambda: channel.at_once == 1)
        with home.database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE deliveries RENAME TO away")
        channel.gate.set()
        await until(lambda: "could not be written down" in caplog.text)
        with home.database.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE away RENAME TO deliveries")
        await until(all_are(home, "sent", "sent"))
    assert [text for _, text in channel.sent] == ["một", "hai"]


async def test_an_owner_who_blocks_us_is_marked(home: House) -> None:
    channel = Recorder()
    channel.ends = [Unreachable("blocked")]
    owner = chat(home, "a")
    queue(home, owner, "chào")
    async with sending(home, channel):
        await until(all_are(home, "failed"))
    with home.database.transaction() as session:
        assert not session.get_one(Conversation, owner).reachable


async def test_refused_credentials_stop_that_channel_and_keep_its_rows(
    home: House, caplog: pytest.LogCaptureFixture
) -> None:
    stopped, other = Recorder(), Recorder(ChannelName.TERMINAL)
    stopped.ends = [AuthFailed("token")]
    queue(home, chat(home, "a"), "một", "hai")
    async with sending(home, stopped, other):
        await until(lambda: [r.levelno for r in caplog.records].count(logging.ERROR) == 1)
        queue(home, chat(home, "b", ChannelName.TERMINAL), "ba")
        await until(lambda: other.sent)
    assert states(home) == ["queued", "queued", "sent"]
    assert len(stopped.sent) == 1


async def test_after_a_crash_what_was_being_sent_is_sent_again(home: House, moving: Clock) -> None:
    unsafe, safe = Recorder(), Recorder(ChannelName.TERMINAL, resend_is_safe=True)
    queue(home, chat(home, "a"), "một")
    queue(home, chat(home, "b", ChannelName.TERMINAL), "hai")
    for channel in (unsafe, safe):
        with home.database.transaction() as session:
            OutboxService(session).take("s1", channel.name, now=home.clock())
    assert states(home) == ["sending", "sending"]
    async with sending(home, unsafe, safe):
        await until(all_are(home, "queued", "queued"))
        moving.now += timedelta(seconds=DOUBT_PAUSES_SECONDS[0])
        await until(all_are(home, "sent", "sent"))
    assert (len(unsafe.sent), len(safe.sent)) == (1, 1)


async def test_another_sender_s_rows_are_left_alone(home: House) -> None:
    queue(home, chat(home, "a"), "một")
    with home.database.transaction() as session:
        OutboxService(session).take("another", ChannelName.TELEGRAM, now=home.clock())
    channel = Recorder()
    queue(home, chat(home, "b"), "hai")
    async with sending(home, channel):
        await until(lambda: channel.sent)
    assert states(home)[0] == "sending"


async def test_a_stop_lets_the_message_under_way_arrive(home: House) -> None:
    channel = Recorder()
    channel.gate.clear()
    queue(home, chat(home, "a"), "một", "hai")
    task = asyncio.create_task(OutboxSender(home, [channel], "s1").run())
    await until(lambda: channel.at_once == 1)
    task.cancel()
    await asyncio.sleep(0)
    channel.gate.set()
    await asyncio.gather(task, return_exceptions=True)
    assert states(home) == ["sent", "queued"]


class HeldClock:
    """A clock that stops whoever takes a delivery, and knows who asked it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.threads: list[threading.Thread] = []
        self.is_taking, self.go_on = threading.Event(), threading.Event()

    def __call__(self) -> datetime:
        self.threads.append(threading.current_thread())
        if len(self.threads) == 2:  # the first is to recover
            self.is_taking.set()
            assert self.go_on.wait(timeout=20)
        return self._clock()


async def test_what_is_taken_as_the_sender_stops_goes_back_without_holding_the_loop_up(
    home: House,
) -> None:
    queue(home, chat(home, "a"), "một")
    clock, channel = HeldClock(home.clock), Recorder()
    task = asyncio.create_task(OutboxSender(replace(home, clock=clock), [channel], "s1").run())
    await asyncio.to_thread(clock.is_taking.wait)
    task.cancel()
    await asyncio.sleep(0)
    clock.go_on.set()
    await asyncio.gather(task, return_exceptions=True)
    assert (states(home), channel.sent) == (["queued"], [])
    assert len(clock.threads) == 3
    assert threading.current_thread() not in clock.threads


def senders(house: House, channels: Sequence[Recorder], count: int) -> list[asyncio.Task[None]]:
    return [
        asyncio.create_task(OutboxSender(house, channels, f"s{number}").run())
        for number in range(count)
    ]


async def test_two_senders_send_each_message_once(home: House) -> None:
    channel = Recorder()
    for number in range(10):
        queue(home, chat(home, str(number)), "một", "hai")
    tasks = senders(home, [channel], 2)
    await until(lambda: states(home) == ["sent"] * 20)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert len(channel.sent) == len(set(channel.sent)) == 20


async def test_what_another_application_sends_is_left_to_it_until_it_is_ours(home: House) -> None:
    channel = Recorder()
    channel.sends_here = False
    queue(home, chat(home, "a"), "một")
    async with sending(home, channel):
        await asyncio.sleep(2 * LOOK_SECONDS)
        assert states(home) == ["queued"]

        channel.sends_here = True
        await until(lambda: states(home) == ["sent"])
