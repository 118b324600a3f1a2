"""What is read of a table that somebody brings, how large it may be, and why it is refused."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

Cell = str | int | float | bool
"""An empty one is an empty word; a day is written 31/12/2025."""

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 20_000
"""Rows that say something."""

MOST_COLUMNS = 60
CELL_LENGTH = 5000
"""Characters of a cell that are kept: one more than any field holds is told as too long."""

REASONS = (
    "empty", "large", "password", "kind", "web_page", "letters", "rows", "columns", "broken",
)  # fmt: skip
"""Why a file is no table that can be read."""


class TableRefused(Exception):
    """The file cannot be taken.

    `reason`: empty, large, password, kind, web_page, letters, rows, columns, broken, heads.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Row:
    """A row that says something. `number`: as the sheet counts it, from 1."""

    number: int
    cells: Sequence[Cell]

    def cell(self, place: int) -> Cell:
        """The cell of a column, counted from 0; empty behind the last."""
        return self.cells[place] if place < len(self.cells) else ""

    @property
    def filled(self) -> Iterator[tuple[int, Cell]]:
        """The cells that say something, with their columns."""
        return ((place, cell) for place, cell in enumerate(self.cells) if cell != "")


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file; of comma separated text the only one, without a name."""

    name: str
    rows: Sequence[Row]


def column_letters(place: int) -> str:
    """What a sheet calls a column: A for 0, AA for 26."""
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return letters
