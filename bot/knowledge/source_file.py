"""The files of a knowledge base: which there are, and what stands in them, however it was saved.

Editors' machines leave things beside the files: `._x.md` of macOS, `.#x.md` and `x.md~` of an
editor, a folder `__MACOSX`. What is hidden is no file of ours.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.problem import Fault, KnowledgeError, Problem

ARTICLE = ".md"
TABLE = ".yml"

FOREIGN_FOLDERS = frozenset({"__MACOSX"})

Stamp = tuple[int, int, int]
"""When a file's bytes and rights last changed, and its size; zeros where nobody can look at it."""

NOT_THERE: Stamp = (0, 0, 0)


def article_files(folder: Path) -> list[Path]:
    """The articles of a knowledge base, in the order of their paths."""
    return sorted(_files(folder / "articles", ARTICLE))


def assessment_files(folder: Path) -> list[Path]:
    """The self-assessments that lie in a folder itself, in the order of their names."""
    return sorted(file for file in _files(folder, TABLE) if file.parent == folder)


def stamps(folder: Path) -> dict[Path, Stamp]:
    """Every file of a knowledge base with its stamp; equal ones mean that nothing changed."""
    return {file: stamp(file) for file in sorted(_files(folder, ARTICLE, TABLE))}


def stamp(file: Path) -> Stamp:
    """The stamp of one file."""
    try:
        found = os.stat(file)  # noqa: PTH116  (this runs for every file at each look)
    except OSError:
        return NOT_THERE
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size


def read_text(file: Path) -> str:
    r"""The text of a file in UTF-8, with or without a byte order mark, its lines ended by `\n`.

    Raises:
        KnowledgeError: it is not there, cannot be opened, or is no UTF-8.
    """
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            raise KnowledgeError([_unreadable(file, "no ordinary file")])
        raw = file.read_bytes()
    except FileNotFoundError:
        raise KnowledgeError([Problem(file, 0, "the file is missing", Fault.MISSING)]) from None
    except OSError as error:
        raise KnowledgeError([_unreadable(file, error.strerror or str(error))]) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + raw.count(b"\n", 0, error.start)
        raise KnowledgeError([_no_utf8(file, line)]) from None
    if "\0" in text:
        # UTF-16 without a mark decodes as UTF-8 with a NUL in every other place.
        raise KnowledgeError([_no_utf8(file, 1 + text.count("\n", 0, text.index("\0")))])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unreadable(file: Path, why: str) -> Problem:
    return Problem(file, 0, f"cannot be read: {why}", Fault.UNREADABLE)


def _no_utf8(file: Path, line: int) -> Problem:
    return Problem(file, line, "is not UTF-8: save it in that encoding", Fault.ENCODING)


def _files(folder: Path, *suffixes: str) -> Iterator[Path]:
    """All files below a folder that end in one of these, links to nowhere included."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _is_foreign(name)]
        for name in names:
            if name.lower().endswith(suffixes) and not _is_foreign(name):
                yield Path(place, name)


def _is_foreign(name: str) -> bool:
    return name.startswith(".") or name in FOREIGN_FOLDERS
