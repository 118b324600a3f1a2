"""Words as they were typed: with accents they mean one word, without them any with the letters."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.text.plain import without_accents

_GAPS = re.compile(r"[^\w]+")
_HOOK, _TILDE = "\N{COMBINING HOOK ABOVE}", "\N{COMBINING TILDE}"
"""Two tones that many owners write one for the other."""

_STROKE = "-"
"""Stands for the stroke of the letter d, which is no mark of its own."""


class TypedWord(NamedTuple):
    """A word in bare letters, and the marks that were typed on them."""

    bare: str
    marks: frozenset[str]

    def may_be(self, word: "TypedWord") -> bool:
        """Whether that word can be meant: the same letters, and no mark that it has not."""
        return self.bare == word.bare and self.marks <= word.marks


def typed_words(text: str) -> list[TypedWord]:
    """The words of a text, without punctuation."""
    composed = unicodedata.normalize("NFC", text.casefold())
    return [
        TypedWord(without_accents(word), _marks(word)) for word in _GAPS.split(composed) if word
    ]


def places_of(name: Sequence[TypedWord], words: Sequence[TypedWord]) -> list[int]:
    """Where a name can be meant among words."""
    last = len(words) - len(name)
    return [
        place
        for place in range(last + 1)
        if all(word.may_be(part) for word, part in zip(words[place:], name, strict=False))
    ]


def _marks(word: str) -> frozenset[str]:
    letters = unicodedata.normalize("NFD", word)
    marks = {letter for letter in letters if unicodedata.combining(letter)}
    if _HOOK in marks:
        marks = marks - {_HOOK} | {_TILDE}
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return frozenset(marks | {_STROKE} if without_accents(bare) != bare else marks)
