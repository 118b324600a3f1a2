"""Rasa and the action server: where they are, and how they are started here as children."""

import secrets
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.processes.child import Child
from bot.processes.model import engine_python
from bot.settings import Settings

LOOPBACK = "127.0.0.1"

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  (only to reach ourselves on loopback)

ACTION_SERVER = "actions.server"


@dataclass(frozen=True)
class EngineRoom:
    """Where Rasa and the action server listen, and their tokens.

    `rasa`, `actions`: addresses of those that run elsewhere, or of what stands in front of them.
    """

    rasa_port: int
    action_port: int
    rasa_token: str
    action_token: str
    host: str = LOOPBACK
    rasa: str = ""
    actions: str = ""

    @property
    def rasa_url(self) -> str:
        """The address under which Rasa is asked."""
        return self.rasa or self.rasa_here

    @property
    def action_url(self) -> str:
        """The address under which actions are called."""
        return self.actions or self.actions_here

    @property
    def rasa_here(self) -> str:
        """The address of the Rasa that is started here."""
        return self._here(self.rasa_port)

    @property
    def actions_here(self) -> str:
        """The address of the action server that is started here."""
        return self._here(self.action_port)

    def _here(self, port: int) -> str:
        host = LOOPBACK if self.host in EVERYWHERE else self.host
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def engine_room(settings: Settings) -> EngineRoom:
    """Addresses, ports and tokens as set, or free and fresh ones."""
    return EngineRoom(
        rasa_port=settings.rasa_port or free_port(),
        action_port=settings.action_port or free_port(),
        rasa_token=settings.rasa_token.get_secret_value() or secrets.token_urlsafe(32),
        action_token=settings.action_token.get_secret_value() or secrets.token_urlsafe(32),
        host=settings.engine_host,
        rasa=settings.rasa_url.rstrip("/"),
        actions=settings.action_url.rstrip("/"),
    )


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def rasa_child(settings: Settings, room: EngineRoom, model: Path) -> Child:
    """Rasa, in its own environment. Tokens travel in the environment, not in the process list."""
    return Child(
        name="rasa",
        command=[
            str(engine_python(settings)),
            "-W",
            "ignore",
            "-m",
            "engine.serve",
            "--model",
            str(model),
            "--port",
            str(room.rasa_port),
            "--host",
            room.host,
        ],
        environment={
            "DONGHANH_RASA_TOKEN": room.rasa_token,
            "DONGHANH_ACTION_TOKEN": room.action_token,
            "DONGHANH_ACTION_WEBHOOK": f"{room.action_url}/webhook",
            "DONGHANH_LOCK_URL": settings.lock_url,
            "DONGHANH_TRACKER_URL": settings.sqlalchemy_tracker_url,
        },
        log_file=settings.data_dir / "log" / "rasa.log",
    )


def action_child(
    settings: Settings, room: EngineRoom, module: str = ACTION_SERVER, *, at_once: bool = False
) -> Child:
    """The action server, in the main environment.

    `module`: tests give one that fails. `at_once`: it serves before its sentence vectors are
    ready; without it every answer is the one that it will always give.
    """
    command = [sys.executable, "-m", module, "--port", str(room.action_port), "--host", room.host]
    return Child(
        name="actions",
        command=[*command, "--at-once"] if at_once else command,
        environment={
            **environment_of(settings),
            "DONGHANH_ACTION_TOKEN": room.action_token,
        },
        log_file=settings.data_dir / "log" / "actions.log",
    )


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings that a child must share with us, whatever its own environment says."""
    return {
        "DONGHANH_DATA_DIR": str(settings.data_dir),
        "DONGHANH_CACHE_DIR": str(settings.cache),
        "DONGHANH_DATABASE_URL": settings.sqlalchemy_url,
        "DONGHANH_KNOWLEDGE_DIR": str(settings.knowledge_dir),
        "DONGHANH_SENTENCE_VECTORS": str(settings.sentence_vectors),
    }
