"""What the search compares a message with: every title and phrasing, and each article's text."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.articles.article import Article
from bot.search.lexical.bm25 import Bm25, TfIdf
from bot.search.lexical.counted import counted_parts
from bot.search.lexical.groups import Groups
from bot.search.lexical.postings import Scores
from bot.search.vectors.cosine import unit
from bot.search.vectors.embedder import Embedder, Matrix, Progress
from vietnamese.lexicon import Lexicon
from vietnamese.restorer import Restorer
from vietnamese.speller import Speller
from vietnamese.terms import bare_words, letter_runs, letter_terms, word_terms, words_of

PASSAGE_LETTERS = 600
"""Of title and short answer; a short answer has no more."""


@dataclass(frozen=True)
class Vectors:
    """Unit vectors about the mean of the phrasings.

    Raw cosines of unrelated Vietnamese sentences lie between 0.80 and 0.92: without the mean
    taken off, nothing tells near from far.
    """

    mean: NDArray[np.float32]
    phrasings: Matrix
    answers: Matrix
    subjects: Matrix

    def centred(self, vectors: Matrix) -> Matrix:
        """Vectors about the mean, of length 1."""
        return unit(vectors - self.mean)


class Index:
    """Immutable. `ids` in the order of every array over articles.

    Built of words alone where there is no embedder; `embedded` adds the vectors later.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        embedder: Embedder | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._articles = articles
        self.ids = [article.id for article in articles]
        self.place = {id_: place for place, id_ in enumerate(self.ids)}
        texts = _phrasings(articles)
        self.groups = Groups([len(article.phrasings) + 1 for article in articles])
        lexicon = Lexicon(_sentences(articles, texts))
        self.restorer = Restorer(lexicon)
        self._speller = Speller(lexicon)
        words = [bare_words(text) for text in texts]
        self._wordings = Bm25(_joined(words, self.groups.sizes.tolist()))
        self._letters = TfIdf(counted_parts(words, letter_runs))
        self._texts = Bm25([word_terms(bare_words(_whole_text(a))) for a in articles])
        self.subject_words = [bare_words(article.subject) for article in articles]
        self.vectors = self._vectors(embedder, progress) if embedder is not None else None

    def embedded(self, embedder: Embedder, progress: Progress | None = None) -> "Index":
        """The same index with vectors; its words are not counted again."""
        index = copy.copy(self)
        index.vectors = self._vectors(embedder, progress)
        return index

    def _vectors(self, embedder: Embedder, progress: Progress | None) -> Vectors:
        articles = self._articles
        texts = [self.restored(text) for text in _phrasings(articles)]
        phrasings = embedder.queries(texts, progress)
        subjects = embedder.queries([self.restored(article.subject) for article in articles])
        answers = embedder.passages([_passage(article) for article in articles], progress)
        mean = phrasings.mean(axis=0)
        return Vectors(mean, unit(phrasings - mean), unit(answers - mean), unit(subjects - mean))

    def restored(self, text: str) -> str:
        """The words of a text with their accents put back."""
        return " ".join(self.restorer.restore(words_of(text)))

    def read(self, text: str) -> list[str]:
        """The words of a message: typing errors undone, accents put back."""
        return self._speller.read(words_of(text))

    def wordings(self, words: Sequence[str]) -> Scores:
        """BM25 of bare words against all phrasings of each article; shape `(articles,)`."""
        return self._wordings.score(word_terms(words))

    def texts(self, words: Sequence[str]) -> Scores:
        """BM25 of bare words against title, answer and detail; shape `(articles,)`."""
        return self._texts.score(word_terms(words))

    def letters(self, words: Sequence[str]) -> Scores:
        """The cosine of letter runs with each article's phrasings, the mean of its best three.

        Shape `(articles,)`.
        """
        return self.groups.mean_of_best(self._letters.score(letter_terms(words)))

    def rarity(self, word: str) -> float:
        """How much a bare word tells."""
        return self._wordings.rarity(word)

    def knows(self, place: int, word: str) -> bool:
        """Whether phrasings or text of an article hold a bare word."""
        return self._wordings.holds(place, word) or self._texts.holds(place, word)

    def holders(self, words: Sequence[str]) -> set[int]:
        """The places of the articles that hold bare words, each beside its neighbour."""
        terms = word_terms(words)[len(words) :] or words
        held = [self._wordings.holders(term) | self._texts.holders(term) for term in terms]
        return set.intersection(*held) if held else set()


def _phrasings(articles: Sequence[Article]) -> list[str]:
    """Title and phrasings of each article, one behind the other."""
    return [text for article in articles for text in (article.title, *article.phrasings)]


def _sentences(articles: Sequence[Article], texts: Sequence[str]) -> list[list[str]]:
    lines = chain(texts, *(f"{a.answer}\n{a.detail}".splitlines() for a in articles))
    return [words for line in lines if (words := words_of(line))]


def _joined(words: Sequence[Sequence[str]], sizes: Sequence[int]) -> list[list[str]]:
    terms = iter([word_terms(row) for row in words])
    return [list(chain.from_iterable(islice(terms, size))) for size in sizes]


def _whole_text(article: Article) -> str:
    return f"{article.title}\n{article.answer}\n{article.detail}"


def _passage(article: Article) -> str:
    return " ".join(words_of(f"{article.title}. {article.answer}"))[:PASSAGE_LETTERS]
