"""What an officer's page asks the search that answers: the nearest articles, the matter."""

import threading
from collections.abc import Callable

from bot.knowledge.articles.article import Article
from bot.knowledge.library import Library
from bot.search.retriever import Retriever
from bot.search.topic_guess import topics_of
from bot.search.vectors.embedder import Embedder


class ArticleSearch:
    """Counts the words of the knowledge base when it is first asked, and after each change of it.

    That takes seconds: no page waits for it, only what a page fetches later.
    """

    def __init__(
        self, library: Library, embedder: Callable[[], Embedder | None] = lambda: None
    ) -> None:
        """`embedder`: asked for at the first search; without one, words alone are compared."""
        self._library = library
        self._embedder = embedder
        self._building = threading.Lock()
        self._retriever: Retriever | None = None

    def nearest(self, text: str, *, limit: int) -> list[Article]:
        """Best first; none for a text without a word."""
        retriever = self._current()
        hits = retriever.search(text, limit=limit)
        return [retriever.knowledge.articles[hit.article_id] for hit in hits]

    def topic(self, text: str) -> str | None:
        """The matter of a text, guessed as the assistant guesses it; None without an idea."""
        return next(iter(topics_of(self._current(), text)), None)

    def _current(self) -> Retriever:
        with self._building:
            if self._retriever is None or self._retriever.knowledge is not self._library.current:
                self._retriever = Retriever(self._library.current, self._embedder())
            return self._retriever
