"""JSON Lines: one object a line, as people and programs write them; a bad line is bad alone."""

import json
from typing import Any

MARK = b"\xef\xbb\xbf"
"""What some editors put before the first byte of a file in UTF-8; files that were joined have it
before any line."""


class BadLine(Exception):
    """A line that cannot be used; the text says why."""


def lines_of(raw: bytes) -> list[bytes]:
    r"""The lines of a file, ended by `\n` or `\r\n`: other ends may stand inside of a string."""
    return [line.removeprefix(MARK).removesuffix(b"\r") for line in raw.split(b"\n")]


def object_of(line: bytes) -> dict[str, Any]:
    """The object of a line.

    Raises:
        BadLine: it is no UTF-8, no JSON, or no object.
    """
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadLine("no UTF-8") from None
    except json.JSONDecodeError as error:
        raise BadLine(f"no JSON: {error.msg}") from None
    except (ValueError, RecursionError):
        # A number of thousands of digits, brackets of thousands of levels.
        raise BadLine("no JSON that anybody can read") from None
    if not isinstance(value, dict):
        raise BadLine("no JSON object: a valid dictionary is expected")
    return value


def is_whole(text: str) -> bool:
    """Whether a text holds no half of a character, as a cut or an escape in JSON leaves it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
