"""Notices between tasks of one process."""

import asyncio

import pytest

from bot.signals import Signals


@pytest.mark.parametrize("steps", range(6))
async def test_a_stop_that_meets_a_notice_is_not_lost(steps: int) -> None:
    signals = Signals()

    async def wait_for_ever() -> None:
        while True:
            await signals.wait("mail", since=signals.count("mail"), timeout=60)

    task = asyncio.create_task(wait_for_ever())
    for _ in range(3):
        await asyncio.sleep(0)
    signals.notify("mail")
    for _ in range(steps):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task], timeout=5)
    assert task.cancelled()


async def test_a_notice_between_looking_and_waiting_is_not_missed() -> None:
    signals = Signals()
    seen = signals.count("mail")
    signals.notify("mail")
    waiting = asyncio.create_task(signals.wait("mail", since=seen, timeout=60))
    await asyncio.wait([waiting], timeout=5)
    assert waiting.done()


@pytest.mark.parametrize("subject", ["mail", "door"])
async def test_who_waits_for_several_is_woken_by_any(subject: str) -> None:
    signals = Signals()
    waiting = asyncio.create_task(signals.wait_for_any({"mail": 0, "door": 0}, timeout=60))
    await asyncio.sleep(0)
    signals.notify("other")
    await asyncio.sleep(0)
    assert not waiting.done()
    signals.notify(subject)
    await asyncio.wait_for(waiting, timeout=5)
    await signals.wait_for_any({"mail": 0, "door": 0}, timeout=60)


async def test_a_notice_from_a_thread_arrives() -> None:
    signals = Signals()
    signals.bind()
    waiting = asyncio.create_task(signals.wait("mail", since=0, timeout=60))
    await asyncio.sleep(0)
    await asyncio.to_thread(signals.notify, "mail")
    await asyncio.wait_for(waiting, timeout=5)
    assert signals.count("mail") == 1


async def test_looking_and_waiting_in_vain_leave_no_trace() -> None:
    signals = Signals()
    for number in range(100):
        subject = f"web:{number}"
        await signals.wait(subject, since=signals.count(subject), timeout=0)

    assert not signals._counts
    assert not signals._waiters
