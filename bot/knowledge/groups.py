"""Phrasings grouped by article: from one score a phrasing to one score an article."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.postings import Scores

BEST = 3
"""Phrasings whose mean counts. One alone is chance, all of them blur; measured in
`docs/understanding.md` §2."""


class Groups:
    """Consecutive rows that belong together. Immutable."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = list(sizes)
        widest = max(self.sizes, default=1)
        # Rows beside the end of a group point at one extra row that holds minus infinity.
        self._rows = np.full((len(self.sizes), widest), sum(self.sizes), dtype=np.int64)
        start = 0
        for number, size in enumerate(self.sizes):
            self._rows[number, :size] = np.arange(start, start + size)
            start += size
        self._counted = np.minimum(np.array(self.sizes, dtype=np.float64), BEST)

    def mean_of_best(self, scores: NDArray[np.floating]) -> Scores:
        """The mean of each group's best three; shape `(groups,)`."""
        grouped = np.append(scores, -np.inf)[self._rows]
        best = -np.partition(-grouped, min(BEST, grouped.shape[1]) - 1, axis=1)[:, :BEST]
        summed: Scores = np.where(np.isfinite(best), best, 0.0).sum(axis=1)
        return summed / self._counted
