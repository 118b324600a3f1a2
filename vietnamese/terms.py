"""What the lexical signals count: words without accents, pairs of neighbours, runs of letters."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from vietnamese import strip_accents, tokens

SHORTEST_RUN = 2
LONGEST_RUN = 5
"""Letters of a run: short ones survive a typo, long ones tell words apart."""

REMEMBERED = 20_000
"""Words whose reading is kept. Texts repeat their words: it makes a build six times faster."""


def words_of(text: str) -> list[str]:
    """The words of a text as `vietnamese.tokens` reads them, shorthand written out."""
    return list(chain.from_iterable(map(_read, text.split())))


def bare_words(text: str) -> list[str]:
    """The words of a text without accents, shorthand written out.

    Shorthand is looked up twice: "hồng" bare is "hong", which a bare message means as "không", so
    both sides must read alike.
    """
    return list(chain.from_iterable(map(_read_bare, text.split())))


def word_terms(words: Sequence[str]) -> list[str]:
    """Each word and each pair of neighbours."""
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def letter_terms(words: Sequence[str]) -> list[str]:
    """Each run of 2 to 5 letters within a word, its edges marked by a space."""
    return list(chain.from_iterable(map(letter_runs, words)))


def letter_runs(word: str) -> list[str]:
    """Each run of 2 to 5 letters of one word, its edges marked by a space."""
    return list(_runs(f" {word} "))


@lru_cache(REMEMBERED)
def _read(typed: str) -> tuple[str, ...]:
    # A word is read by itself: no rule of `tokens` looks across white space.
    return tuple(tokens(typed))


@lru_cache(REMEMBERED)
def _read_bare(typed: str) -> tuple[str, ...]:
    # "kồ" bare is shorthand, too, and what it stands for has accents.
    return tuple(map(strip_accents, tokens(strip_accents(" ".join(_read(typed))))))


def _runs(word: str) -> Iterator[str]:
    for size in range(SHORTEST_RUN, LONGEST_RUN + 1):
        for start in range(max(len(word) - size + 1, 0)):
            yield word[start : start + size]
