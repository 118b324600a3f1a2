"""Every channel, as a stand."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.house import House
from bot.settings import Settings
from tests.support.doubles.telegram_server import TOKEN, TelegramServer
from tests.support.stands.channel_stand import Stand, TelegramStand, TerminalStand, web_stand


@pytest.fixture(params=["web", "terminal", "telegram"])
async def stand(
    request: pytest.FixtureRequest, shared_house: House, telegram: TelegramServer | None
) -> AsyncIterator[Stand]:
    shared_house.signals.bind()
    if request.param == "web":
        async with web_stand(shared_house) as web:
            yield web
    elif request.param == "terminal":
        yield TerminalStand(shared_house)
    else:
        assert telegram is not None
        yield TelegramStand(shared_house, telegram)


@pytest.fixture
def telegram(request: pytest.FixtureRequest) -> object:
    if "telegram" not in request.node.name:
        yield None
        return
    with TelegramServer() as server:
        yield server


@pytest.fixture
def shared_house(house: House, telegram: TelegramServer | None, tmp_path: Path) -> House:
    settings = Settings(
        _env_file=None,
        data_dir=tmp_path / "var",
        telegram_token=TOKEN,
        telegram_base_url=telegram.base_url if telegram else "http://127.0.0.1:9",
        max_upload_mb=1,
    )
    return replace(house, settings=settings)
