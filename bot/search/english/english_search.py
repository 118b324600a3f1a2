"""Finds the article that answers a question in English: by meaning, and by what its words mean."""

import math
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.english.english_article import EnglishArticle
from bot.knowledge.english.english_titles import EnglishTitle
from bot.search.english.concepts import concepts_of
from bot.search.lexical.postings import Scores
from bot.search.vectors.cosine import cosines, unit
from bot.search.vectors.embedder import Embedder, Matrix

MEANING, LIKENESS, PASSAGE, COVERED = 1.0, 1.0, 0.6, 0.6
"""Weights of: the nearest ways of asking, the words they share, the answer's meaning, and how much
of the question an article speaks of at all. Fitted on the ways of asking themselves, each left out
in its turn: docs/adr/0021-english.md."""

BEST_ONE = 0.6
"""Share of the nearest way of asking beside the mean of the three nearest."""

NEAREST = 3

SURE = 1.3
SURE_BY_WORDS = 0.8
"""Score from which the first is the answer; without vectors it has two parts of four."""

CLEAR = 0.1
"""How far the first must lie before the second."""

LIKELY, LIKELY_BY_WORDS = 1.0, 0.6
FAR_AHEAD = 0.3
"""Score from which the first is given as what is probably meant, where it lies so far ahead."""

NEAR, NEAR_BY_WORDS = 0.8, 0.4
"""Score from which an article may be meant."""

STEEPNESS = 3.0

PASSAGE_LETTERS = 600


@dataclass(frozen=True)
class EnglishHit:
    """An article that may be meant. `told`: whether it is told in English."""

    article_id: str
    score: float
    told: bool


@dataclass(frozen=True)
class EnglishFinding:
    """What a search came to, best first, and whether the first surely or probably is it.

    `nearest`: ids for who may be bold, for he asks before he acts.
    """

    hits: tuple[EnglishHit, ...]
    nearest: tuple[str, ...] = ()
    sure: bool = False
    likely: bool = False
    confidence: float = 0.0


class EnglishSearch:
    """The search over the articles told in English, and the titles of the others. Immutable."""

    def __init__(
        self,
        told: Sequence[EnglishArticle],
        untold: Sequence[EnglishTitle],
        embedder: Embedder | None,
    ) -> None:
        self._ids = [*(one.id for one in told), *(one.id for one in untold)]
        self._told = len(told)
        asked = [
            *((one.title, one.subject, *one.asks) for one in told),
            *((one.title, *one.asks) for one in untold),
        ]
        self._asked = [[concepts_of(text) for text in texts] for texts in asked]
        spoken = [concepts_of(one.short) for one in told] + [frozenset[str]()] * len(untold)
        self._spoken = [own.union(*texts) for own, texts in zip(spoken, self._asked, strict=True)]
        holders = Counter(word for own in self._asked for word in frozenset().union(*own))
        self._holders = holders
        self._starts = np.cumsum([0, *(len(texts) for texts in asked)])
        passages = [*(f"{one.title}. {one.short}" for one in told), *(one.title for one in untold)]
        texts = [text for own in asked for text in own]
        self._vectors = _learnt(embedder, texts, passages) if embedder and texts else None

    def find(self, text: str, among: Container[str] | None = None) -> EnglishFinding:
        """The articles that a question may mean. `among`: the only ids that count."""
        words = concepts_of(text)
        places = [n for n, id_ in enumerate(self._ids) if among is None or id_ in among]
        if not words or not places:
            return EnglishFinding(())
        scores = self._by_words(words)
        sure_from, likely_from, near_from = SURE_BY_WORDS, LIKELY_BY_WORDS, NEAR_BY_WORDS
        if self._vectors is not None:
            scores = scores + self._by_meaning(text, self._vectors)
            sure_from, likely_from, near_from = SURE, LIKELY, NEAR
        order = sorted(places, key=lambda place: -scores[place])
        first = float(scores[order[0]])
        second = float(scores[order[1]]) if len(order) > 1 else 0.0
        hits = [
            EnglishHit(self._ids[place], float(scores[place]), told=place < self._told)
            for place in order
            if scores[place] >= near_from
        ]
        confidence = 1 / (1 + math.exp(-STEEPNESS * (first - sure_from)))
        return EnglishFinding(
            tuple(hits),
            nearest=tuple(self._ids[place] for place in order[:NEAREST]),
            sure=first >= sure_from and first - second >= CLEAR,
            likely=first >= likely_from and first - second >= FAR_AHEAD,
            confidence=confidence,
        )

    def _by_words(self, words: frozenset[str]) -> NDArray[np.float64]:
        whole = self._weight(words)
        likeness = [max(self._alike(words, text) for text in texts) for texts in self._asked]
        covered = [self._weight(words & spoken) / whole for spoken in self._spoken]
        return LIKENESS * np.array(likeness) + COVERED * np.array(covered)

    def _alike(self, words: frozenset[str], text: frozenset[str]) -> float:
        return self._weight(words & text) / (self._weight(words | text) or 1.0)

    def _weight(self, words: frozenset[str]) -> float:
        count = len(self._ids)
        return sum(math.log(1 + count / (self._holders[word] + 0.5)) for word in words)

    def _by_meaning(self, text: str, vectors: "_Vectors") -> Scores:
        vector = unit(vectors.embedder.query(english_query(text)) - vectors.mean)
        questions = cosines(vectors.questions, vector)
        asked = np.array([_nearness(part) for part in np.split(questions, self._starts[1:-1])])
        scores: Scores = MEANING * asked + PASSAGE * cosines(vectors.answers, vector)
        return scores


@dataclass(frozen=True)
class _Vectors:
    """Unit vectors about the mean of the ways of asking.

    Raw cosines of any two questions are high: only what lies beside their mean tells.
    """

    embedder: Embedder
    mean: NDArray[np.float32]
    questions: Matrix
    answers: Matrix


def english_query(text: str) -> str:
    """A question as it is embedded."""
    return text.lower()


def _learnt(embedder: Embedder, texts: Sequence[str], passages: Sequence[str]) -> _Vectors:
    questions = embedder.queries([english_query(text) for text in texts])
    answers = embedder.passages([text.lower()[:PASSAGE_LETTERS] for text in passages])
    mean = questions.mean(axis=0)
    return _Vectors(embedder, mean, unit(questions - mean), unit(answers - mean))


def _nearness(cosines_of_one: Scores) -> float:
    nearest = np.sort(cosines_of_one)[::-1][:NEAREST]
    return float(BEST_ONE * nearest[0] + (1 - BEST_ONE) * nearest.mean())
