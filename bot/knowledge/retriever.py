"""Finds the articles that answer a message."""

import numpy as np

from bot.knowledge.article import Article
from bot.knowledge.confidence import confidences, fitted, situation
from bot.knowledge.embedder import Embedder, Progress
from bot.knowledge.evidence import Evidence, Scales
from bot.knowledge.hit import Hit
from bot.knowledge.index import Index
from bot.knowledge.library import Knowledge
from bot.knowledge.message import read_message
from bot.knowledge.questions import split_questions

LIMIT = 5

SURE_PART = 0.6
"""Confidence that each of two questions needs to be answered apart."""

NEAR_WHOLE = 3
"""Of the whole message's hits, those among which each part's article must stand."""


__all__ = ["Hit", "Retriever"]


class Retriever:
    """The search over one reading of the knowledge base. Immutable, safe between threads.

    `embedder` None: words are compared, meaning is not. `progress` hears of the first build, which
    embeds every phrasing (some 40 s); later ones read the cache.
    """

    def __init__(
        self, knowledge: Knowledge, embedder: Embedder | None, progress: Progress | None = None
    ) -> None:
        self.knowledge = knowledge
        self._embedder = embedder
        self.index = Index(list(knowledge.articles.values()), embedder, progress)
        self._scales = Scales(self.index)

    def search(self, text: str, *, context: Article | None = None, limit: int = LIMIT) -> list[Hit]:
        """The articles nearest to a message, best first.

        `context` is the article answered last: "thế mất bao lâu?" leans on it, a complete new
        question hardly notices it. A message without a word finds nothing.
        """
        evidence = self.evidence(text, context)
        if evidence is None:
            return []
        weights = fitted().weights[
            situation(vectors=self._embedder is not None, context=context is not None)
        ]
        sure = confidences(evidence, weights)
        best = np.argsort(-evidence.scores, kind="stable")[:limit]
        return [
            Hit(self.index.ids[place], float(evidence.scores[place]), float(sure[place]))
            for place in best
        ]

    def evidence(self, text: str, context: Article | None = None) -> Evidence | None:
        """What speaks for each article; None where the message holds no word."""
        message = read_message(text, self.index)
        if not message.words or not self.index.ids:
            return None
        vector = self._embedder.query(message.tail) if self._embedder is not None else None
        place = self.index.place.get(context.id) if context is not None else None
        return self._scales.weigh(message, vector, place)

    def foresee(self, text: str) -> None:
        """Embeds a message that will soon be searched for, while others still look at it."""
        if self._embedder is not None:
            self._embedder.query(read_message(text, self.index).tail)

    def answerable_parts(
        self, text: str, *, context: Article | None = None, limit: int = LIMIT
    ) -> list[list[Hit]]:
        """The hits of each question in a message, or of the whole where it holds only one.

        A later question leans on what the first one found: in "đăng ký mã vạch ở đâu và mỗi năm
        đóng phí bao nhiêu" the fee is the barcode's. Two clauses often ask one thing: they are
        told apart only where the whole message points at each one's article too.
        """
        whole = self.search(text, context=context, limit=limit)
        first, *others = split_questions(text)
        if not others:
            return [whole]
        found = [self.search(first, context=context, limit=limit)]
        subject = self.knowledge.articles[found[0][0].article_id] if found[0] else context
        found.extend(self.search(other, context=subject, limit=limit) for other in others)
        return found if _answered_apart(found, whole) else [whole]


def _answered_apart(parts: list[list[Hit]], whole: list[Hit]) -> bool:
    firsts = {hits[0].article_id for hits in parts if hits and hits[0].confidence >= SURE_PART}
    near = {hit.article_id for hit in whole[:NEAR_WHOLE]}
    return len(firsts) == len(parts) and firsts <= near
