"""What the lexical signals count: words without accents, pairs of neighbours, runs of letters."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from engine.vietnamese import normalise, strip_accents, tokens

SHORTEST_RUN = 2
LONGEST_RUN = 5
"""Letters of a run: short ones survive a typo, long ones tell words apart."""


def bare_words(text: str) -> list[str]:
    """The words of a text without accents, shorthand written out.

    Shorthand is looked up twice: "hồng" bare is "hong", which a bare message means as "không", so
    both sides must read alike.
    """
    return tokens(strip_accents(normalise(text)))


def word_terms(words: Sequence[str]) -> list[str]:
    """Each word and each pair of neighbours."""
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def letter_terms(words: Sequence[str]) -> list[str]:
    """Each run of 2 to 5 letters within a word, its edges marked by a space."""
    return [run for word in words for run in _runs(f" {word} ")]


def _runs(word: str) -> Iterator[str]:
    for size in range(SHORTEST_RUN, LONGEST_RUN + 1):
        for start in range(max(len(word) - size + 1, 0)):
            yield word[start : start + size]
