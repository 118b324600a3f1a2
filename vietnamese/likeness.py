"""How alike two messages are by their letters: typos and missing accents hardly count."""

from functools import lru_cache

from vietnamese.terms import bare_words, letter_terms, word_terms

REMEMBERED = 8192

Runs = frozenset[str]


def likeness(first: str, second: str) -> float:
    """The shared part of both texts' words, pairs of words and runs of letters; 0 to 1."""
    one, other = runs(first), runs(second)
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


@lru_cache(REMEMBERED)
def runs(text: str) -> Runs:
    """What of a text is compared; empty where it holds no word."""
    words = bare_words(text)
    return frozenset([*word_terms(words), *letter_terms(words)])


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(bare_words(text))
