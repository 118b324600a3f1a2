"""How Rasa calls our action server: over one connection that stays open, and trusting its answers.

Rasa opens a session and a connection anew for every action, and validates each answer against a
schema that never changes (together 12 % of a turn, measured with py-spy). Both ends are ours: what
`rasa_sdk` builds is well-formed, and an answer that is not makes the action fail, and so the turn.
"""

import asyncio
from typing import Any, Dict, Optional

import aiohttp
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from engine import turn_failures

REJECTED = 400

NOBODY_BEHIND = (502, 503, 504)
"""What a balancer answers where no action server is there."""

HEALTH_TIMEOUT = aiohttp.ClientTimeout(total=2)


class KeptOpenEndpoint(EndpointConfig):
    """An endpoint with one session for all its requests, made in the loop that asks first."""

    _kept: Optional[aiohttp.ClientSession] = None
    _broke_off: bool = False

    @classmethod
    def like(cls, endpoint: EndpointConfig) -> "KeptOpenEndpoint":
        """The same endpoint, kept open."""
        return cls(
            endpoint.url,
            params=endpoint.params,
            headers=endpoint.headers,
            basic_auth=endpoint.basic_auth,
            token=endpoint.token,
            token_name=endpoint.token_name,
            cafile=endpoint.cafile,
            **endpoint.kwargs,
        )

    async def request(self, *arguments: Any, **named: Any) -> Optional[Any]:
        """The answer; a failure without its body, which repeats the whole conversation.

        Rasa logs the body. Only of a rejected form (400) does it read anything in there. Where
        nobody listens, nothing was begun: the turn waits, and that is no failure of the action.
        A balancer takes the connection and breaks it off, as a server does that dies of this very
        action: that counts as a failure, and from then on nothing is asked before one is well.
        """
        if self._broke_off and not await self._is_well():
            turn_failures.note_away()
            raise aiohttp.ClientConnectionError("no action server is there")
        self._broke_off = False
        try:
            return await super().request(*arguments, **named)
        except aiohttp.ClientConnectorError:
            turn_failures.note_away()
            raise
        except aiohttp.ClientConnectionError:
            self._broke_off = True
            raise
        except ClientResponseError as error:
            self._broke_off = error.status in NOBODY_BEHIND
            if error.status == REJECTED:
                raise
            raise ClientResponseError(error.status, error.message, "") from None

    async def _is_well(self) -> bool:
        health = self.url.rpartition("/")[0] + "/health"
        try:
            async with (
                self.session() as session,
                session.get(health, timeout=HEALTH_TIMEOUT) as answer,
            ):
                return answer.ok
        # Of Python 3.10: there the two are not one.
        except (aiohttp.ClientError, asyncio.TimeoutError):  # noqa: UP041
            return False

    def session(self) -> "_Lent":
        """The session, lent: it outlives the request."""
        if self._kept is None or self._kept.closed:
            self._kept = super().session()
        return _Lent(self._kept)


class _Lent:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(self, *_: object) -> None:
        """The session stays open."""


def trust_our_action_server() -> None:
    """Spares the check of each answer's shape."""

    def accept(_action: RemoteAction, _answer: Dict[str, Any]) -> bool:
        return True

    RemoteAction._validate_action_result = accept
