"""Two lexical scores over lists of terms: BM25, and the cosine of TF-IDF vectors."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.knowledge.postings import Postings, Scores

SATURATION = 1.2
LENGTH = 0.6
"""The usual k1 and b of BM25; phrasings are short, so length counts a little less than 0.75."""


class Bm25:
    """BM25 of a message against each document. Immutable."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        counts = [Counter(document) for document in documents]
        self._rarity = rarity(counts)
        mean = sum(map(len, documents)) / max(len(documents), 1) or 1.0
        self._postings = Postings(
            self._weights(count, len(document) / mean)
            for count, document in zip(counts, documents, strict=True)
        )

    def _weights(self, count: Counter[str], length: float) -> dict[str, float]:
        slope = SATURATION * (1 - LENGTH + LENGTH * length)
        return {
            term: self._rarity[term] * times * (SATURATION + 1) / (times + slope)
            for term, times in count.items()
        }

    def score(self, terms: Sequence[str]) -> Scores:
        """One score a document; a term counts once however often the message repeats it."""
        return self._postings.score(dict.fromkeys(terms, 1.0))

    def rarity(self, term: str) -> float:
        """How much a term tells; what no document holds tells most."""
        return self._rarity.get(term, self._unseen)

    def holds(self, document: int, term: str) -> bool:
        """Whether a document holds a term."""
        return self._postings.holds(document, term)

    @property
    def _unseen(self) -> float:
        return math.log(1 + (self._postings.size + 0.5) / 0.5)


class TfIdf:
    """The cosine between a message and each document. Immutable."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        counts = [Counter(document) for document in documents]
        self._rarity = rarity(counts)
        self._postings = Postings(self._unit(count) for count in counts)

    def score(self, terms: Sequence[str]) -> Scores:
        """One cosine a document, between 0 and 1. Terms that no document holds are left out."""
        return self._postings.score(self._unit(Counter(terms)))

    def _unit(self, count: Mapping[str, int]) -> dict[str, float]:
        weights = {
            term: (1 + math.log(times)) * self._rarity[term]
            for term, times in count.items()
            if term in self._rarity
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}


def rarity(counts: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """The inverse document frequency of each term, as BM25 smooths it: always above 0."""
    frequency = Counter(term for count in counts for term in count)
    return {
        term: math.log(1 + (len(counts) - held + 0.5) / (held + 0.5))
        for term, held in frequency.items()
    }
