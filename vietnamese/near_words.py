"""Words one or two typing errors away, found by what is left when letters are dropped."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

SHORTEST = 2
SHORTEST_FOR_TWO = 4
"""Letters of a word in which two errors still leave something to know it by."""

TWO = 2


class NearWords:
    """Learns bare words. Immutable afterwards."""

    def __init__(self, words: Iterable[str]) -> None:
        self._one: dict[str, list[str]] = defaultdict(list)
        self._two: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if len(word) >= SHORTEST:
                for rest in {word, *_without(word, 1)}:
                    self._one[rest].append(word)
            if len(word) >= SHORTEST_FOR_TWO:
                for rest in set(_without(word, TWO)):
                    self._two[rest].append(word)

    def one_error(self, typed: str) -> set[str]:
        """Words that one error may have made the typed one of; among them some farther off."""
        return {
            word for rest in (typed, *_without(typed, 1)) for word in self._one.get(rest, ())
        } - {typed}

    def two_errors(self, typed: str) -> set[str]:
        """Words exactly two errors away."""
        rests = {typed, *_without(typed, 1)}
        found = {word for rest in rests for word in self._two.get(rest, ())}
        for rest in set(_without(typed, TWO)):
            found.update(self._two.get(rest, ()), self._one.get(rest, ()))
        return {word for word in found if distance(typed, word) == TWO}


def _without(word: str, letters: int) -> Iterable[str]:
    kept = max(len(word) - letters, 0)
    return ("".join(rest) for rest in combinations(word, kept))


def distance(left: str, right: str) -> int:
    """Letters dropped, added, changed, or swapped with their neighbour, to make one of another."""
    above: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left):
        below = [i + 1]
        for j, other in enumerate(right):
            steps = min(row[j + 1] + 1, below[j] + 1, row[j] + (letter != other))
            if i and j and letter == right[j - 1] and left[i - 1] == other:
                steps = min(steps, above[j - 1] + 1)
            below.append(steps)
        above, row = row, below
    return row[-1]
