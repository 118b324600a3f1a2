"""Products that articles speak of, found in what an owner writes."""

import re
from collections.abc import Iterable, Mapping

from bot.domain.text.plain import plain
from bot.knowledge.article import Article
from vietnamese.accents import has_accents
from vietnamese.terms import words_of

Goods = Mapping[str, frozenset[str]]
"""The articles of each product, by its name in small letters."""


def goods_of(articles: Iterable[Article]) -> Goods:
    """Every product that some article speaks of and no others."""
    found: dict[str, set[str]] = {}
    for article in articles:
        for name in article.goods:
            found.setdefault(name.lower(), set()).add(article.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def articles_of_goods_in(text: str, goods: Goods) -> frozenset[str]:
    """The articles of the products that a text names; the longest name counts: "xăng dầu".

    Accents tell names apart where the text has any: "vài" is no cloth.
    """
    accented = has_accents(text)
    said = f" {' '.join(words_of(text)) if accented else plain(text)} "
    named = [
        name
        for name in sorted(goods, key=len, reverse=True)
        if re.search(rf"(?<!\w){re.escape(name if accented else plain(name))}(?!\w)", said)
    ]
    longest = [one for one in named if not any(one != other and one in other for other in named)]
    return frozenset().union(*(goods[name] for name in longest))
