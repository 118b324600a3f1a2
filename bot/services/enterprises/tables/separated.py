"""Comma separated text, whatever separates it and however its letters are kept."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from bot.domain.input.cleaning import storable
from bot.services.enterprises.tables.table import (
    CELL_LENGTH,
    MOST_COLUMNS,
    MOST_ROWS,
    Row,
    Sheet,
    TableRefused,
)

DELIMITERS = (";", "\t", ",", "|")
"""In the order in which they win where two part the rows equally well."""

LOOKED_AT = 60
"""Rows that decide what parts the cells."""

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OLD = "cp1258"
"""How Windows kept Vietnamese letters: a vowel, and its tone behind it."""

_BLANKS = " \t\r\n\f\ufeff"
_SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n")
"""What Excel understands as a first line."""

_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|\ufffd")
"""A letter that an older encoding did not know: `C?ng ty`."""

_FEWEST_LOST = 3
_FEWEST_STRANGE = 3
_STRANGE_SHARE = 0.25

_GLUED = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f]|[^\x00-\x7f](?=[^\W\d_])")
"""What stands beside a letter and is none of plain English."""

_BASES = frozenset("aeiouydAEIOUYD")
_MARKS = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
_D_WITH_STROKE = frozenset("\u0111\u0110")
_SIGNS = frozenset("\u201c\u201d\u2018\u2019\u2013\u2014\u2026\u2022\xa0\xb0\xb2\xb3\xd7")
"""Quotation marks, dashes and the like, as people type them beside words."""


def read_separated(content: bytes) -> list[Sheet]:
    """The rows of a text; its lines are its rows, as long as no quoted cell holds a line end.

    Raises:
        TableRefused: its letters cannot be read, or it is too large.
    """
    text = storable(_decoded(content))
    delimiter, text = _without_separator_line(text)
    if not text.strip(_BLANKS):
        raise TableRefused("empty")
    return [Sheet("", list(_rows(text, delimiter or _delimiter(text))))]


def check_letters(text: str) -> None:
    """Lets words pass whose letters are what they look like.

    Raises:
        TableRefused: letters were lost, or are signs of a font from before Unicode.
    """
    if len(_LOST.findall(text)) >= _FEWEST_LOST:
        raise TableRefused("letters")
    glued = _GLUED.findall(unicodedata.normalize("NFC", text))
    strange = sum(not _is_ours(letter) for letter in glued)
    if strange >= _FEWEST_STRANGE and strange >= _STRANGE_SHARE * len(glued):
        raise TableRefused("letters")


def _is_ours(letter: str) -> bool:
    """Whether Vietnamese is written with it."""
    if letter in _SIGNS or letter in _D_WITH_STROKE:
        return True
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] in _BASES and _MARKS.issuperset(parts[1:])


def _decoded(content: bytes) -> str:
    if content.startswith(_BOMS[0]):
        return _in("utf-8-sig", content)
    if content.startswith(_BOMS[1:]):
        return _in("utf-16", content)
    if b"\0" in content:
        raise TableRefused("letters")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return unicodedata.normalize("NFC", _in(_OLD, content))


def _in(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise TableRefused("letters") from None


def _without_separator_line(text: str) -> tuple[str, str]:
    said = _SEPARATOR_LINE.match(text)
    return (said[1], text[said.end() :]) if said else ("", text)


def _delimiter(text: str) -> str:
    """What parts most rows into the same number of cells, more than one."""
    best, found = (0.0, 0), DELIMITERS[0]
    for delimiter in DELIMITERS:
        first = islice(_records(text, delimiter), LOOKED_AT)
        counts = Counter(len(cells) for cells in first if any(map(str.strip, cells)))
        width, rows = max(counts.items(), key=lambda one: (one[1], one[0]), default=(1, 0))
        share = rows / max(1, counts.total()) if width > 1 else 0.0
        if (share, width) > best:
            best, found = (share, width), delimiter
    return found


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        # A cell longer than any text: a quotation mark that nothing closes.
        raise TableRefused("broken") from None


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    count = 0
    # Excel counts records, not lines: a cell may hold several.
    for number, cells in enumerate(_records(text, delimiter), start=1):
        row = [cell.strip(_BLANKS)[:CELL_LENGTH] for cell in cells]
        while row and not row[-1]:
            row.pop()
        if not row:
            continue
        if len(row) > MOST_COLUMNS:
            raise TableRefused("columns")
        count += 1
        if count > MOST_ROWS + MOST_COLUMNS:
            raise TableRefused("rows")
        yield Row(number, row)
