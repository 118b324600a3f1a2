"""Products that articles speak of, found in what an owner writes."""

import re
from collections.abc import Callable, Iterable

from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article
from vietnamese.accents import has_accents
from vietnamese.terms import words_of


class Goods:
    """Every product that some article speaks of and of no others. Immutable."""

    def __init__(self, articles: Iterable[Article]) -> None:
        speaking = [article for article in articles if article.goods]
        self._accented = _Names(speaking, str.lower)
        self._bare = _Names(speaking, plain)

    def articles_of(self, text: str) -> frozenset[str]:
        """The articles of the products that a text names; the longest name counts: "xăng dầu".

        Accents tell names apart where the text has any: "vài" is no cloth.
        """
        if has_accents(text):
            return self._accented.found_in(" ".join(words_of(text)))
        return self._bare.found_in(plain(text))


class _Names:
    """The names of products in one spelling."""

    def __init__(self, articles: Iterable[Article], spelled: Callable[[str], str]) -> None:
        self._articles: dict[str, set[str]] = {}
        for article in articles:
            for name in article.goods:
                self._articles.setdefault(spelled(name), set()).add(article.id)
        longest_first = sorted(self._articles, key=len, reverse=True)
        self._any = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})\b")

    def found_in(self, words: str) -> frozenset[str]:
        return frozenset().union(*(self._articles[name] for name in self._any.findall(words)))
