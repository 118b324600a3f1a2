"""The newest search: rebuilt in the background when the knowledge base changes."""

import logging
import threading

from bot.knowledge.embedder import Embedder, Progress
from bot.knowledge.library import Library
from bot.knowledge.problem import KnowledgeError
from bot.knowledge.retriever import Retriever

LOOK_EVERY_SECONDS = 2.0

log = logging.getLogger(__name__)


class Searcher:
    """Holds the current retriever. A search under way keeps the one it began with."""

    def __init__(
        self, library: Library, embedder: Embedder | None, progress: Progress | None = None
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._current = Retriever(library.current, embedder, progress)
        self._stopped = threading.Event()
        self._follower: threading.Thread | None = None

    @property
    def current(self) -> Retriever:
        """The newest search."""
        return self._current

    def follow(self, every_seconds: float = LOOK_EVERY_SECONDS) -> None:
        """Looks for changes from now on, in a thread that ends with the process."""
        if self._follower is None:
            self._follower = threading.Thread(
                target=self._keep_looking, args=(every_seconds,), name="searcher", daemon=True
            )
            self._follower.start()

    def close(self) -> None:
        """Stops looking."""
        self._stopped.set()
        if self._follower is not None:
            self._follower.join()

    def look(self) -> bool:
        """Reads what changed and rebuilds; whether there is a new search.

        A broken edit is logged, with file and line, and the last good search stays.
        """
        try:
            self._library.refresh()
        except KnowledgeError as error:
            for problem in error.problems:
                log.warning("the knowledge base stays as it was: %s", problem)
            return False
        # The library may have been refreshed by somebody else: what counts is what it holds.
        newest = self._library.current
        if newest is self._current.knowledge:
            return False
        self._current = Retriever(newest, self._embedder)
        log.info("the search was rebuilt: %d articles", len(newest.articles))
        return True

    def _keep_looking(self, every_seconds: float) -> None:
        while not self._stopped.wait(every_seconds):
            try:
                self.look()
            except Exception:
                # A file deleted while it is read, a full disk: the next look may go well.
                log.exception("the knowledge base could not be looked at")
