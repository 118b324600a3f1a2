"""The numbers that name rows: which of them a database can hold at all."""

from typing import Final

MOST_ROW_ID: Final = 2**31 - 1
"""The largest id of a table, as PostgreSQL counts them (INTEGER)."""


def read_row_id(text: str) -> int | None:
    """The id that a text names, or None where no row can have it: no digits, 0, or too many."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(MOST_ROW_ID)):
        return None
    number = int(text)
    return number if 0 < number <= MOST_ROW_ID else None
