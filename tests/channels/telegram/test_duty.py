"""Several applications with one bot's token over one PostgreSQL: one at a time reads and sends."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import pytest
from sqlalchemy import text

from bot.channels.accepting import accept_into
from bot.channels.channel import AuthFailed
from bot.channels.telegram.channel import TelegramChannel
from bot.house import House
from bot.signals import Signals
from bot.storage.database import Database
from tests.support.doubles import telegram_server as faults
from tests.support.doubles.telegram_server import TelegramServer
from tests.support.stands.telegram_reading import stored
from tests.support.waiting import until

pytestmark = pytest.mark.postgres


@pytest.fixture
def shared_house(telegram_house: House, postgres_database: Database) -> House:
    return replace(telegram_house, database=postgres_database)


@asynccontextmanager
async def application(house: House) -> AsyncIterator[TelegramChannel]:
    """One that reads for the bot whenever it is on duty."""
    own = replace(house, signals=Signals())
    own.signals.bind()
    channel = TelegramChannel(own, read_timeout=1, poll_seconds=0)
    task = asyncio.create_task(channel.run(accept_into(own)))
    try:
        yield channel
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await channel.close()


def words(house: House) -> Callable[[], list[str]]:
    return lambda: [event.text for event in stored(house)]


def cut_all_lines(database: Database) -> None:
    with database.transaction() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


async def test_one_is_on_duty_and_another_follows_when_it_leaves(
    shared_house: House, telegram: TelegramServer
) -> None:
    async with AsyncExitStack() as later:
        async with application(shared_house) as first:
            await until(lambda: first.sends_here)
            second = await later.enter_async_context(application(shared_house))
            telegram.write("một")
            await until(lambda: words(shared_house)() == ["một"])
            assert first.sends_here
            assert not second.sends_here

        await until(lambda: second.sends_here)
        telegram.write("hai")
        await until(lambda: words(shared_house)() == ["một", "hai"])
        assert not first.sends_here


async def test_after_a_restart_of_the_server_one_is_on_duty_again(
    shared_house: House, telegram: TelegramServer
) -> None:
    async with application(shared_house) as first, application(shared_house) as second:
        both = (first, second)
        await until(lambda: any(one.sends_here for one in both))

        await asyncio.to_thread(cut_all_lines, shared_house.database)

        telegram.write("một")
        await until(lambda: words(shared_house)() == ["một"])
        await until(lambda: [one.sends_here for one in both].count(True) == 1)


async def test_a_refused_token_frees_the_duty_and_waits_for_a_person(
    shared_house: House, telegram: TelegramServer
) -> None:
    telegram.fail("getMe", faults.UNAUTHORIZED, times=5)
    channel = TelegramChannel(shared_house, read_timeout=1, poll_seconds=0)
    shared_house.signals.bind()

    with pytest.raises(AuthFailed):
        await channel.run(accept_into(shared_house))

    assert not channel.sends_here
    await channel.close()
