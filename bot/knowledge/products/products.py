"""All products of the lists, found in what an owner writes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.domain.text.names import Names
from bot.domain.text.plain import plain
from bot.knowledge.articles.article import SourceReference
from bot.knowledge.products.only_with import OnlyWith
from bot.knowledge.products.product import Product, Receiving, Risk
from vietnamese.accents import has_accents
from vietnamese.terms import words_of

_CODE = re.compile(r"(?<![\d.])\d{4}\.\d{2}(?:\.\d{2})?(?![\d.])|\bhs\D{0,12}(\d{4,8})(?![.\d])")
"""With its points, or behind the letters HS; other numbers are dates and amounts."""

_OF_A_THING = r"\b(?:chay|bang|dung|chua|treo|phoi|moc|ke|khuon|chau) "
"""In bare letters: behind these a name is what another thing runs on, is made of, or is for."""


@dataclass(frozen=True)
class Products:
    """The lists. `article`: on the duties of any product; empty where there is no file.

    `instead`, `beside`, `not_for_sale`, `only_with`, `receiving`: as in the file.
    """

    products: Sequence[Product] = ()
    article: str = ""
    instead: Sequence[str] = ()
    beside: Sequence[str] = ()
    not_for_sale: Sequence[str] = ()
    grounds: Mapping[Risk, SourceReference] = field(default_factory=dict)
    only_with: Mapping[str, OnlyWith] = field(default_factory=dict)
    receiving: Receiving | None = None

    def is_mistaken(
        self, article_id: str, text: str, restored: str, confidence: float = 0.0
    ) -> bool:
        """Whether an article is not meant by a question on a product: it lacks the words for it.

        `restored`: the text with its accents put back; `confidence`: of the article.
        """
        row = self.only_with.get(article_id)
        return row is not None and row.denies(text, restored, confidence)

    def receiver(self, product: Product) -> str:
        """The id of the office in the province that takes in its declaration; empty: not known."""
        offices = self.receiving.offices if self.receiving is not None else {}
        return offices.get(product.document or "", "")

    def named_in(self, text: str, restored: str = "") -> list[Product]:
        """The products that a text names, by name or HS code, in the order of the words.

        Accents tell names apart where the text has any. Without, a name of one syllable that has
        lost its own may be any word and names nothing ("vai", "son"), and one of two ("thang may",
        "cong tac") only where it stands in the text with its accents put back: `restored`.
        """
        codes = [re.sub(r"\D", "", code[1] or code[0]) for code in _CODE.finditer(text.lower())]
        coded = [one for code in codes for one in self.products if one.has_code(code)]
        if has_accents(text):
            named = self._with_accents(text)
        else:
            sure = [product for _, product in self._with_accents(restored)]
            named = [
                (name, product)
                for name, product in self._bare.found_in(plain(text))
                if not restored or name.count(" ") > 1 or product in sure
            ]
        said = plain(text)
        products = [
            product for name, product in named if not re.search(_OF_A_THING + plain(name), said)
        ]
        return list({one.id: one for one in [*coded, *products]}.values())

    def without_names(self, text: str) -> str:
        """The text without the names of products: what is asked of any of them."""
        if has_accents(text):
            return self._accented.cut_out(" ".join(words_of(text)))
        return self._bare.cut_out(plain(text))

    def _with_accents(self, text: str) -> list[tuple[str, Product]]:
        return self._accented.found_in(" ".join(words_of(text)))

    @cached_property
    def _accented(self) -> Names[Product]:
        return Names((" ".join(words_of(name)), product) for name, product in self._named())

    @cached_property
    def _bare(self) -> Names[Product]:
        return Names(
            (plain(name), product)
            for name, product in self._named()
            if " " in plain(name) or not has_accents(name)
        )

    def _named(self) -> Iterator[tuple[str, Product]]:
        for product in self.products:
            yield from ((name, product) for name in (product.name, *product.called))
