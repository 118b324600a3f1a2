"""The words without which an article is not meant by a question on a product."""

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.products.product import Name
from vietnamese.accents import has_accents
from vietnamese.terms import bare_words, words_of

SURE = 0.9
"""Confidence from which an article is meant without its words, unless its row says otherwise."""

_NUMBER = re.compile(r"\b\d+\b")


class OnlyWith(BaseModel):
    """One row. `words`: one of them must be said; a number in them stands for any number.

    `even_sure`: the search takes the article for what it is not, however sure it is.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: list[Name] = Field(min_length=1)
    even_sure: bool = False

    def denies(self, text: str, restored: str, confidence: float) -> bool:
        """Whether a text that was so surely taken for the article does not mean it."""
        if confidence >= SURE and not self.even_sure:
            return False
        return not self.is_said(text, restored)

    def is_said(self, text: str, restored: str) -> bool:
        """Whether a word is said. `restored`: the text with its accents put back.

        A text without accents is read bare for words of two syllables only: “may” is “máy”, too.
        """
        words = [words_of(name) for name in self.words]
        if has_accents(text):
            return _holds(words_of(text), words)
        longer = [bare_words(name) for name in self.words if " " in name]
        return _holds(words_of(restored), words) or _holds(bare_words(text), longer)


def _holds(said: Sequence[str], names: Sequence[Sequence[str]]) -> bool:
    text = _spaced(said)
    return any(_spaced(name) in text for name in names)


def _spaced(words: Sequence[str]) -> str:
    return _NUMBER.sub("0", f" {' '.join(words)} ")
