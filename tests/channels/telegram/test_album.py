"""An album from Telegram and back: its pictures are worked on together and answered once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.channels.accepting import accept_into
from bot.channels.telegram.channel import TelegramChannel
from bot.flow.inbox_worker import InboxWorker
from bot.flow.lanes import Lanes
from bot.flow.outbox_sender import OutboxSender
from bot.house import House
from bot.services.inbound.inbox import ALBUM_WAIT
from bot.storage.models import Message
from tests.flow.test_engine import engine_at, served
from tests.support.data.files import JPEG
from tests.support.doubles.movable_clock import MovableClock
from tests.support.doubles.telegram_server import TelegramServer
from tests.support.stands.telegram_reading import stored
from tests.support.waiting import until


@pytest.fixture
def clock(now: datetime) -> MovableClock:
    return MovableClock(now)


@pytest.fixture
async def asked(telegram_house: House, channel: TelegramChannel) -> AsyncIterator[list[str]]:
    """What Rasa was asked, with channel, worker and sender at work."""
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        said = (await request.json())["message"]
        asked.append(said)
        message = {"text": "Đã nhận file." if said.startswith("/") else "Dạ, có ạ."}
        reply = {"message": message, "understanding": {"outcome": "answer"}}
        return web.json_response({"failed": [], "replies": [reply]})

    async with served(answer) as url, engine_at(url) as engine:
        lanes = Lanes(telegram_house, InboxWorker(telegram_house, engine, []))
        work = (
            channel.run(accept_into(telegram_house, places=lanes.place)),
            lanes.run(),
            OutboxSender(telegram_house, [channel], "test").run(),
        )
        tasks = [asyncio.create_task(one) for one in work]
        yield asked
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def sent(telegram: TelegramServer) -> int:
    return telegram.count("sendMessage")


async def test_five_pictures_with_words_in_two_readings_get_one_reply(
    asked: list[str], telegram: TelegramServer, telegram_house: House, clock: MovableClock
) -> None:
    telegram.photo(JPEG + b"a", media_group_id="135", caption="nhãn này đủ chữ chưa")
    telegram.photo(JPEG + b"b", media_group_id="135")
    await until(lambda: len(stored(telegram_house)) == 2)
    for content in (b"c", b"d", b"e"):
        telegram.photo(JPEG + content, media_group_id="135")
    await until(lambda: len(stored(telegram_house)) == 5)
    assert asked == []

    clock.move(seconds=ALBUM_WAIT.total_seconds())
    await until(lambda: telegram.texts() == ["Dạ, có ạ.\n\nĐã nhận file."])

    assert len(asked) == 2
    assert asked[1].count('"file_id"') == 5
    assert sent(telegram) == 1
    with telegram_house.database.transaction() as session:
        shown = session.scalars(select(Message.attachments).where(Message.author == "owner")).all()
    assert [len(files) for files in shown] == [1] * 5


async def test_of_an_album_with_a_video_the_rest_is_taken_and_the_video_is_told(
    asked: list[str], telegram: TelegramServer, telegram_house: House, clock: MovableClock
) -> None:
    video: dict[str, Any] = {"file_id": "v", "file_unique_id": "v", "duration": 3}
    telegram.photo(JPEG + b"a", media_group_id="135")
    telegram.put(video=video, media_group_id="135")
    await until(lambda: len(stored(telegram_house)) == 2)

    clock.move(seconds=ALBUM_WAIT.total_seconds())
    await until(telegram.texts)

    (text,) = telegram.texts()
    assert text.startswith("Video: em chưa xem được")
    assert text.endswith("Đã nhận file.")
    assert len(asked) == 1
