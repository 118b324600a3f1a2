"""Locks of conversations that several Rasa servers share, in Redis.

Rasa's own Redis store reads a lock, changes it and writes it back, so that two servers may draw
the same ticket; and what a killed server held is held for a minute. Here Redis itself decides who
is first, and a lock lasts only while its holder says that it lives.
"""

import asyncio
import contextlib
import logging
import secrets
from typing import Any, AsyncGenerator

import redis.asyncio
from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis.exceptions import RedisError

from engine import turn_failures

logger = logging.getLogger(__name__)

LEASE_SECONDS = 10.0
"""So long a conversation waits for a server that was killed in the middle of its turn."""

RENEW_SECONDS = 2.5
LOOK_SECONDS = 0.05

PATIENCE_SECONDS = 60.0
"""Who asked has given up long before."""

ANSWER_SECONDS = 5.0

_RENEW = """
local holder = redis.call('get', KEYS[1])
if holder == false or holder == ARGV[1] then
    redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
    return 1
end
return 0
"""
"""A Redis that was restarted knows of no lock: it is told again."""

_GIVE_BACK = """
if redis.call('get', KEYS[1]) == ARGV[1] then
    redis.call('del', KEYS[1])
end
"""


class SharedLockStore(LockStore):
    """One lock a conversation. Who comes first is not asked: lanes keep the order before us."""

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        super().__init__()
        self._redis = redis.asyncio.Redis.from_url(
            endpoint_config.url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
        )

    @contextlib.asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LEASE_SECONDS,
        wait_time_in_seconds: float = LOOK_SECONDS,
    ) -> AsyncGenerator[Any, None]:
        """Held until the block ends, or for a lease after its process has died.

        Raises:
            LockError: others held it for too long.
            RedisError: Redis is away; the turn waits for it.
        """
        key, token = f"donghanh:lock:{conversation_id}", secrets.token_hex(8)
        await self._take(key, token)
        renewing = asyncio.create_task(self._keep(key, token))
        try:
            yield token
        finally:
            renewing.cancel()
            # What cannot be given back now ends with its lease.
            with contextlib.suppress(RedisError):
                await self._redis.eval(_GIVE_BACK, 1, key, token)

    async def _take(self, key: str, token: str) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE_SECONDS
        while not await self._try(key, token):
            if loop.time() > end:
                raise LockError(f"{key} is held by another turn")
            await asyncio.sleep(LOOK_SECONDS)

    async def _try(self, key: str, token: str) -> bool:
        try:
            return bool(await self._redis.set(key, token, nx=True, px=_milliseconds()))
        except RedisError:
            turn_failures.note_away()
            raise

    async def _keep(self, key: str, token: str) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                kept = await self._redis.eval(_RENEW, 1, key, token, _milliseconds())
            except RedisError:
                logger.warning("a lock could not be renewed: Redis is away")
                continue
            if not kept:
                logger.warning("a lock was lost: this server was silent for too long")


def _milliseconds() -> int:
    return int(LEASE_SECONDS * 1000)
