"""The dialogue engine: Rasa, over its HTTP API on loopback.

EngineError
├── EngineAbsent   it, or what it needs, cannot be reached: the message waits, no try is counted
└── TurnFailed     it had the message and did not answer it wholly: to be tried again
    └── TurnLooped   it went round in circles: the same message would send it round again
"""

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.domain.talk.reply import Reply
from bot.domain.trouble import Trouble

MOST_FORESEEN = 8
"""Messages foreseen at the same time: in a flood the action server keeps its time for answers."""

TURN_TIMEOUT = aiohttp.ClientTimeout(total=30, sock_connect=2)
"""Seconds of the longest turn: a search takes milliseconds, a lost action server some seconds."""

STATUS_TIMEOUT = aiohttp.ClientTimeout(total=2)

UNREACHED = (aiohttp.ClientError, TimeoutError)
"""What the client raises where there is no answer, or none that counts."""


class EngineError(Exception):
    """A turn that did not end well."""


class EngineAbsent(EngineError):
    """Rasa cannot be reached."""


class TurnFailed(EngineError):
    """Rasa had the message, but an action failed, nothing was said, or no answer came."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}")


class TurnLooped(TurnFailed):
    """Rasa stopped itself after too many actions; its tracker is as it was before."""


@dataclass(frozen=True)
class EngineMessage:
    """What is handed over: words or `/intent{…}`, and the cause that names the message.

    `outside_form`: handed over instead where no form waits for an answer; empty: `text` anywhere.
    """

    cause: str
    text: str
    outside_form: str = ""


@dataclass(frozen=True)
class ActionServer:
    """Where the action server listens, and its token."""

    url: str
    token: str


class Engine:
    """Hands messages to Rasa, each worked on once: `docs/adr/0004-one-turn-once.md`."""

    def __init__(self, base_url: str, token: str, actions: ActionServer | None = None) -> None:
        self._base_url = base_url
        self._opened: aiohttp.ClientSession | None = None
        self._token = token
        self._actions = actions
        self._foreseeing: set[asyncio.Task[None]] = set()

    async def turn(
        self, conversation_id: str, message: EngineMessage, *, maybe_seen: bool
    ) -> list[Reply]:
        """The bot's replies to a message.

        `maybe_seen`: an earlier try may have reached Rasa, so its tracker is asked first
        (`engine/turn_channel.py`).

        Raises:
            EngineError: see the tree above.
        """
        body = await self._post(
            "",
            {
                "sender": conversation_id,
                "message": message.text,
                "outside_form": message.outside_form,
                "message_id": message.cause,
                "maybe_seen": maybe_seen,
            },
        )
        if not body["replies"]:
            raise TurnFailed(Trouble.SILENCE)
        return [Reply.model_validate(reply) for reply in body["replies"]]

    async def reset(self, conversation_id: str) -> None:
        """Lets the dialogue begin anew: no form, waiting for the owner. Twice is as good as once.

        Raises:
            EngineError: it did not happen.
        """
        await self._post("reset", {"sender": conversation_id})

    def foresee(self, text: str) -> None:
        """Lets the action server begin with what it will be asked; nothing depends on it."""
        if self._actions is None or not text or text.startswith("/"):
            return
        if len(self._foreseeing) >= MOST_FORESEEN:
            return
        task = asyncio.create_task(self._tell(self._actions, text))
        self._foreseeing.add(task)
        task.add_done_callback(self._foreseeing.discard)

    async def is_ready(self) -> bool:
        """Whether Rasa is up with a model."""
        try:
            async with self._client.get(
                f"{self._base_url}/status", params={"token": self._token}, timeout=STATUS_TIMEOUT
            ) as answer:
                return answer.ok and bool((await answer.json()).get("model_file"))
        except UNREACHED:
            return False

    async def close(self) -> None:
        """Gives its connections back; what was foreseen is given up."""
        for task in self._foreseeing:
            task.cancel()
        await asyncio.gather(*self._foreseeing, return_exceptions=True)
        if self._opened is not None:
            await self._opened.close()

    @property
    def _client(self) -> aiohttp.ClientSession:
        # Made by whoever asks first: a session belongs to the loop in which it is made.
        if self._opened is None:
            self._opened = aiohttp.ClientSession(timeout=TURN_TIMEOUT)
        return self._opened

    async def _tell(self, actions: ActionServer, text: str) -> None:
        with contextlib.suppress(*UNREACHED):
            async with self._client.post(
                f"{actions.url}/foresee", params={"token": actions.token}, json={"text": text}
            ):
                pass

    async def _post(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            async with self._client.post(
                f"{self._base_url}/webhooks/turn/{route}",
                json=body,
                headers={"Authorization": f"Bearer {self._token}"},
                raise_for_status=True,
            ) as answer:
                result: dict[str, Any] = await answer.json()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise EngineAbsent(_without_address(error)) from None
        except UNREACHED as error:
            # It had the message. Where it is well otherwise, this message hangs or breaks it.
            if await self.is_ready():
                raise TurnFailed(Trouble.NO_ANSWER, _without_address(error)) from None
            raise EngineAbsent(_without_address(error)) from None
        _raise_for_failures(result)
        return result


def _raise_for_failures(result: dict[str, Any]) -> None:
    if result.get("away"):
        raise EngineAbsent("something that Rasa needs is away")
    named = ", ".join(result["failed"])
    if result.get("looped"):
        raise TurnLooped(Trouble.LOOP, named)
    if named:
        raise TurnFailed(Trouble.ACTION, named)


def _without_address(error: Exception) -> str:
    # The text of an error may hold the address, and the address the token.
    return type(error).__name__
