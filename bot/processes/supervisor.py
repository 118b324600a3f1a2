"""Starts Rasa, the action server and the application, watches them, and stops them together."""

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
from sqlalchemy import make_url

from bot.console import first_start_link
from bot.given_settings import wrong_setting
from bot.house import House, open_house
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
from bot.storage.database import Database, DatabaseUnfit

log = logging.getLogger(__name__)

READY_SECONDS = 180.0

LAST_BYTES = 4096
LAST_LETTERS = 300

Say = Callable[[str], None]


class CannotStart(Exception):
    """The installation cannot start; the text says what to do."""


def check_port(settings: Settings) -> None:
    """Lets an address pass on which we can listen.

    Raises:
        CannotStart: somebody else listens there, or the port is kept for others.
        WrongSettings: it is no address of this machine.
    """
    host, port = settings.host, settings.port
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        if getattr(error, "errno", None) in (errno.EADDRINUSE, errno.EACCES):
            raise CannotStart(
                f"port {port} of {host} is taken ({why}). "
                "Stop what listens there, or set DONGHANH_PORT to another port in `.env`."
            ) from error
        raise wrong_setting("host", f"{host} is no address of this machine ({why})") from error


def check_tracker(settings: Settings) -> None:
    """Lets a database of Rasa's pass that can be written to; its own start would only fail again.

    Raises:
        WrongSettings: it cannot be.
    """
    url = make_url(settings.sqlalchemy_tracker_url)
    if url.get_backend_name() != "sqlite":
        url = url.set(drivername="postgresql")
    database = Database(url.render_as_string(hide_password=False))
    try:
        with database.refusals(), database.engine.begin():
            pass
    except DatabaseUnfit as unfit:
        # Without a URL the database lies in the data folder.
        name = "tracker_url" if settings.tracker_url else "data_dir"
        raise wrong_setting(name, str(unfit)) from None
    finally:
        database.close()


def last_words(log_file: Path) -> str:
    """The last line of a log, cut to what fits a screen; empty where there is none."""
    try:
        lines = log_file.read_bytes()[-LAST_BYTES:].decode("utf-8", "replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1].strip()[:LAST_LETTERS].rstrip(".") if lines else ""


class Supervisor:
    """The children of one installation that run on this machine."""

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
            WrongSettings: an address, a folder or a database cannot be used.
        """
        if self._settings.starts("application"):
            check_port(self._settings)
        if self._settings.starts("rasa"):
            await asyncio.to_thread(check_tracker, self._settings)
        house = await asyncio.to_thread(open_house, self._settings)
        self.children = await asyncio.to_thread(self._parts)
        self._catch_signals()
        for child in self.children:
            child.on_fall = self._fell
            await child.start()
        watching = [asyncio.create_task(child.keep_running()) for child in self.children]
        try:
            if await self._wait_until_ready():
                self._announce(house)
            await self._stop.wait()
        finally:
            self._say("stopping …")
            await asyncio.gather(*(child.stop() for child in self.children))
            for task in watching:
                task.cancel()
            house.database.close()

    def _parts(self) -> list[Child]:
        """The children that this machine is to have."""
        settings, room = self._settings, self._room
        children = []
        if settings.starts("actions"):
            children.append(action_child(settings, room, at_once=True))
        if settings.starts("rasa"):
            children.append(rasa_child(settings, room, trained_model(settings, self._say)))
        if settings.starts("application"):
            children.append(self._application())
        return children

    def _application(self) -> Child:
        settings, room = self._settings, self._room
        return Child(
            name="application",
            command=[sys.executable, "-m", "bot.processes.application"],
            environment={
                **environment_of(settings),
                "DONGHANH_PORT": str(settings.port),
                "DONGHANH_HOST": settings.host,
                "DONGHANH_RASA_URL": room.rasa_url,
                "DONGHANH_ACTION_URL": room.action_url,
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
        log_file = self._settings.data_dir / "log" / f"{name}.log"
        last = f" Its last words: {words}." if code > 0 and (words := last_words(log_file)) else ""
        self._say(f"{name} ended ({how}); starting it again.{last} Its log: {log_file}")

    async def _wait_until_ready(self) -> bool:
        """Waits for all parts; False where a stop came first."""
        loop = asyncio.get_running_loop()
        end = loop.time() + READY_SECONDS
        warned = False
        async with httpx.AsyncClient(timeout=5.0) as client:
            while not self._stop.is_set():
                with contextlib.suppress(httpx.HTTPError):
                    if await self._is_ready(client):
                        return True
                if loop.time() > end and not warned:
                    warned = True
                    self._say(
                        f"still not ready; the logs are under {self._settings.data_dir / 'log'}"
                    )
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), 0.3)
        return False

    async def _is_ready(self, client: httpx.AsyncClient) -> bool:
        """Whether the application says so, which asks the others; without one here, each part."""
        settings, room = self._settings, self._room
        if settings.starts("application"):
            return (await client.get(f"{settings.own_url}/health/ready")).is_success
        urls = []
        if settings.starts("actions"):
            urls.append(f"{room.actions_here}/health")
        if settings.starts("rasa"):
            urls.append(f"{room.rasa_here}/status?token={room.rasa_token}")
        return all([(await client.get(url)).is_success for url in urls])

    def _announce(self, house: House) -> None:
        if not self._settings.starts("application"):
            self._say(f"ready: {self._settings.parts}\nCtrl-C stops everything.")
            return
        base = self._settings.base_url
        link = first_start_link(house, base)
        self._say(f"ready\n  web chat  {base}/\n  console   {base}/console")
        if link:
            self._say(f"  first administrator (one-time link)\n            {link}")
        self._say("Ctrl-C stops everything.")
