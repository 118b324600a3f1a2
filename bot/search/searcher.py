"""The newest search: rebuilt in the background when the knowledge base changes."""

import logging
import threading
from collections.abc import Callable

from bot.knowledge.library import Knowledge, Library
from bot.search.retriever import Retriever
from bot.search.vectors.embedder import Embedder, Progress

LOOK_EVERY_SECONDS = 2.0

log = logging.getLogger(__name__)


class Searcher:
    """Holds the current retriever. A search under way keeps the one it began with.

    `rebuilt` hears of each new search, the first one included, once it is in service. `at_once`:
    words alone are compared until `follow` has learnt the vectors, which the first time takes a
    minute; `rebuilt` hears of that search only then.
    """

    def __init__(
        self,
        library: Library,
        embedder: Embedder | None,
        progress: Progress | None = None,
        rebuilt: Callable[[Retriever], None] | None = None,
        *,
        at_once: bool = False,
    ) -> None:
        self._library = library
        self._embedder = embedder
        self._rebuilt = rebuilt or _nobody_hears
        self._progress = progress
        self._learns = at_once and embedder is not None
        self._current = self._built(library.current, progress)
        self._tell()
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

    def learn_english(self) -> None:
        """Makes the search for questions in English before the first one comes."""
        if not self._learns:
            _ = self._current.english

    def learn(self) -> None:
        """Embeds what is served by words alone, and serves it by meaning, too, from then on."""
        if not self._learns or self._embedder is None:
            return
        log.info("the search compares words until the meaning of every phrasing is learnt")
        self._current = self._current.embedded(self._embedder, self._progress)
        self._learns = False
        log.info("the search compares meanings from now on")
        self._tell()

    def close(self) -> None:
        """Stops looking."""
        self._stopped.set()
        if self._follower is not None:
            self._follower.join()

    def look(self) -> bool:
        """Reads what changed and rebuilds; whether there is a new search."""
        self._library.refresh()
        # The library may have been refreshed by somebody else: what counts is what it holds.
        newest = self._library.current
        if newest is self._current.knowledge:
            return False
        self._current = self._built(newest)
        log.info("the search was rebuilt: %d articles", len(newest.articles))
        self._tell()
        return True

    def _built(self, knowledge: Knowledge, progress: Progress | None = None) -> Retriever:
        return Retriever(knowledge, None if self._learns else self._embedder, progress)

    def _tell(self) -> None:
        if not self._learns:
            self._rebuilt(self._current)

    def _keep_looking(self, every_seconds: float) -> None:
        pause = 0.0
        while not self._stopped.wait(pause):
            pause = every_seconds
            try:
                self.look()
                self.learn()
                self.learn_english()
            except Exception:
                # A file deleted while it is read, a full disk: the next look may go well.
                log.exception("the knowledge base could not be looked at")


def _nobody_hears(_search: Retriever) -> None:
    """For whoever only searches."""
