"""All products of the lists, found in what an owner writes."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.domain.text.plain import plain
from bot.knowledge.articles.article import SourceReference
from bot.knowledge.products.product import Product, Risk
from vietnamese.accents import has_accents
from vietnamese.terms import words_of

_CODE = re.compile(r"(?<![\d.])\d{4}\.\d{2}(?:\.\d{2})?(?![\d.])|\bhs\D{0,12}(\d{4,8})(?![.\d])")
"""With its points, or behind the letters HS; other numbers are dates and amounts."""


@dataclass(frozen=True)
class Products:
    """The lists. `article`: on the duties of any product; empty where there is no file.

    `instead`, `beside`: as in the file.
    """

    products: Sequence[Product] = ()
    article: str = ""
    instead: Sequence[str] = ()
    beside: Sequence[str] = ()
    grounds: Mapping[Risk, SourceReference] = field(default_factory=dict)

    def named_in(self, text: str) -> list[Product]:
        """The products that a text names, by name or HS code, in the order of the words.

        Accents tell names apart where the text has any. Without, a name of one syllable that has
        lost its own may be any word and names nothing: "vai", "son".
        """
        codes = [re.sub(r"\D", "", code[1] or code[0]) for code in _CODE.finditer(text.lower())]
        coded = [one for code in codes for one in self.products if one.has_code(code)]
        if has_accents(text):
            named = self._accented.found_in(" ".join(words_of(text)))
        else:
            named = self._bare.found_in(plain(text))
        return list({one.id: one for one in [*coded, *named]}.values())

    def without_names(self, text: str) -> str:
        """The text without the names of products: what is asked of any of them."""
        names = self._accented if has_accents(text) else self._bare
        words = " ".join(words_of(text)) if has_accents(text) else plain(text)
        return " ".join(names.cut_out(words).split())

    @cached_property
    def _accented(self) -> "_Names":
        return _Names(self.products, lambda name: " ".join(words_of(name)))

    @cached_property
    def _bare(self) -> "_Names":
        return _Names(self.products, plain, is_bare=True)


class _Names:
    """The names of products in one spelling; the longest that fits counts."""

    def __init__(
        self, products: Iterable[Product], spelled: Callable[[str], str], *, is_bare: bool = False
    ) -> None:
        self._products: dict[str, Product] = {}
        for product in products:
            for name in (product.name, *product.called):
                words = spelled(name)
                is_any_word = is_bare and has_accents(name) and " " not in words
                if not is_any_word:
                    self._products.setdefault(words, product)
        longest_first = sorted(self._products, key=len, reverse=True)
        self._any = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})\b")

    def found_in(self, words: str) -> list[Product]:
        return [self._products[name] for name in self._any.findall(words)]

    def cut_out(self, words: str) -> str:
        return self._any.sub(" ", words)
