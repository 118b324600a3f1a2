"""Words as the console's search compares them: no accents, no case, no signs, đ like d."""

import re
import unicodedata
from dataclasses import dataclass

from bot.domain.text.plain import without_accents

MOST_TERMS = 12
"""Of one query: nobody types more, and each is one more comparison a row."""

FEWEST_DIGITS = 6
"""Of a number that is looked for in one piece: fewer are a year, or the number of a standard."""

_NUMBER = re.compile(rf"[0-9](?:[ .,/_()‐–-]{{0,3}}[0-9]){{{FEWEST_DIGITS - 1},}}")
_WORD = re.compile(r"\d+|[^\W\d_]+")
_CHUNK = re.compile(r"[^\W_]+")
_NAMED = re.compile(
    r"\b(?:mst|ma so thue|sdt|so dien thoai|dien thoai|dt|di dong|dd|tel|phone|hotline|zalo|so)"
    rf"(?=[\W_]*{_NUMBER.pattern})"
)
"""What is typed before a number to say which it is: no row need hold it."""

_DIALLED = re.compile(r"^(84|0)")


@dataclass(frozen=True)
class Term:
    """One thing that must be found: every one of `beginnings`, or else `digits` anywhere.

    A beginning is the start of a word, or several words in a row whose last may go on.
    """

    beginnings: tuple[str, ...]
    digits: str = ""


def search_text(*texts: str) -> str:
    """The words of texts, parted by single spaces; a number written in groups also in one piece.

    When this changes, a migration folds the rows anew, with lines of its own (0008).
    """
    folded = [_folded(text) for text in texts]
    words = [word for text in folded for word in _WORD.findall(text)]
    numbers = [_digits(run) for text in folded for run in _NUMBER.findall(text)]
    return " ".join([*words, *(number for number in numbers if number not in words)])


def terms_of(query: str) -> list[Term]:
    """What a row must hold, all of it and in any order; empty where a query names nothing."""
    folded = _NAMED.sub(" ", _folded(query))
    numbers = [
        Term(tuple(_WORD.findall(run)), digits=_DIALLED.sub("", _digits(run)))
        for run in _NUMBER.findall(folded)
    ]
    chunks = _CHUNK.findall(_NUMBER.sub(" ", folded))
    words = [Term((" ".join(_WORD.findall(chunk)),)) for chunk in chunks]
    return list(dict.fromkeys([*numbers, *words]))[:MOST_TERMS]


def _folded(text: str) -> str:
    # Both ways of writing a letter, and the wide ones of a foreign keyboard, become one.
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return without_accents(letters).lower()


def _digits(run: str) -> str:
    return re.sub(r"[^0-9]", "", run)
