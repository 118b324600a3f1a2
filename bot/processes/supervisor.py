"""Starts Rasa, the action server and the application, watches them, and stops them together."""

import asyncio
import contextlib
import logging
import signal
import socket
import sys
from collections.abc import Callable

import httpx

from bot.console import first_start_link
from bot.house import open_house
from bot.processes.child import Child
from bot.processes.engine_room import (
    EngineRoom,
    action_child,
    engine_room,
    environment_of,
    rasa_child,
)
from bot.processes.model import trained_model
from bot.settings import Settings

log = logging.getLogger(__name__)

READY_SECONDS = 180.0
Say = Callable[[str], None]


class CannotStart(Exception):
    """The installation cannot start; the text says what to do."""


def check_port(settings: Settings) -> None:
    """Raises `CannotStart` where somebody else listens on our port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotStart(
                f"port {settings.port} of {settings.host} is taken ({error.strerror}). "
                "Stop what listens there, or set DONGHANH_PORT to another port in `.env`."
            ) from error


class Supervisor:
    """The three children of one installation."""

    def __init__(self, settings: Settings, say: Say) -> None:
        self._settings = settings
        self._say = say
        self._room: EngineRoom = engine_room(settings)
        self._stop = asyncio.Event()
        self.children: list[Child] = []

    async def run(self) -> None:
        """Runs until SIGINT or SIGTERM.

        Raises:
            CannotStart: a port is taken.
            TrainingFailed: the model could not be trained.
        """
        check_port(self._settings)
        model = await asyncio.to_thread(trained_model, self._settings, self._say)
        house = await asyncio.to_thread(open_house, self._settings)
        self._catch_signals()
        self.children = [
            action_child(self._settings, self._room, at_once=True),
            rasa_child(self._settings, self._room, model),
            self._application(),
        ]
        for child in self.children:
            child.on_fall = self._fell
            await child.start()
        watching = [asyncio.create_task(child.keep_running()) for child in self.children]
        try:
            if await self._wait_until_ready():
                self._announce(first_start_link(house, self._settings.base_url))
            await self._stop.wait()
        finally:
            self._say("stopping …")
            await asyncio.gather(*(child.stop() for child in self.children))
            for task in watching:
                task.cancel()
            house.database.close()

    def _application(self) -> Child:
        settings, room = self._settings, self._room
        return Child(
            name="application",
            command=[sys.executable, "-m", "bot.processes.application"],
            environment={
                **environment_of(settings),
                "DONGHANH_PORT": str(settings.port),
                "DONGHANH_HOST": settings.host,
                "DONGHANH_RASA_PORT": str(room.rasa_port),
                "DONGHANH_ACTION_PORT": str(room.action_port),
                "DONGHANH_RASA_TOKEN": room.rasa_token,
                "DONGHANH_ACTION_TOKEN": room.action_token,
            },
            log_file=settings.data_dir / "log" / "application.log",
        )

    def _catch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)

    def _fell(self, name: str, code: int) -> None:
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        logs = self._settings.data_dir / "log" / f"{name}.log"
        self._say(f"{name} ended ({how}); starting it again. Its log: {logs}")

    async def _wait_until_ready(self) -> bool:
        """Waits for all parts; False where a stop came first."""
        url = f"http://{self._settings.host}:{self._settings.port}/health/ready"
        loop = asyncio.get_running_loop()
        end = loop.time() + READY_SECONDS
        warned = False
        async with httpx.AsyncClient(timeout=5.0) as client:
            while not self._stop.is_set():
                with contextlib.suppress(httpx.HTTPError):
                    if (await client.get(url)).is_success:
                        return True
                if loop.time() > end and not warned:
                    warned = True
                    self._say(
                        f"still not ready; the logs are under {self._settings.data_dir / 'log'}"
                    )
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), 0.3)
        return False

    def _announce(self, link: str | None) -> None:
        base = self._settings.base_url
        self._say(f"ready\n  web chat  {base}/\n  console   {base}/console")
        if link:
            self._say(f"  first administrator (one-time link)\n            {link}")
        self._say("Ctrl-C stops everything.")
