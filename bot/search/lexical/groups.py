"""Phrasings grouped by article: from one score a phrasing to one score an article."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.search.lexical.counted import Whole
from bot.search.lexical.postings import Scores

BEST = 3
"""Phrasings whose mean counts. One alone is chance, all of them blur; measured in
`docs/measurements/signals.md`."""


class Groups:
    """Consecutive rows that belong together. Immutable."""

    def __init__(self, sizes: Sequence[int] | Whole) -> None:
        self.sizes: Whole = np.array(sizes, dtype=np.int64)
        ends = np.cumsum(self.sizes)
        starts = ends - self.sizes
        steps = np.arange(self.sizes.max(initial=1))
        # Rows beside the end of a group point at one extra row that holds minus infinity.
        self._rows = np.where(
            steps < self.sizes[:, None], starts[:, None] + steps, self.sizes.sum()
        )
        self._counted = np.minimum(self.sizes.astype(np.float64), BEST)

    def mean_of_best(self, scores: NDArray[np.floating]) -> Scores:
        """The mean of each group's best three; shape `(groups,)`."""
        grouped = np.append(scores, -np.inf)[self._rows]
        best = -np.partition(-grouped, min(BEST, grouped.shape[1]) - 1, axis=1)[:, :BEST]
        summed: Scores = np.where(np.isfinite(best), best, 0.0).sum(axis=1)
        return summed / self._counted
