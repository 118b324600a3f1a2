"""What is stored is worked on at once where a lane is free; the rest is looked for, in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.channels.accepting import accept_into
from bot.channels.channel import Accept
from bot.domain.talk.reply import Reply
from bot.flow.engine import EngineMessage
from bot.flow.inbox_worker import InboxWorker
from bot.flow.lanes import LANES, LOOK_SECONDS, Lanes
from bot.house import House
from bot.services.messaging.transcript import Author
from bot.storage.database import Database
from bot.storage.models import Conversation, InboxEvent, Message
from tests.support.data.events import inbound
from tests.support.doubles.scripted_engine import ScriptedEngine
from tests.support.waiting import until


class SlowEngine(ScriptedEngine):
    """Answers once the gate is open."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.gate.set()

    async def turn(
        self, conversation_id: str, message: EngineMessage, *, maybe_seen: bool
    ) -> list[Reply]:
        replies = await super().turn(conversation_id, message, maybe_seen=maybe_seen)
        await self.gate.wait()
        return replies


class Stage:
    """A worker in its lanes, and the one way in before it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.engine = SlowEngine()
        self.lanes = Lanes(house, InboxWorker(house, self.engine, [], "w"))
        self._accept = accept_into(house, places=self.lanes.place)

    async def hear(self, text: str, chat: str, *, accept: Accept | None = None) -> None:
        event = inbound(text, now=self.house.clock(), chat_key=chat)
        await (accept or self._accept)(event)

    def states(self) -> list[str]:
        with self.house.database.reading() as session:
            return list(session.scalars(select(InboxEvent.state).order_by(InboxEvent.id)))

    def answers(self, chat: str) -> list[str]:
        with self.house.database.reading() as session:
            said = (
                select(Message.text)
                .join(Conversation)
                .where(Conversation.chat_key == chat, Message.author != Author.OWNER)
                .order_by(Message.id)
            )
            return list(session.scalars(said))


@pytest.fixture
async def stage(house: House, any_database: Database) -> Stage:
    house = replace(house, database=any_database)
    house.signals.bind()
    return Stage(house)


@asynccontextmanager
async def running(stage: Stage) -> AsyncIterator[None]:
    task = asyncio.create_task(stage.lanes.run())
    # An idle worker has looked once and waits.
    await asyncio.sleep(0.2)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_is_stored_is_in_work_when_it_is_accepted(stage: Stage) -> None:
    stage.engine.gate.clear()
    async with running(stage):
        await stage.hear("một", "a")

        assert stage.states() == ["taken"]
        stage.engine.gate.set()
        await until(lambda: stage.answers("a") == ["Nghe: một"])


async def test_where_no_worker_runs_it_is_stored_and_taken_up_when_one_comes(stage: Stage) -> None:
    await stage.hear("một", "a")
    assert stage.states() == ["new"]

    async with running(stage):
        await until(lambda: stage.answers("a") == ["Nghe: một"])


async def test_one_conversation_keeps_its_order_and_many_do_not_wait_for_each_other(
    stage: Stage,
) -> None:
    async with running(stage):
        chats = [f"chat {number}" for number in range(LANES + 5)]
        await asyncio.gather(
            *(stage.hear(text, chat) for chat in chats for text in ("một", "hai", "ba"))
        )
        for chat in chats:
            await until(lambda chat=chat: len(stage.answers(chat)) == 3)

    with stage.house.database.reading() as session:
        for chat in chats:
            heard = session.scalars(
                select(Message.text)
                .join(Conversation)
                .where(Conversation.chat_key == chat, Message.author == Author.OWNER)
                .order_by(Message.id)
            )
            assert [f"Nghe: {text}" for text in heard] == stage.answers(chat)


async def test_while_all_lanes_are_busy_it_is_stored_and_its_turn_comes(stage: Stage) -> None:
    stage.engine.gate.clear()
    async with running(stage):
        for number in range(LANES):
            await stage.hear("giữ chỗ", f"busy {number}")
        await until(lambda: stage.states().count("taken") == LANES)

        await stage.hear("một", "late")
        assert stage.states()[-1] == "new"

        stage.engine.gate.set()
        await until(lambda: stage.answers("late") == ["Nghe: một"])


async def test_the_oldest_that_is_due_comes_first_and_the_new_one_is_not_left(
    stage: Stage,
) -> None:
    async with running(stage):
        # Stored by another process: nobody told of it.
        await stage.hear("một", "a", accept=accept_into(stage.house))
        await stage.hear("hai", "b")

        await until(lambda: stage.answers("a") and stage.answers("b"))


async def test_the_next_of_a_conversation_does_not_wait_for_a_look(stage: Stage) -> None:
    async with running(stage):
        loop = asyncio.get_running_loop()
        started = loop.time()
        for number in range(10):
            await stage.hear(f"tin {number}", "a")
        await until(lambda: len(stage.answers("a")) == 10)
        # Each waiting for a look, they would take ten of them.
        assert loop.time() - started < 10 * LOOK_SECONDS


async def test_whoever_stops_waiting_for_the_storing_leaves_nobody_without_an_answer(
    stage: Stage,
) -> None:
    async with running(stage):
        for number in range(LANES * 2):
            waiting = asyncio.create_task(stage.hear("một", f"gone {number}"))
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)

        for number in range(LANES * 2):
            chat = f"gone {number}"
            await until(lambda chat=chat: stage.answers(chat) in ([], ["Nghe: một"]))
        await until(lambda: set(stage.states()) <= {"done"})


async def test_what_is_refused_keeps_no_lane(stage: Stage) -> None:
    def refuse(_is_new: bool) -> None:  # noqa: FBT001
        raise ValueError("too many")

    accept = accept_into(stage.house, places=stage.lanes.place)
    async with running(stage):
        for number in range(LANES + 1):
            with pytest.raises(ValueError, match="too many"):
                await accept(
                    inbound(now=stage.house.clock(), chat_key=f"no {number}"), let_in=refuse
                )
        assert stage.states() == []

        await stage.hear("một", "a")
        assert stage.states() == ["taken"] or stage.answers("a")


async def test_a_duplicate_takes_nothing_along(stage: Stage) -> None:
    async with running(stage):
        event = inbound("một", now=stage.house.clock(), chat_key="a", event_id="one")
        accept = accept_into(stage.house, places=stage.lanes.place)
        assert [await accept(event) for _ in range(LANES + 2)] == [True, *[False] * (LANES + 1)]

        await until(lambda: stage.answers("a") == ["Nghe: một"])
        await stage.hear("hai", "b")
        await until(lambda: stage.answers("b") == ["Nghe: hai"])


async def test_a_worker_that_was_stopped_takes_nothing_along(stage: Stage) -> None:
    async with running(stage):
        await stage.hear("một", "a")
        await until(lambda: stage.answers("a"))

    await stage.hear("hai", "a")

    assert stage.states() == ["done", "new"]
