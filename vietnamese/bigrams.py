"""How likely a word is behind another, counted in texts; the likeliest path through choices."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

START = "<s>"
SMOOTHING = 0.1
TOGETHER = 0.85
"""Share of the pair's own frequency; the rest falls back on how common the word is."""

Choice = tuple[str, float]
"""A word, and what it costs to take it, in natural logarithms."""


class Bigrams:
    """Learns from token lists. Immutable afterwards."""

    def __init__(self, sentences: Iterable[Sequence[str]]) -> None:
        single: Counter[str] = Counter()
        pairs: dict[str, Counter[str]] = defaultdict(Counter)
        for sentence in sentences:
            before = START
            single[before] += 1
            for word in sentence:
                single[word] += 1
                pairs[before][word] += 1
                before = word
        whole = max(sum(single.values()), 1) + SMOOTHING * max(len(single), 1)
        alone = {w: (1 - TOGETHER) * (seen + SMOOTHING) / whole for w, seen in single.items()}
        self._never = math.log((1 - TOGETHER) * SMOOTHING / whole)
        self._alone = {word: math.log(chance) for word, chance in alone.items()}
        self._behind = {
            before: {
                word: math.log(TOGETHER * together / single[before] + alone[word])
                for word, together in followers.items()
            }
            for before, followers in pairs.items()
        }

    def alone(self, word: str) -> float:
        """The log probability of a word behind one that it was never seen behind."""
        return self._alone.get(word, self._never)

    def pairs(self) -> Iterable[tuple[str, str]]:
        """Every two words seen side by side."""
        return ((before, word) for before, row in self._behind.items() for word in row)

    def best_path(self, choices: Iterable[Sequence[Choice]]) -> list[str]:
        """One word of each list of choices: the likeliest in a row, by Viterbi."""
        scores = {START: 0.0}
        steps: list[dict[str, str]] = []
        for words in choices:
            scores, step = self._step(scores, words)
            steps.append(step)
        word = max(scores, key=scores.__getitem__)
        path: list[str] = []
        for step in reversed(steps):
            path.append(word)
            word = step[word]
        return path[::-1]

    def _step(
        self, scores: dict[str, float], words: Sequence[Choice]
    ) -> tuple[dict[str, float], dict[str, str]]:
        """The score of each choice, and the word before it that gives it."""
        likeliest = max(scores, key=scores.__getitem__)
        rows = [
            (before, score, self._behind[before])
            for before, score in scores.items()
            if before in self._behind
        ]
        grown: dict[str, float] = {}
        step: dict[str, str] = {}
        for word, cost in words:
            best, behind = scores[likeliest] + self.alone(word), likeliest
            for before, score, row in rows:
                together = row.get(word)
                if together is not None and score + together > best:
                    best, behind = score + together, before
            grown[word], step[word] = best - cost, behind
        return grown, step
