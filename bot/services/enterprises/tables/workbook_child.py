"""Reads one workbook in a process of its own: `python -m … < file`, the sheets as JSON.

A few bytes can claim a sheet of a thousand million cells, and the library then ends its process.
Here only this one ends, and memory and time are bounded by the system.
"""

import io
import json
import math
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from bot.domain.input.cleaning import storable
from bot.services.enterprises.tables.table import CELL_LENGTH, MOST_COLUMNS, MOST_ROWS, Cell

MOST_MEMORY = 1536 * 1024 * 1024
MOST_SECONDS = 40
WIDEST = 2000
"""Columns of a sheet that are looked through for empty ones."""

MOST_SHEETS = 50


class _TooMuch(Exception):
    """`args[0]`: rows or columns."""


def main() -> None:
    """Reads the standard input, writes the answer: `sheets`, or the reason why there are none."""
    _limit_itself()
    answer: dict[str, Any]
    try:
        answer = {"sheets": list(_sheets(sys.stdin.buffer.read()))}
    except PasswordError:
        answer = {"refused": "password"}
    except _TooMuch as much:
        answer = {"refused": much.args[0]}
    except (CalamineError, ValueError, OSError, MemoryError):
        answer = {"refused": "broken"}
    sys.stdout.write(json.dumps(answer))


def _limit_itself() -> None:
    # Where the system knows no such limits, the caller's clock alone ends it.
    with suppress(ImportError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sheets(content: bytes) -> Iterator[dict[str, Any]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        seen = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        for name in seen[:MOST_SHEETS]:
            sheet = book.get_sheet_by_name(name)
            yield {"name": storable(name), "rows": list(_rows(sheet))}


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Cell]]]:
    if sheet.start is None:
        return
    _, before = sheet.start
    if sheet.width > WIDEST:
        raise _TooMuch("columns")
    count = 0
    # The library gives the empty rows above the first cell, and not the empty columns before it.
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        row = _trimmed([*("" for _ in range(before)), *map(_cell, cells)])
        if not row:
            continue
        if len(row) > MOST_COLUMNS:
            raise _TooMuch("columns")
        count += 1
        if count > MOST_ROWS + MOST_COLUMNS:  # a title and heads stand above the rows
            raise _TooMuch("rows")
        yield number, row


def _trimmed(cells: list[Cell]) -> list[Cell]:
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _cell(found: Any) -> Cell:
    match found:
        case bool():
            return found
        case float():
            return _number(found)
        case int():
            return found
        case datetime() | date():
            return f"{found:%d/%m/%Y}"
        case time() | timedelta():
            return str(found)
        case _:
            # A workbook may write any sign as a number, `_x0000_` is NUL.
            return storable(str(found)).strip()[:CELL_LENGTH]


def _number(found: float) -> Cell:
    if not math.isfinite(found):
        return ""
    return int(found) if found.is_integer() else found


if __name__ == "__main__":
    main()
