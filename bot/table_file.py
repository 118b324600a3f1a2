"""A table as an Excel file: bold heads that stay in view, columns as wide as their words."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

WIDEST, NARROWEST = 60, 8
"""Characters of a column."""

Cell = str | int | float | None


def table_file(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The file. Words are written as words: what looks like a formula stays what it is."""
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
        for place, head in enumerate(heads):
            longest = max((len(str(row[place] or "")) for row in rows), default=0)
            width = min(WIDEST, max(NARROWEST, len(head), longest) + 2)
            sheet.set_column(place, place, width)
    return made.getvalue()
