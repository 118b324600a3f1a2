"""A sparse matrix by term: which rows hold it, and how much it weighs there."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from bot.search.lexical.counted import Counted, Weights

Scores = NDArray[np.float64]


class Postings:
    """Immutable. `weights` runs parallel to the terms and rows of what was counted."""

    def __init__(self, found: Counted, weights: NDArray[np.floating]) -> None:
        self.size = found.size
        self._vocabulary = found.vocabulary
        self._starts = np.searchsorted(found.terms, np.arange(len(found.vocabulary) + 1))
        self._rows = found.rows.astype(np.int32)
        self._weights: Weights = weights.astype(np.float32)

    def holds(self, row: int, term: str) -> bool:
        """Whether a row holds a term."""
        found = self._rows[self._range(term)]
        place = int(np.searchsorted(found, row))
        return place < len(found) and int(found[place]) == row

    def holders(self, term: str) -> set[int]:
        """The rows that hold a term."""
        return set(self._rows[self._range(term)].tolist())

    def score(self, query: Mapping[str, float]) -> Scores:
        """The inner product of each row with a query; shape `(size,)`."""
        known = [(self._range(term), weight) for term, weight in query.items()]
        if not known or not self.size:
            return np.zeros(self.size)
        rows = np.concatenate([self._rows[held] for held, _ in known])
        weights = np.concatenate([self._weights[held] * weight for held, weight in known])
        scores: Scores = np.bincount(rows, weights=weights, minlength=self.size).astype(np.float64)
        return scores

    def _range(self, term: str) -> slice:
        number = self._vocabulary.get(term)
        if number is None:
            return slice(0, 0)
        return slice(int(self._starts[number]), int(self._starts[number + 1]))
