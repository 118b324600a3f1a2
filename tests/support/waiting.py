"""Waits for what another task brings about; a limit only ends a test that has failed."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

LIMIT_SECONDS = 10.0


async def until(condition: Callable[[], Any]) -> Any:
    """The condition's value once it is true.

    Raises:
        AssertionError: it did not become true in time.
    """
    end = asyncio.get_running_loop().time() + LIMIT_SECONDS
    while asyncio.get_running_loop().time() < end:
        value = await asyncio.to_thread(condition)
        if value:
            return value
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen in time")


def by_then(condition: Callable[[], Any], seconds: float = 60.0) -> None:
    """Waits for what other processes bring about.

    Raises:
        AssertionError: it did not become true in time.
    """
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)
