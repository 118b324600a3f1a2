"""How often each document holds each term, as flat arrays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Weights = NDArray[np.float32]


@dataclass(frozen=True)
class Counted:
    """`terms`, `rows` and `times` run parallel, ordered by term, then by document.

    `vocabulary` gives the number of a term; `size` counts the documents, `lengths` their terms.
    """

    vocabulary: dict[str, int]
    size: int
    lengths: Whole
    terms: Whole
    rows: Whole
    times: Whole

    @property
    def rarity(self) -> NDArray[np.float64]:
        """The inverse document frequency of each term, as BM25 smooths it: always above 0."""
        held = np.bincount(self.terms, minlength=len(self.vocabulary))
        found: NDArray[np.float64] = np.log1p((self.size - held + 0.5) / (held + 0.5))
        return found


def counted(documents: Sequence[Sequence[str]]) -> Counted:
    """The terms of documents, counted."""
    vocabulary: dict[str, int] = {}
    numbers = _numbered(chain.from_iterable(documents), vocabulary)
    return _counted(vocabulary, numbers, _lengths(documents))


def counted_parts(
    documents: Sequence[Sequence[str]], parts: Callable[[str], Sequence[str]]
) -> Counted:
    """The parts of the words of documents, counted; each word is taken apart once."""
    words: dict[str, int] = {}
    of_documents = _numbered(chain.from_iterable(documents), words)
    apart = [parts(word) for word in words]
    vocabulary: dict[str, int] = {}
    flat = _numbered(chain.from_iterable(apart), vocabulary)
    sizes = _lengths(apart)
    spelled = flat[_joined_ranges((np.cumsum(sizes) - sizes)[of_documents], sizes[of_documents])]
    edges = np.concatenate([[0], np.cumsum(sizes[of_documents])])
    ends = np.cumsum(_lengths(documents))
    return _counted(vocabulary, spelled, np.diff(edges[ends], prepend=0))


def _numbered(terms: "chain[str]", vocabulary: dict[str, int]) -> Whole:
    return np.fromiter(
        (vocabulary.setdefault(term, len(vocabulary)) for term in terms), dtype=np.int64
    )


def _lengths(documents: Sequence[Sequence[str]]) -> Whole:
    return np.fromiter(map(len, documents), dtype=np.int64, count=len(documents))


def _joined_ranges(starts: Whole, sizes: Whole) -> Whole:
    """`start, start + 1, …` of each range, one behind the other."""
    before = np.cumsum(sizes) - sizes
    ranges: Whole = np.repeat(starts - before, sizes) + np.arange(sizes.sum())
    return ranges


def _counted(vocabulary: dict[str, int], numbers: Whole, lengths: Whole) -> Counted:
    size = len(lengths)
    rows = np.repeat(np.arange(size), lengths)
    keys, times = np.unique(numbers * max(size, 1) + rows, return_counts=True)
    terms, rows = np.divmod(keys, max(size, 1))
    return Counted(vocabulary, size, lengths, terms, rows, times)
