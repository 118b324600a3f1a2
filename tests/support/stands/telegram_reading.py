"""Reads what waits at the Telegram stand-in, and shows what was stored of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import select

from bot.channels.accepting import accept_into
from bot.channels.telegram.channel import TelegramChannel
from bot.domain.talk.messages import InboundEvent
from bot.house import House
from bot.storage.models import InboxEvent, PollOffset, SetAsideUpdate
from tests.support.doubles.telegram_server import TelegramServer
from tests.support.waiting import until


@asynccontextmanager
async def reading(channel: TelegramChannel, house: House) -> AsyncIterator[None]:
    task = asyncio.create_task(channel.run(accept_into(house)))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def stored(house: House) -> list[InboundEvent]:
    with house.database.transaction() as session:
        rows = session.scalars(select(InboxEvent).order_by(InboxEvent.id)).all()
        return [InboundEvent.model_validate(row.payload) for row in rows]


def offset(house: House) -> int | None:
    with house.database.transaction() as session:
        row = session.scalar(select(PollOffset))
        return row.offset if row else None


async def read_all(
    channel: TelegramChannel, house: House, server: TelegramServer
) -> list[InboundEvent]:
    """Reads until the newest update is confirmed; the stored events."""
    newest = server.newest + 1
    async with reading(channel, house):
        await until(lambda: offset(house) == newest)
    return stored(house)


def set_aside(house: House) -> list[SetAsideUpdate]:
    """What could not be taken, oldest first."""
    with house.database.transaction() as session:
        return list(session.scalars(select(SetAsideUpdate).order_by(SetAsideUpdate.id)))
