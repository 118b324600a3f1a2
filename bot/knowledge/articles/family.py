"""Which articles speak of one matter: those that a question behind one of them may mean."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from bot.knowledge.articles.article import Article
from vietnamese.terms import bare_words


def families(articles: Iterable[Article]) -> Mapping[str, frozenset[str]]:
    """To each article: itself, its related ones, those of its topic whose subject is like its own.

    Related are those that it names and those that name it; alike are subjects that share two
    neighbouring words, such as "kiểu dáng".
    """
    every = list(articles)
    pairs = {one.id: frozenset(pairwise(bare_words(one.subject))) for one in every}
    related = {one.id: frozenset(one.related) for one in every}
    return {
        one.id: frozenset(
            other.id
            for other in every
            if other.id == one.id
            or other.id in related[one.id]
            or one.id in related[other.id]
            or (other.topic == one.topic and pairs[one.id] & pairs[other.id])
        )
        for one in every
    }
