"""Articles by words of their titles, as an officer looks for one."""

from collections.abc import Iterable
from itertools import islice

from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article


def titled(articles: Iterable[Article], search: str, most: int) -> list[Article]:
    """At most so many whose title or id holds all words of a search, in any order."""
    words = plain(search).split()
    if not words:
        return []
    hits = (
        one for one in articles if all(word in f"{plain(one.title)} {one.id}" for word in words)
    )
    return list(islice(hits, most))
