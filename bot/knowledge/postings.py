"""A sparse matrix by term: which rows hold it, and how much it weighs there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]


class Postings:
    """Immutable. Built from one mapping `term → weight` a row."""

    def __init__(self, rows: Iterable[Mapping[str, float]]) -> None:
        held: dict[str, list[int]] = defaultdict(list)
        weights: dict[str, list[float]] = defaultdict(list)
        self.size = 0
        for number, row in enumerate(rows):
            self.size = number + 1
            for term, weight in row.items():
                held[term].append(number)
                weights[term].append(weight)
        self._rows = {term: np.array(found, dtype=np.int32) for term, found in held.items()}
        self._weights = {term: np.array(found) for term, found in weights.items()}

    def holds(self, row: int, term: str) -> bool:
        """Whether a row holds a term."""
        found = self._rows.get(term)
        if found is None:
            return False
        place = int(np.searchsorted(found, row))
        return place < len(found) and int(found[place]) == row

    def score(self, query: Mapping[str, float]) -> Scores:
        """The inner product of each row with a query; shape `(size,)`."""
        known = [term for term in query if term in self._rows]
        if not known:
            return np.zeros(self.size)
        rows = np.concatenate([self._rows[term] for term in known])
        weights = np.concatenate([self._weights[term] * query[term] for term in known])
        scores: Scores = np.bincount(rows, weights=weights, minlength=self.size).astype(np.float64)
        return scores
