"""A plain table on the terminal."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table as RichTable

PIPED_WIDTH = 140
"""Columns where nobody looks on: wide enough that a title stays on its line."""


@dataclass(frozen=True)
class Table:
    """A title, headings, and rows of as many cells."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    def show(self) -> None:
        """Prints it; a table without rows says nothing."""
        if not self.rows:
            return
        table = RichTable(box=None, pad_edge=False, header_style="bold")
        for heading in self.headings:
            table.add_column(heading, overflow="fold")
        for row in self.rows:
            table.add_row(*row)
        console = Console(
            width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, markup=False
        )
        console.print(f"\n{self.title}: {len(self.rows)}", style="bold")
        console.print(table)
