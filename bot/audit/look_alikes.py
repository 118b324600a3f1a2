"""Two articles that the search cannot tell apart on their own phrasings.

Each phrasing is searched for while it is not in the index: a quarter of every article's phrasings
is left out at a time, and the real search must find the article by the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.audit.shelf import Shelf, at
from bot.knowledge.articles.article import Article
from bot.knowledge.files.problem import Problem
from bot.knowledge.library import Knowledge
from bot.search.message import read_message
from bot.search.retriever import Retriever
from bot.search.vectors.embedder import Embedder, Matrix, Progress
from bot.search.vectors.vector_cache import Vector

PARTS = 4
"""Each article's phrasings are left out a quarter at a time: four indexes, some ten seconds each
with vectors. Leaving out one at a time would build twenty."""

INSEPARABLE = 1 / 3
"""Of an article's phrasings: more than this share finding one other article first is a problem."""

HARD = 1 / 5
"""More than this is worth a look."""

FEWEST = 3
"""Phrasings that must go astray to the same article: one or two are chance."""


@dataclass(frozen=True)
class LookAlike:
    """`strays` of the `asked` phrasings of `article` find `other` first."""

    article: str
    other: str
    strays: int
    asked: int

    @property
    def share(self) -> float:
        """Of the article's phrasings, 0 to 1."""
        return self.strays / self.asked

    @property
    def is_problem(self) -> bool:
        """Whether nothing but chance tells the two apart."""
        return self.share > INSEPARABLE

    def __str__(self) -> str:
        return f"{self.strays} of {self.asked} phrasings find {self.other} first"


class RecalledEmbedder:
    """An embedder whose questions may be embedded together beforehand, and kept for next time."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vector] = {}

    def foresee(self, texts: Sequence[str]) -> None:
        """Embeds what will be asked."""
        vectors = self._embedder.queries(texts)
        self._known.update(zip(texts, vectors, strict=True))

    def query(self, text: str) -> Vector:
        """The vector of what somebody asks; shape `(d,)`."""
        known = self._known.get(text)
        return known if known is not None else self._embedder.query(text)

    def queries(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of phrasings; shape `(n, d)`."""
        return self._embedder.queries(texts, progress)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Matrix:
        """Vectors of texts that answer; shape `(n, d)`."""
        return self._embedder.passages(texts, progress)


def look_alikes(knowledge: Knowledge, embedder: Embedder | None) -> list[LookAlike]:
    """The pairs that are hard to tell apart, worst first. Some 50 s for 210 articles."""
    recalled = RecalledEmbedder(embedder) if embedder is not None else None
    strays: dict[str, Counter[str]] = defaultdict(Counter)
    for part in range(PARTS):
        for article, first in _found_first(knowledge, recalled, part):
            if first != article:
                strays[article][first] += 1
    return sorted(_hard_pairs(knowledge, strays), key=lambda one: (-one.share, one.article))


def told_problems(shelf: Shelf, found: list[LookAlike]) -> Iterator[Problem]:
    """Pairs as problems, each at the article whose phrasings go astray."""
    files = {article.id: file for file, article in shelf.articles}
    for pair in found:
        yield at(files[pair.article], "phrasings:", f"hard to tell apart: {pair}")


def _hard_pairs(knowledge: Knowledge, strays: Mapping[str, Counter[str]]) -> Iterator[LookAlike]:
    for article, others in strays.items():
        asked = len(knowledge.articles[article].phrasings)
        for other, times in others.items():
            pair = LookAlike(article, other, times, asked)
            if times >= FEWEST and pair.share > HARD:
                yield pair


def _found_first(
    knowledge: Knowledge, embedder: RecalledEmbedder | None, part: int
) -> Iterator[tuple[str, str]]:
    """Each phrasing that is left out this time: its article, and the one that is found first."""
    kept = {id_: _without(article, part) for id_, article in knowledge.articles.items()}
    retriever = Retriever(replace(knowledge, articles=kept), embedder)
    asked = [
        (id_, phrasing)
        for id_, article in knowledge.articles.items()
        for phrasing in article.phrasings[part::PARTS]
    ]
    if embedder is not None and asked:
        embedder.foresee([read_message(text, retriever.index).tail for _, text in asked])
    for id_, text in asked:
        hits = retriever.search(text, limit=1)
        if hits:
            yield id_, hits[0].article_id


def _without(article: Article, part: int) -> Article:
    kept = [text for place, text in enumerate(article.phrasings) if place % PARTS != part]
    return article.model_copy(update={"phrasings": kept})
