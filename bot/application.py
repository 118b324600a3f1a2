"""The application: web chat, console, inbox and outbox workers, channels, health."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bot.channels.accepting import accept_into
from bot.channels.channel import Channel
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.web.channel import WebChannel
from bot.console import console
from bot.flow.caretaker import Caretaker
from bot.flow.engine import Engine
from bot.flow.inbox_worker import InboxWorker
from bot.flow.outbox_sender import OutboxSender
from bot.health import answers
from bot.house import House

log = logging.getLogger(__name__)

WORKER = "application"
"""The name under which events and deliveries are in work; one application a database file."""


def application(house: House, engine: Engine, action_url: str) -> FastAPI:
    """The web application with everything that runs beside it."""
    channels = open_channels(house)
    accept = accept_into(house, engine.foresee)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        house.signals.bind()
        tasks = [
            asyncio.create_task(task, name=name)
            for name, task in (
                ("inbox", InboxWorker(house, engine, channels, WORKER).run()),
                ("outbox", OutboxSender(house, channels, WORKER).run()),
                ("caretaker", Caretaker(house).run()),
                *((channel.name, channel.run(accept)) for channel in channels),
            )
        ]
        for task in tasks:
            task.add_done_callback(_report)
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for channel in channels:
            await channel.close()
        await engine.close()

    app = FastAPI(
        title="donghanh", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    for channel in channels:
        router = channel.router(accept)
        if router is not None:
            app.include_router(router)
    app.mount("/console", console(house))
    _add_health(app, engine, action_url)
    return app


def open_channels(house: House) -> list[Channel]:
    """The channels that the settings switch on; the web chat is always one."""
    channels: list[Channel] = [WebChannel(house)]
    if house.settings.telegram_token.get_secret_value():
        channels.append(TelegramChannel(house))
    return channels


def _add_health(app: FastAPI, engine: Engine, action_url: str) -> None:
    @app.get("/health/live")
    def live() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/health/ready")
    async def ready() -> JSONResponse:
        parts = {"rasa": await engine.is_ready(), "actions": await answers(action_url)}
        ok = all(parts.values())
        return JSONResponse(
            {"status": "ok" if ok else "starting", **parts}, status_code=200 if ok else 503
        )


def _report(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("%s stopped", task.get_name(), exc_info=error)
