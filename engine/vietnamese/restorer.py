"""Puts accents back on bare syllables: bigrams of the house's own texts, best path by Viterbi.

A syllable that carries a mark, or that was never seen, stays as it is. Measured in
`docs/understanding.md`.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from engine.vietnamese.accents import strip_accents

_START = "<s>"
_SMOOTHING = 0.1
_BEAM = 12


class Restorer:
    """Learns from token lists; restores a token list."""

    def __init__(self, sentences: Iterable[list[str]]) -> None:
        self._single: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        forms: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence in sentences:
            before = _START
            self._single[before] += 1
            for word in sentence:
                self._single[word] += 1
                self._pairs[before, word] += 1
                forms[strip_accents(word)][word] += 1
                before = word
        self._forms = {
            bare: [word for word, _ in seen.most_common(_BEAM)] for bare, seen in forms.items()
        }
        self._words = max(len(self._single), 1)
        self._total = max(sum(self._single.values()), 1)

    def restore(self, words: list[str]) -> list[str]:
        """The likeliest accented reading of the words; as many as were given."""
        paths: dict[str, tuple[float, list[str]]] = {_START: (0.0, [])}
        for word in words:
            paths = self._step(paths, word)
        return max(paths.values(), key=lambda path: path[0])[1]

    def _step(
        self, paths: dict[str, tuple[float, list[str]]], word: str
    ) -> dict[str, tuple[float, list[str]]]:
        candidates = self._candidates(word)
        grown: dict[str, tuple[float, list[str]]] = {}
        for candidate in candidates:
            score, best = max(
                (
                    (score + self._log_probability(before, candidate), before)
                    for before, (score, _) in paths.items()
                ),
                key=lambda scored: scored[0],
            )
            grown[candidate] = (score, [*paths[best][1], candidate])
        return grown

    def _candidates(self, word: str) -> list[str]:
        if word != strip_accents(word):
            return [word]
        return self._forms.get(word) or [word]

    def _log_probability(self, before: str, word: str) -> float:
        alone = (self._single[word] + _SMOOTHING) / (self._total + _SMOOTHING * self._words)
        seen = self._single[before]
        together = self._pairs[before, word]
        # Interpolated: a pair never seen falls back on how common the word is.
        return math.log(0.85 * (together / seen if seen else 0.0) + 0.15 * alone)
