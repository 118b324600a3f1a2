"""The articles nearest to a question, for officers: by words, with the search that answers."""

import threading

from bot.knowledge.articles.article import Article
from bot.knowledge.library import Library
from bot.search.retriever import Retriever


class ArticleSearch:
    """Counts the words of the knowledge base when it is first asked, and after each change of it.

    That takes seconds: no page waits for it, only what a page fetches later.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._building = threading.Lock()
        self._retriever: Retriever | None = None

    def nearest(self, text: str, *, limit: int) -> list[Article]:
        """Best first; none for a text without a word."""
        retriever = self._current()
        hits = retriever.search(text, limit=limit)
        return [retriever.knowledge.articles[hit.article_id] for hit in hits]

    def _current(self) -> Retriever:
        with self._building:
            if self._retriever is None or self._retriever.knowledge is not self._library.current:
                self._retriever = Retriever(self._library.current, None)
            return self._retriever
