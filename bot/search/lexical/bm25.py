"""Two lexical scores over lists of terms: BM25, and the cosine of TF-IDF vectors."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from bot.search.lexical.counted import Counted, counted
from bot.search.lexical.postings import Postings, Scores

SATURATION = 1.2
LENGTH = 0.6
"""The usual k1 and b of BM25; phrasings are short, so length counts a little less than 0.75."""


class Bm25:
    """BM25 of a message against each document. Immutable."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        found = counted(documents)
        self._vocabulary = found.vocabulary
        self._rarity = found.rarity
        mean = found.lengths.mean() if found.size else 1.0
        slope = SATURATION * (1 - LENGTH + LENGTH * found.lengths / (mean or 1.0))
        weights = self._rarity[found.terms] * found.times * (SATURATION + 1)
        self._postings = Postings(found, weights / (found.times + slope[found.rows]))

    def score(self, terms: Sequence[str]) -> Scores:
        """One score a document; a term counts once however often the message repeats it."""
        return self._postings.score(dict.fromkeys(terms, 1.0))

    def rarity(self, term: str) -> float:
        """How much a term tells; what no document holds tells most."""
        number = self._vocabulary.get(term)
        return self._unseen if number is None else float(self._rarity[number])

    def holds(self, document: int, term: str) -> bool:
        """Whether a document holds a term."""
        return self._postings.holds(document, term)

    def holders(self, term: str) -> set[int]:
        """The documents that hold a term."""
        return self._postings.holders(term)

    @property
    def _unseen(self) -> float:
        return math.log(1 + (self._postings.size + 0.5) / 0.5)


class TfIdf:
    """The cosine between a message and each document. Immutable."""

    def __init__(self, found: Counted) -> None:
        self._vocabulary = found.vocabulary
        self._rarity = found.rarity
        weights = (1 + np.log(found.times)) * self._rarity[found.terms]
        squares = np.bincount(found.rows, weights=weights * weights, minlength=found.size)
        weights /= np.sqrt(squares)[found.rows]
        self._postings = Postings(found, weights)

    def score(self, terms: Sequence[str]) -> Scores:
        """One cosine a document, between 0 and 1. Terms that no document holds are left out."""
        return self._postings.score(self._unit(terms))

    def _unit(self, terms: Sequence[str]) -> dict[str, float]:
        weights = {
            term: (1 + math.log(times)) * float(self._rarity[number])
            for term, times in Counter(terms).items()
            if (number := self._vocabulary.get(term)) is not None
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {term: weight / length for term, weight in weights.items()}
