"""Finds the articles that answer a message."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np

from bot.knowledge.articles.article import Article
from bot.knowledge.articles.aspect import Aspect
from bot.knowledge.library import Knowledge
from bot.search.asking.aspects import aspect_asked, tells
from bot.search.asking.elliptical import is_elliptical
from bot.search.confidence import (
    Situation,
    confidences,
    fitted,
    settled_by_words,
    situation,
)
from bot.search.contrast import without_denied
from bot.search.english.english_search import EnglishSearch, english_query
from bot.search.evidence import Evidence, Scales
from bot.search.hit import Hit
from bot.search.index import Index
from bot.search.lead import part_lead
from bot.search.message import Message, read_message, with_its_matter
from bot.search.rewording import Rewording
from bot.search.vectors.embedder import Embedder, Progress
from vietnamese.foreign.english import is_english

LIMIT = 5

SURE_PART = 0.5
"""Confidence that each of two questions needs to be answered apart."""

SURE_ITEM = 0.4
FAMILY_SEARCHED = 60
FEWEST_SURE = 2
"""Of a plain list, the confidence of an item that is known, and how many must be: with fewer it is
one question that many words surround."""

NEAR_WHOLE = 3
"""Of the whole message's hits, those among which each part's article must stand."""

REMEMBERED = 64
"""Messages whose reading by words is kept: each is foreseen, searched for, and at times searched
for again within one turn."""

__all__ = ["Hit", "Retriever"]


class Retriever:
    """The search over one reading of the knowledge base. Immutable, safe between threads.

    `embedder` None: words are compared, meaning is not. `progress` hears of the first build, which
    embeds every phrasing (some 40 s); later ones read the cache.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        embedder: Embedder | None,
        progress: Progress | None = None,
        index: Index | None = None,
    ) -> None:
        self.knowledge = knowledge
        self._embedder = embedder
        self.index = index or Index(list(knowledge.articles.values()), embedder, progress)
        self._scales = Scales(self.index)
        self._rewording = Rewording(knowledge.glossary, self.index)
        self._by_words = lru_cache(REMEMBERED)(self._weigh_words)

    def embedded(self, embedder: Embedder, progress: Progress | None = None) -> "Retriever":
        """The same search with vectors; its words are not counted again."""
        index = self.index.embedded(embedder, progress)
        return Retriever(self.knowledge, embedder, index=index)

    def search(self, text: str, *, context: Article | None = None, limit: int = LIMIT) -> list[Hit]:
        """The articles nearest to a message, best first.

        `context` is the article answered last: "thế mất bao lâu?" leans on it, a complete new
        question hardly notices it. Where the words alone settle a first message, its vector is
        not asked for. A message without a word finds nothing.
        """
        if not self.index.ids:
            return []
        place = self._place(context)
        reading = self._by_words(text, place)
        if reading is None:
            return []
        message, by_words = reading
        if self._embedder is None or (place is None and settled_by_words(by_words)):
            kind = situation(vectors=False, context=place is not None)
            return self._hits(by_words, kind, limit)
        vector = self._embedder.query(message.tail)
        evidence = self._scales.with_meaning(by_words, message, vector, place)
        return self._hits(evidence, situation(vectors=True, context=place is not None), limit)

    @cached_property
    def english(self) -> EnglishSearch:
        """The search for questions in English; made when the first one comes, or before."""
        told, untold = self.knowledge.english, self.knowledge.english_titles
        return EnglishSearch(list(told.values()), list(untold.values()), self._embedder)

    def _place(self, context: Article | None) -> int | None:
        return self.index.place.get(context.id) if context is not None else None

    def _hits(self, evidence: Evidence, kind: Situation, limit: int) -> list[Hit]:
        sure = confidences(evidence, fitted().weights[kind])
        best = np.argsort(-evidence.scores, kind="stable")[:limit]
        known = float(sure.sum())
        return [
            Hit(self.index.ids[place], float(evidence.scores[place]), float(sure[place]), known)
            for place in best
        ]

    def evidence(self, text: str, context: Article | None = None) -> Evidence | None:
        """All that speaks for each article; None where the message holds no word."""
        message = self._read(text)
        if not message.words or not self.index.ids:
            return None
        vector = self._embedder.query(message.tail) if self._embedder is not None else None
        return self._scales.weigh(message, vector, self._place(context))

    def foresee(self, text: str) -> None:
        """Embeds a message that will soon be searched for, while others still look at it."""
        if self._embedder is None or not self.index.ids:
            return
        if is_english(text):
            self._embedder.query(english_query(text))
            return
        reading = self._by_words(part_lead(text)[1], None)
        if reading is not None and not settled_by_words(reading[1]):
            self._embedder.query(reading[0].tail)

    def _weigh_words(self, text: str, place: int | None) -> tuple[Message, Evidence] | None:
        """A message and what its words say; None where it holds no word."""
        message = self._read(text)
        return (message, self._scales.by_words(message, place)) if message.words else None

    def _read(self, text: str) -> Message:
        message = read_message(self._rewording.read(without_denied(text)), self.index)
        named = self.knowledge.matters.named_in(text)
        return message if named is None else with_its_matter(message, named.matter.names)

    def search_parts(
        self, parts: Sequence[str], whole: Sequence[Hit], *, context: Article | None = None
    ) -> list[Sequence[Hit]]:
        """The hits of each question of a message, or those of the `whole` where it is only one.

        A later question leans on what the first one found: in "đăng ký mã vạch ở đâu và mỗi năm
        đóng phí bao nhiêu" the fee is the barcode's. Two clauses often ask one thing: they are
        told apart only where the whole message points at each one's article too.
        """
        first, *others = parts
        if not others:
            return [whole]
        found: list[Sequence[Hit]] = [self.search(first, context=context)]
        subject = self.knowledge.articles[found[0][0].article_id] if found[0] else context
        found.extend(self.search(other, context=subject) for other in others)
        return found if _answered_apart(found, whole) else [whole]

    def search_list(
        self, items: Sequence[str], *, context: Article | None = None
    ) -> list[Sequence[Hit]]:
        """The hits of each item of a list; empty where fewer than two are known.

        An item that names no matter leans on the one before it, and asks nothing of another.
        """
        found: list[Sequence[Hit]] = []
        subject = context
        for item in items:
            leans_on = subject if is_elliptical(item) else None
            hits = self.search(item) if leans_on is None else self._asked_on(item, leans_on)
            found.append(hits)
            if hits and hits[0].confidence >= SURE_ITEM:
                subject = self.knowledge.articles[hits[0].article_id]
        sure = {hits[0].article_id for hits in found if hits and hits[0].confidence >= SURE_ITEM}
        return found if len(sure) >= FEWEST_SURE else []

    def _asked_on(self, item: str, subject: Article) -> list[Hit]:
        """The hits of a matter to an item that names none; one whose title tells it is known."""
        family, aspect = self.knowledge.family(subject.id), aspect_asked(item)
        hits = [
            hit
            for hit in self.search(item, context=subject, limit=FAMILY_SEARCHED)
            if hit.article_id in family
        ]
        if aspect is None or (hits and hits[0].confidence >= SURE_ITEM):
            return hits
        telling = next((hit for hit in hits if self._tells(hit, aspect)), None)
        if telling is None:
            return hits
        rest = [hit for hit in hits if hit is not telling]
        return [replace(telling, confidence=max(telling.confidence, SURE_ITEM)), *rest]

    def _tells(self, hit: Hit, aspect: Aspect) -> bool:
        article = self.knowledge.articles[hit.article_id]
        return tells(f"{article.title} {article.button}", aspect)


def _answered_apart(parts: Sequence[Sequence[Hit]], whole: Sequence[Hit]) -> bool:
    firsts = {hits[0].article_id for hits in parts if hits and hits[0].confidence >= SURE_PART}
    near = {hit.article_id for hit in whole[:NEAR_WHOLE]}
    return len(firsts) == len(parts) and firsts <= near
