"""The one cleaning of what comes from outside, at the edge of every way in.

What is left can be stored by every database, sent by every channel, and shows what it says: no
NUL, no half of a surrogate pair, no sign that turns the writing round.
"""

import re
import unicodedata
from itertools import groupby

MOST_MARKS = 30
"""Marks on one letter that are kept: what Unicode's stream-safe text allows (UAX #15, §13).

No script needs more, and putting a longer run in order takes the square of its length.
"""

LINE_LIMIT = 200
"""Characters of a name or another text of one line, where nothing else is said."""

SPARE = 4
"""So many times the limit is looked at: what is dropped, and what melts into one letter."""

_UTF_8 = frozenset({"utf-8", "utf8"})
_CHARSET = re.compile(r"charset[\s*]*=[\s\"']*([^\s\"';]*)", re.IGNORECASE)

_ODD_SIGN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"
"""Invisible, and part of how some words and emoji are written."""

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})
"""Controls, signs without a shape (which turn or hide text), halves of pairs, private use."""

_LAST_OF_A_PLANE = 0xFFFE


def _marks() -> str:
    """All combining marks, as ranges for a regular expression."""
    points = (point for point in range(0x300, 0x1F000) if unicodedata.combining(chr(point)))
    runs = groupby(enumerate(points), key=lambda pair: pair[1] - pair[0])
    ranges = [[point for _, point in run] for _, run in runs]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in ranges)


_FLOOD = re.compile("([%s]{%d})[%s]+" % (marks := _marks(), MOST_MARKS, marks))  # noqa: UP031


def clean_words(text: str, limit: int) -> str:
    """Words of several lines: NFC, lines ended by a newline, tabs kept, at most `limit` characters.

    Cleaning what is clean changes nothing.
    """
    held = text[: limit * SPARE]
    if not held.isprintable():
        held = "".join(filter(_is_kept, _LINE_ENDS.sub("\n", held)))
    held = _without_flood(held)
    if not unicodedata.is_normalized("NFC", held):
        held = _without_flood(unicodedata.normalize("NFC", held))
    return held[:limit]


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """Words of one line: as `clean_words`, each run of white space one space, none at the ends."""
    return " ".join(clean_words(text, limit * SPARE).split())[:limit].rstrip()


def storable(text: str) -> str:
    """Words as they are, without what no database keeps: NUL and halves of surrogate pairs."""
    return text.encode("utf-8", errors="ignore").decode("utf-8").replace("\0", "")


def odd_sign(text: str) -> str | None:
    """The first sign that has no place in what editors write: stored nowhere, or turning text."""
    found = _ODD_SIGN.search(text)
    return found[0] if found is not None else None


def is_in_utf8(content_type: str) -> bool:
    """Whether a form is written as every browser writes it: it names no encoding but UTF-8.

    A sender who could choose the decoder would choose one that breaks, or that makes of plain
    letters what no browser can send.
    """
    return all(name.lower() in _UTF_8 for name in _CHARSET.findall(content_type))


def _without_flood(text: str) -> str:
    return _FLOOD.sub(r"\1", text)


def _is_kept(letter: str) -> bool:
    if letter in "\n\t" or letter in _JOINERS:
        return True
    return unicodedata.category(letter) not in _DROPPED and not _is_no_character(ord(letter))


def _is_no_character(point: int) -> bool:
    """Whether Unicode promises never to use a code point."""
    return 0xFDD0 <= point <= 0xFDEF or point & _LAST_OF_A_PLANE == _LAST_OF_A_PLANE  # noqa: PLR2004
