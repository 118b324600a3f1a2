"""An owner's words held against phrases of the glossary, accents or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from vietnamese import strip_accents, tokens

Reading = frozenset[str]
"""A word as written and bare."""


@dataclass(frozen=True)
class Heard:
    """The words of a text in their order."""

    words: tuple[str, ...]

    def holds(self, phrase: str) -> bool:
        """Whether the words of a phrase stand in the text, one behind the other.

        A word typed with accents must carry the same ones; a bare word may be any of its readings.
        """
        return bool(self._places(_read(phrase)))

    def first_of(self, phrases: Iterable[str]) -> str:
        """The longest of the phrases that the text holds, or empty."""
        return max(filter(self.holds, phrases), key=lambda phrase: len(_read(phrase)), default="")

    def without(self, phrase: str) -> "Heard":
        """The text with a gap where the phrase stood, so that its neighbours do not join."""
        sought = _read(phrase)
        gone = {at + step for at in self._places(sought) for step in range(len(sought))}
        return Heard(tuple("" if at in gone else word for at, word in enumerate(self.words)))

    @cached_property
    def _said(self) -> frozenset[str]:
        return frozenset(self.words)

    def _places(self, sought: tuple[Reading, ...]) -> list[int]:
        if any(ways.isdisjoint(self._said) for ways in sought):
            return []
        last = len(self.words) - len(sought)
        return [
            at
            for at in range(last + 1 if sought else 0)
            if all(word in ways for word, ways in zip(self.words[at:], sought, strict=False))
        ]


def hear(text: str) -> Heard:
    """The words of a text, shorthand written out."""
    return Heard(tuple(tokens(text)))


@lru_cache(maxsize=8192)
def _read(phrase: str) -> tuple[Reading, ...]:
    """The words of a phrase as they may be typed. Kept: each message is asked for all of them."""
    return tuple(frozenset({word, strip_accents(word)}) for word in tokens(phrase))
