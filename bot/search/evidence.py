"""How near each article is to a message: five signals, made comparable and summed.

Every figure behind the weights is in `docs/measurements/`: signals, long messages, context.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.index import Index, Vectors
from bot.search.lexical.postings import Scores
from bot.search.message import Message
from bot.search.vectors.cosine import cosines, unit
from bot.search.vectors.vector_cache import Vector

PHRASING_VECTORS = 1.0
WORDINGS = 0.8
ANSWER_VECTORS = 0.5
LETTERS = 0.3
TEXTS = 0.3
"""Weights of the signals, each standardised over the articles."""

LAST_SENTENCE = 0.5
"""Weight of the last sentence's words beside the whole message's 1."""

CONTEXT_VECTOR = 0.5
"""How far the subject of the last article pulls the message's vector."""

CONTEXT_WORDS = 0.3
"""Share of the lexical signals that read the message behind that subject."""

FEATURES = (
    "domain",
    "nearest_phrasing",
    "near_answer",
    "near_letters",
    "covered",
    "top",
    "length",
)
"""What tells whether a message is about anything we know; see `Scales._features`."""


@dataclass(frozen=True)
class Evidence:
    """`scores` over the articles; `features` of the best one, in the order of `FEATURES`.

    `letters`: each article's nearness by letters alone.
    """

    scores: Scores
    features: Scores
    letters: Scores


@dataclass(frozen=True)
class Nearness:
    """Cosines of a message's vector.

    `domain`: with the mean of all phrasings, so how much it sounds like this field at all;
    `phrasing`: with the nearest phrasing; `phrasings`, `answers`: with each article's.
    """

    domain: float
    phrasing: float
    phrasings: Scores
    answers: Scores


class Scales:
    """Weighs the articles of one index against messages. Immutable."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def weigh(self, message: Message, vector: Vector | None, context: int | None) -> Evidence:
        """The evidence of a message; `vector` of its tail, `context` the article answered last."""
        by_words = self.by_words(message, context)
        return by_words if vector is None else self.with_meaning(by_words, message, vector, context)

    def by_words(self, message: Message, context: int | None) -> Evidence:
        """The evidence of a message's words alone."""
        scores, letters = self._lexical(message, context)
        return Evidence(scores, self._features(message, scores, letters, None), letters)

    def with_meaning(
        self, by_words: Evidence, message: Message, vector: Vector, context: int | None
    ) -> Evidence:
        """The evidence of the words and of the vector; that of the words where we have none."""
        if self._index.vectors is None:
            return by_words
        near = _near(self._index, self._index.vectors, vector, context)
        scores = (
            by_words.scores
            + PHRASING_VECTORS * standardised(near.phrasings)
            + ANSWER_VECTORS * standardised(near.answers)
        )
        features = self._features(message, scores, by_words.letters, near)
        return Evidence(scores, features, by_words.letters)

    def _lexical(self, message: Message, context: int | None) -> tuple[Scores, Scores]:
        alone, letters = self._of_words(message.words)
        if message.has_background:
            last, _ = self._of_words(message.last_words)
            alone = (alone + LAST_SENTENCE * last) / (1 + LAST_SENTENCE)
        if context is None:
            return alone, letters
        joined, _ = self._of_words([*self._index.subject_words[context], *message.words])
        return (1 - CONTEXT_WORDS) * alone + CONTEXT_WORDS * joined, letters

    def _of_words(self, words: Sequence[str]) -> tuple[Scores, Scores]:
        letters = self._index.letters(words)
        total: Scores = (
            WORDINGS * standardised(self._index.wordings(words))
            + TEXTS * standardised(self._index.texts(words))
            + LETTERS * standardised(letters)
        )
        return total, letters

    def _features(
        self,
        message: Message,
        scores: Scores,
        letters: Scores,
        near: Nearness | None,
    ) -> Scores:
        best = int(scores.argmax())
        return np.array(
            [
                near.domain if near else 0.0,
                near.phrasing if near else 0.0,
                near.answers[best] if near else 0.0,
                letters[best],
                self._covered(message.words, best),
                scores[best],
                np.log1p(len(message.words)),
            ]
        )

    def _covered(self, words: Sequence[str], place: int) -> float:
        """The share of the words, by how much they tell, that an article holds."""
        told = {word: self._index.rarity(word) for word in words}
        held = sum(told[word] for word in told if self._index.knows(place, word))
        return held / sum(told.values())


def standardised(scores: Scores) -> Scores:
    """Scores with mean 0 and deviation 1 over the articles; zeros where all are equal."""
    spread = scores.std()
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)


def _near(index: Index, vectors: Vectors, vector: Vector, context: int | None) -> Nearness:
    query = vectors.centred(vector)
    if context is not None:
        query = unit(query + CONTEXT_VECTOR * vectors.subjects[context])
    phrasings = cosines(vectors.phrasings, query)
    return Nearness(
        domain=float(vector @ vectors.mean / np.linalg.norm(vectors.mean)),
        phrasing=float(phrasings.max()),
        phrasings=index.groups.mean_of_best(phrasings),
        answers=cosines(vectors.answers, query),
    )
