"""A Telegram stand-in and a house that talks to it; the web chat and people who open it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.accepting import accept_into
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.web.channel import web_router
from bot.house import House
from bot.settings import Settings
from tests.support.doubles.movable_clock import MovableSeconds
from tests.support.doubles.telegram_server import TOKEN, TelegramServer
from tests.support.stands.serving import serving


class Naps:
    """A sleep that only writes down how long it was asked for."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer(hang_seconds=1.5) as server:
        yield server


@pytest.fixture
def telegram_house(house: House, telegram: TelegramServer, tmp_path: Path) -> House:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path / "var",
        telegram_token=TOKEN,
        telegram_base_url=telegram.base_url,
        max_upload_mb=1,
    )
    return replace(house, settings=settings)


@pytest.fixture
async def channel(telegram_house: House, naps: Naps) -> AsyncIterator[TelegramChannel]:
    telegram_house.signals.bind()
    channel = TelegramChannel(telegram_house, read_timeout=0.6, poll_seconds=1, sleep=naps)
    yield channel
    await channel.close()


@pytest.fixture
def seconds() -> MovableSeconds:
    return MovableSeconds()


@pytest.fixture
async def address(house: House, seconds: MovableSeconds) -> AsyncIterator[str]:
    house.signals.bind()
    app = FastAPI()
    app.include_router(web_router(house, accept_into(house), seconds=seconds))
    async with serving(app) as address:
        yield address


@pytest.fixture
async def visitor(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address) as client:
        await client.get("/")
        yield client


@pytest.fixture
async def stranger(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address) as client:
        await client.get("/")
        yield client
