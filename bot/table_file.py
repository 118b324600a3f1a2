"""A table as an Excel file: bold heads that stay in view, columns as wide as their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

WIDEST, NARROWEST = 60, 8
"""Characters of a column."""

Cell = str | int | float | None


@dataclass(frozen=True)
class TableSheet:
    """One sheet. `texts`: columns whose empty cells keep digits as words, with their first zeros.

    An empty name leaves the library's own.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    texts: Sequence[int] = ()


def table_file(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The file. Words are written as words: what looks like a formula stays what it is."""
    return book_file([TableSheet("", heads, rows)])


def book_file(sheets: Sequence[TableSheet]) -> bytes:
    """The file of several sheets."""
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        for one in sheets:
            _write(book, one)
    return made.getvalue()


def _write(book: Any, one: TableSheet) -> None:
    sheet = book.add_worksheet(one.name or None)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, one.heads, book.add_format({"bold": True}))
    for number, row in enumerate(one.rows, start=1):
        sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    as_words = book.add_format({"num_format": "@"})
    for place, head in enumerate(one.heads):
        longest = max((len(str(row[place] or "")) for row in one.rows), default=0)
        width = min(WIDEST, max(NARROWEST, len(head), longest) + 2)
        sheet.set_column(place, place, width, as_words if place in one.texts else None)
