"""Articles by what they are called: their titles, subjects and buttons, in any spelling."""

from collections.abc import Iterable, Mapping

from bot.domain.text.plain import plain
from bot.knowledge.article import Article


def by_name(articles: Iterable[Article]) -> Mapping[str, str]:
    """The article of each name that only one article has, the names in bare letters."""
    found: dict[str, set[str]] = {}
    for article in articles:
        for name in (article.title, article.subject, article.button):
            found.setdefault(plain(name), set()).add(article.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}
