"""A worker that dies comes back by itself, and is known to be down until it does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.channels.channel import AuthFailed
from bot.flow.standing_task import StandingTask
from tests.support.waiting import until


class Labour:
    """Work that dies so many times, and then goes on for ever."""

    def __init__(self, *ends: BaseException | None) -> None:
        self._ends = list(ends)
        self.starts = 0
        self.running = 0

    async def __call__(self) -> None:
        self.starts += 1
        self.running += 1
        try:
            if self._ends:
                end = self._ends.pop(0)
                if end is None:
                    return
                raise end
            await asyncio.Event().wait()
        finally:
            self.running -= 1


@asynccontextmanager
async def standing(work: Labour) -> AsyncIterator[StandingTask]:
    task = StandingTask("labour", work)
    running = asyncio.create_task(task.run())
    try:
        yield task
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_work_that_dies_is_started_again_and_is_down_until_it_runs_steadily(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = Labour(OSError("the disk is gone"))
    async with standing(work) as task:
        await until(lambda: not task.is_up)
        await until(lambda: work.starts == 2)
        assert not task.is_up, "it counts as up before it has shown that it runs"
        await until(lambda: task.is_up)
    assert "labour died" in caplog.text
    assert "the disk is gone" in caplog.text


async def test_work_that_died_and_then_came_to_its_end_is_up() -> None:
    work = Labour(OSError("the disk is gone"), None)
    async with standing(work) as task:
        await until(lambda: not task.is_up)
        await until(lambda: task.is_up)
    assert work.starts == 2


async def test_pauses_grow_while_it_dies_again_and_again() -> None:
    work = Labour(*(OSError() for _ in range(3)))
    loop = asyncio.get_running_loop()
    started = loop.time()
    async with standing(work):
        await until(lambda: work.starts == 4)
    assert loop.time() - started >= 0.5 + 1.0 + 2.0


async def test_work_that_is_cancelled_from_within_has_died_too() -> None:
    work = Labour(asyncio.CancelledError())
    async with standing(work) as task:
        await until(lambda: not task.is_up)
        await until(lambda: work.starts == 2)


async def test_work_that_ends_by_itself_is_done_and_counts_as_up() -> None:
    work = Labour(None)
    task = StandingTask("labour", work)
    await task.run()
    assert task.is_up
    assert work.starts == 1


async def test_a_channel_that_is_refused_waits_for_a_person(
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = Labour(AuthFailed("Telegram refuses the token"))
    task = StandingTask("telegram", work)
    await task.run()
    assert task.is_up
    assert work.starts == 1
    assert "telegram is refused" in caplog.text


async def test_to_stop_it_stops_the_work() -> None:
    work = Labour()
    async with standing(work):
        await until(lambda: work.running == 1)
    assert work.running == 0
