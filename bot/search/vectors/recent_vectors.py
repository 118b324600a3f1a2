"""The last vectors that were asked for."""

import threading
from collections.abc import Callable
from concurrent.futures import Future

from bot.search.vectors.vector_cache import Vector


class RecentVectors:
    """Remembers what was asked last. Who asks for what is being worked out waits for it.

    Different texts are worked out side by side, each on the thread that asks. An error reaches all
    who wait, and is not remembered.
    """

    def __init__(self, work: Callable[[str], Vector], most: int) -> None:
        self._work = work
        self._most = most
        self._lock = threading.Lock()
        self._vectors: dict[str, Future[Vector]] = {}

    def of(self, text: str) -> Vector:
        """The vector of a text."""
        with self._lock:
            known = self._vectors.pop(text, None)
            vector = known or Future()
            self._vectors[text] = vector
            if len(self._vectors) > self._most:
                del self._vectors[next(iter(self._vectors))]
        if known is None:
            self._work_out(text, vector)
        return vector.result()

    def _work_out(self, text: str, vector: Future[Vector]) -> None:
        try:
            vector.set_result(self._work(text))
        except BaseException as error:
            with self._lock:
                self._vectors.pop(text, None)
            vector.set_exception(error)
            raise
