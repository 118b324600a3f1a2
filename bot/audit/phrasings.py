"""Phrasings: each in one article only, and enough of them that truly differ."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.audit.shelf import Shelf, at
from bot.domain.text.plain import plain
from bot.knowledge.articles.article import MIN_PHRASINGS
from bot.knowledge.files.problem import Problem
from vietnamese.accents import has_accents
from vietnamese.terms import bare_words

NEAR_COPY = 0.6
"""Share of common words, of all words of both, above which one phrasing is a copy of another."""

SHORT, LONG = 7, 10
"""Words: at least one phrasing is as short as keywords, one as long as a told story."""

SAME_START = 0.6
"""Of the phrasings, this share at most may begin with the same two words: else it is a template."""

_START = 2


def phrasings_twice(shelf: Shelf) -> Iterator[Problem]:
    """Phrasings that stand in two articles."""
    found: dict[str, dict[str, tuple[Path, str]]] = defaultdict(dict)
    for file, article in shelf.articles:
        for phrasing in article.phrasings:
            found[plain(phrasing)].setdefault(article.id, (file, phrasing))
    for places in found.values():
        for id_, (file, phrasing) in places.items():
            others = ", ".join(other for other in places if other != id_)
            if others:
                yield at(file, phrasing, f"“{phrasing}” stands in {others} too")


def uniform_phrasings(shelf: Shelf) -> Iterator[Problem]:
    """Articles whose phrasings are fewer than they seem, or all of one make."""
    for file, article in shelf.articles:
        for lack in lacks(article.phrasings):
            yield at(file, "phrasings:", lack)


def lacks(phrasings: Sequence[str]) -> Iterator[str]:
    """What a list of phrasings lacks."""
    differing = distinct(phrasings)
    if len(differing) < MIN_PHRASINGS:
        yield (
            f"only {len(differing)} of {len(phrasings)} phrasings differ; "
            f"at least {MIN_PHRASINGS} must"
        )
    lengths = [len(plain(phrasing).split()) for phrasing in phrasings]
    if min(lengths, default=0) > SHORT:
        yield f"no phrasing has {SHORT} words or fewer"
    if max(lengths, default=LONG) < LONG:
        yield f"no phrasing has {LONG} words or more"
    if all(has_accents(phrasing) for phrasing in phrasings):
        yield "no phrasing is typed without accents"
    start, share = _commonest_start(phrasings)
    if share > SAME_START:
        yield f"{share:.0%} of the phrasings begin with “{start}”"


def distinct(phrasings: Sequence[str]) -> list[str]:
    """The phrasings that are no near copy of one before them."""
    kept: list[tuple[str, frozenset[str]]] = []
    for phrasing in phrasings:
        words = frozenset(bare_words(phrasing))
        if all(overlap(words, other) <= NEAR_COPY for _, other in kept):
            kept.append((phrasing, words))
    return [phrasing for phrasing, _ in kept]


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The common words as a share of all, 0 to 1 (Jaccard)."""
    return len(one & other) / (len(one | other) or 1)


def _commonest_start(phrasings: Sequence[str]) -> tuple[str, float]:
    starts = [" ".join(bare_words(phrasing)[:_START]) for phrasing in phrasings]
    commonest = max(set(starts), key=starts.count, default="")
    return commonest, starts.count(commonest) / max(len(starts), 1)
