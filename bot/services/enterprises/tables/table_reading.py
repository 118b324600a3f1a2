"""The sheets of a file that somebody brings, by what the file is and not by its name."""

from bot.domain.input.file_kind import kind_of
from bot.services.enterprises.tables.separated import check_letters, read_separated
from bot.services.enterprises.tables.table import MOST_BYTES, Sheet, TableRefused
from bot.services.enterprises.tables.workbook import is_workbook, read_workbook

_BEFORE_A_TAG = b"\xef\xbb\xbf \t\r\n"
_LETTERS_LOOKED_AT = 300
"""Rows whose words are looked at."""


def read_sheets(content: bytes) -> list[Sheet]:
    """The sheets of a file that say something.

    Raises:
        TableRefused: there is nothing in it, or it cannot be read.
    """
    if len(content) > MOST_BYTES:
        raise TableRefused("large")
    if not content.strip(b"\0 \t\r\n"):
        raise TableRefused("empty")
    sheets = [sheet for sheet in _sheets(content) if sheet.rows]
    if not sheets:
        raise TableRefused("empty")
    for sheet in sheets:
        rows = sheet.rows[:_LETTERS_LOOKED_AT]
        check_letters("\n".join(str(cell) for row in rows for _, cell in row.filled))
    return sheets


def _sheets(content: bytes) -> list[Sheet]:
    if is_workbook(content):
        return read_workbook(content)
    if kind_of(content) is not None:
        # A picture, a PDF: text bears no mark.
        raise TableRefused("kind")
    if content.lstrip(_BEFORE_A_TAG).startswith(b"<"):
        # Some programs save a page of the web under the name of a workbook.
        raise TableRefused("web_page")
    return read_separated(content)
