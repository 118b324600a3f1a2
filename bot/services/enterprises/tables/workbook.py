"""Workbooks (xlsx, xls, ods), read by a process of its own that may break without harm."""

import io
import json
import subprocess
import sys
import zipfile
from typing import Any

from bot.domain.input.file_kind import ARCHIVE, COMPOUND
from bot.services.enterprises.tables.table import Row, Sheet, TableRefused

CHILD = "bot.services.enterprises.tables.workbook_child"
MOST_WAIT = 60
"""Seconds."""

MOST_UNPACKED = 250 * 1024 * 1024
"""What five packed megabytes of rows come to lies far below."""

MOST_PARTS = 5000

_ENCRYPTED = "EncryptedPackage\0".encode("utf-16-le")
"""The stream in which Excel keeps a workbook that opens by a password only."""


def is_workbook(content: bytes) -> bool:
    """Whether a file begins as workbooks do."""
    return content.startswith((ARCHIVE, COMPOUND))


def read_workbook(content: bytes) -> list[Sheet]:
    """The sheets that a person sees in a workbook.

    Raises:
        TableRefused: it opens by a password only, is too large, or no workbook.
    """
    if content.startswith(COMPOUND) and _ENCRYPTED in content:
        raise TableRefused("password")
    if content.startswith(ARCHIVE):
        _check_archive(content)
    answer = _ask_child(content)
    if "refused" in answer:
        raise TableRefused(answer["refused"])
    return [
        Sheet(sheet["name"], [Row(number, cells) for number, cells in sheet["rows"]])
        for sheet in answer["sheets"]
    ]


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        raise TableRefused("broken") from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TableRefused("large")
    if any(part.flag_bits & 1 for part in parts):
        raise TableRefused("password")


def _ask_child(content: bytes) -> dict[str, Any]:
    try:
        child = subprocess.run(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-m", CHILD],
            input=content,
            capture_output=True,
            timeout=MOST_WAIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TableRefused("broken") from None
    if child.returncode != 0:
        # It ran out of the memory or time that it was given: no table of these limits needs more.
        raise TableRefused("broken")
    answer: dict[str, Any] = json.loads(child.stdout)
    return answer
