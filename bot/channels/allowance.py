"""How much each sender may bring: so much at once, so much more a minute."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

Seconds = Callable[[], float]
"""A clock that never goes back, in seconds."""

MOST_KEYS = 10_000
"""Senders that are remembered; beyond, whoever has been quiet longest is forgotten."""

_ROUNDING = 1e-6


class Allowance:
    """To each key `at_once` of something, which comes back at a rate of `a_minute`. Thread-safe.

    One number a key is kept: the moment at which its allowance is whole again. What is refused
    takes nothing, so who waits as long as he is told is let in.
    """

    def __init__(
        self, *, at_once: float, a_minute: float, seconds: Seconds = time.monotonic
    ) -> None:
        self._at_once = at_once
        self._rate = a_minute / 60
        self._seconds = seconds
        self._whole_at: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, amount: float = 1) -> float:
        """Takes an amount and gives 0.0, or takes nothing and gives the seconds to wait.

        More than `at_once` needs the whole allowance.
        """
        with self._lock:
            now = self._seconds()
            start = max(now, self._whole_at.get(key, now))
            whole_at = start + min(amount, self._at_once) / self._rate
            wait = whole_at - now - self._at_once / self._rate
            if wait > _ROUNDING:
                return wait
            self._whole_at[key] = whole_at
            self._whole_at.move_to_end(key)
            while len(self._whole_at) > MOST_KEYS:
                self._whole_at.popitem(last=False)
            return 0.0
