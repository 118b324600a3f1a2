"""The application: web chat, console, inbox and outbox workers, channels, health."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from functools import partial

from fastapi import FastAPI
from fastapi.responses import JSONResponse

from bot.channels.accepting import accept_into
from bot.channels.channel import Accept, Channel, senders
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.web.channel import WebChannel
from bot.console import console
from bot.flow.caretaker import Caretaker
from bot.flow.engine import Engine
from bot.flow.heir import Heir
from bot.flow.inbox_worker import InboxWorker
from bot.flow.job_runner import JobRunner
from bot.flow.lanes import Lanes
from bot.flow.outbox_sender import OutboxSender
from bot.flow.relay import Relay
from bot.flow.replying.held_reply_sender import HeldReplySender
from bot.flow.standing_task import StandingTask
from bot.flow.works import NIGHTLY, preparations_of, works_of
from bot.health import answers
from bot.house import House
from bot.storage.notices import NoticeBoard
from bot.storage.presence import Presence


def application(house: House, engine: Engine, action_url: str) -> FastAPI:
    """The web application with everything that runs beside it."""
    channels = open_channels(house)
    presence = Presence(house.database)
    lanes = Lanes(house, InboxWorker(house, engine, channels, presence.name))
    accept = accept_into(house, engine.foresee, lanes.place)
    standing = standing_tasks(house, lanes, accept, channels, presence)

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        house.signals.bind()
        # Before anything is taken under our name.
        await asyncio.to_thread(presence.hold)
        tasks = [asyncio.create_task(one.run(), name=one.name) for one in standing]
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for channel in channels:
            await channel.close()
        await engine.close()
        presence.leave()

    app = FastAPI(
        title="donghanh", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan
    )
    for channel in channels:
        router = channel.router(accept)
        if router is not None:
            app.include_router(router)
    app.mount("/console", console(house))
    _add_health(app, engine, action_url, standing)
    return app


def standing_tasks(
    house: House, lanes: Lanes, accept: Accept, channels: list[Channel], presence: Presence
) -> Sequence[StandingTask]:
    """What runs beside the web server, each by its name."""
    relay = Relay(house.signals, NoticeBoard(house.database), presence.name)
    return [
        StandingTask("heir", Heir(house, senders(channels), presence).run),
        StandingTask("relay", relay.run),
        StandingTask("inbox", lanes.run),
        StandingTask("outbox", OutboxSender(house, senders(channels), presence.name).run),
        StandingTask("replies", HeldReplySender(house).run),
        StandingTask("jobs", _job_runner(house, presence).run),
        StandingTask("caretaker", Caretaker(house).run),
        *(StandingTask(channel.name, partial(channel.run, accept)) for channel in channels),
    ]


def _job_runner(house: House, presence: Presence) -> JobRunner:
    return JobRunner(house, works_of(house), NIGHTLY, presence.name, preparations_of(house))


def open_channels(house: House) -> list[Channel]:
    """The channels that the settings switch on; the web chat is always one."""
    channels: list[Channel] = [WebChannel(house)]
    if house.settings.telegram_token.get_secret_value():
        channels.append(TelegramChannel(house))
    return channels


def _add_health(
    app: FastAPI, engine: Engine, action_url: str, standing: Sequence[StandingTask]
) -> None:
    @app.get("/health/live")
    def live() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/health/ready")
    async def ready() -> JSONResponse:
        parts = {"rasa": await engine.is_ready(), "actions": await answers(action_url)}
        parts |= {task.name: task.is_up for task in standing}
        ok = all(parts.values())
        return JSONResponse(
            {"status": "ok" if ok else "starting", **parts}, status_code=200 if ok else 503
        )
