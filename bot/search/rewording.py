"""Puts the glossary's word before an owner's word that hardly any article says."""

import re
from collections.abc import Iterator

from bot.knowledge.glossary import Glossary
from bot.search.index import Index
from vietnamese.terms import bare_words

FEW = 4
"""Articles: a synonym that more of them say is found as it stands. Anything from 3 to 8 measures
the same (`docs/measurements/glossary.md`)."""


_WORD = re.compile(r"\w+")


class Rewording:
    """Rewords a message. Immutable."""

    def __init__(self, glossary: Glossary, index: Index, few: int = FEW) -> None:
        self._names = dict(_rare(glossary, index, few))
        self._pattern = _pattern(sorted(self._names, key=len, reverse=True))
        self._capitals = {word: term.name for term in glossary.terms for word in term.capitals}

    def read(self, text: str) -> str:
        """The message behind the names of what it calls otherwise; mostly the message itself."""
        words = f" {_key(text)} "
        names = dict.fromkeys([*self._in_capitals(text), *self._called_otherwise(words)])
        missing = [name for name in names if f" {_key(name)} " not in words]
        return " ".join([*missing, text])

    def _in_capitals(self, text: str) -> Iterator[str]:
        """Of "AI" in "AI làm ra thì ai đứng tên"; who writes all in capitals says nothing by it."""
        if self._capitals and not text.isupper():
            yield from (self._capitals[w] for w in _WORD.findall(text) if w in self._capitals)

    def _called_otherwise(self, words: str) -> Iterator[str]:
        if self._pattern is not None:
            yield from (self._names[match[0]] for match in self._pattern.finditer(words))


def _rare(glossary: Glossary, index: Index, few: int) -> Iterator[tuple[str, str]]:
    """Bare synonyms and their terms' names."""
    for term in glossary.terms:
        for word in term.synonyms:
            if len(index.holders(bare_words(word))) <= few:
                yield _key(word), term.name


def _key(phrase: str) -> str:
    return " ".join(bare_words(phrase))


def _pattern(keys: list[str]) -> "re.Pattern[str] | None":
    if not keys:
        return None
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, keys))})(?!\S)")
