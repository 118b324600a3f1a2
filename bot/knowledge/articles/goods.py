"""Products that articles speak of, found in what an owner writes."""

from collections.abc import Iterable

from bot.domain.text.names import Names
from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article
from vietnamese.accents import has_accents
from vietnamese.terms import words_of


class Goods:
    """Every product that some article speaks of and of no others. Immutable."""

    def __init__(self, articles: Iterable[Article]) -> None:
        speaking = [article for article in articles if article.goods]
        named = [(name, article.id) for article in speaking for name in article.goods]
        self._accented = Names((name.lower(), id_) for name, id_ in named)
        self._bare = Names((plain(name), id_) for name, id_ in named)

    def articles_of(self, text: str) -> frozenset[str]:
        """The articles of the products that a text names; the longest name counts: "xăng dầu".

        Accents tell names apart where the text has any: "vài" is no cloth.
        """
        if has_accents(text):
            found = self._accented.found_in(" ".join(words_of(text)))
        else:
            found = self._bare.found_in(plain(text))
        return frozenset(id_ for _, id_ in found)
