"""A search that remembers what it was asked to find."""

from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge
from bot.search.retriever import LIMIT, Hit, Retriever


class CountingRetriever(Retriever):
    """Searches by words, and keeps the words in `asked`."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge, None)
        self.asked: list[str] = []

    def search(self, text: str, *, context: Article | None = None, limit: int = LIMIT) -> list[Hit]:
        self.asked.append(text)
        return super().search(text, context=context, limit=limit)
