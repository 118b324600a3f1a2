"""The files of a knowledge base: which there are, and what stands in them, however it was saved.

Editors' machines leave things beside the files: `._x.md` of macOS, `.#x.md` and `x.md~` of an
editor, a folder `__MACOSX`. What is hidden is no file of ours.
"""

import os
import re
import stat
from collections.abc import Container, Iterator
from pathlib import Path

from bot.knowledge.files.problem import Fault, KnowledgeError, Problem

ARTICLE = ".md"
TABLE = ".yml"

ENGLISH = "english"
"""The folder of the articles in English."""

FORMS = "forms"
"""The folder of the forms that owners take with them."""

SURVEYS = "surveys"
"""The folder of the questionnaires that the department puts to enterprises."""

TABLES = frozenset(
    f"{name}{TABLE}"
    for name in (
        *("register", "offices", "topics", "routing"),
        *("office_calendar", "glossary", "out_of_scope", "menu", "department"),
        *("english_titles", "products", "fees", "periods", "support", "matters", "risk_rules"),
        *("places", "sectors"),
    )
)
"""What lies in the folder itself."""

_KNOWLEDGE_LIKE = re.compile(r"\.(md|markdown|ya?ml|docx?|odt|rtf|txt)$", re.IGNORECASE)
_TABLE_LIKE = re.compile(r"\.ya?ml(\.txt)?$", re.IGNORECASE)

FOREIGN_FOLDERS = frozenset({"__MACOSX"})

Stamp = tuple[int, int, int]
"""When a file's bytes and rights last changed, and its size; zeros where nobody can look at it."""

NOT_THERE: Stamp = (0, 0, 0)


def article_files(folder: Path) -> list[Path]:
    """The articles of a knowledge base, in the order of their paths."""
    return sorted(_files(folder / "articles", ARTICLE))


def assessment_files(folder: Path) -> list[Path]:
    """The self-assessments (questionnaires) of their folder, in the order of their names."""
    return sorted(file for file in _files(folder, TABLE) if file.parent == folder)


def english_files(folder: Path) -> list[Path]:
    """The articles in English of a knowledge base, in the order of their names."""
    return sorted(
        file for file in _files(folder / ENGLISH, TABLE) if file.parent == folder / ENGLISH
    )


def form_files(folder: Path) -> list[Path]:
    """The forms of a knowledge base, in the order of their names."""
    found = (file for file in _files(folder / FORMS, TABLE) if file.parent == folder / FORMS)
    return sorted(found, key=lambda file: file.stem)


class Anything:
    """Holds every id: where something cannot be read, nobody can tell which there are."""

    def __contains__(self, _id: object) -> bool:
        return True


def article_ids(folder: Path) -> Container[str]:
    """The ids of all articles, by the names of their files."""
    if broken_folders(folder / "articles"):
        return Anything()
    return {file.stem for file in article_files(folder)}


def broken_folders(folder: Path) -> list[Problem]:
    """The folder, and those below it, that nobody can look into: their files are not there."""
    problems: list[Problem] = []

    def tell(error: OSError) -> None:
        place = Path(os.fsdecode(error.filename or folder))
        # One that was deleted since its name was read took its files with it.
        if place == folder and isinstance(error, FileNotFoundError) and not place.is_symlink():
            problems.append(Problem(place, 0, "the folder is missing", Fault.MISSING))
        elif not isinstance(error, FileNotFoundError) or place.is_symlink():
            why = error.strerror or str(error)
            problems.append(Problem(place, 0, f"cannot be looked into: {why}", Fault.FOLDER))

    for place, folders, names in os.walk(folder, onerror=tell):
        folders[:] = [name for name in folders if not _is_foreign(name)]
        for name in (*folders, *names):
            link = Path(place, name)
            if not _is_foreign(name) and _is_linked_folder(link):
                problems.append(Problem(link, 0, "a linked folder is not read", Fault.FOLDER))
    return problems


def misnamed_files(folder: Path) -> list[Problem]:
    """What looks like a file of the knowledge base, and bears a name that none of them has."""
    found = [place for place in _top(folder) if _TABLE_LIKE.search(place.name)]
    wrong = [place for place in found if place.name not in TABLES]
    for place, suffix in (
        (folder / "articles", ARTICLE),
        (folder / "assessments", TABLE),
        (folder / SURVEYS, TABLE),
        (folder / ENGLISH, TABLE),
        (folder / FORMS, TABLE),
    ):
        for above, folders, names in os.walk(place):
            folders[:] = [name for name in folders if not _is_foreign(name)]
            wrong += [Path(above, name) for name in folders if _KNOWLEDGE_LIKE.search(name)]
            is_read = suffix == ARTICLE or Path(above) == place
            wrong += [
                Path(above, name)
                for name in names
                if _KNOWLEDGE_LIKE.search(name) and not _is_foreign(name)
                if not (is_read and name.lower().endswith(suffix))
            ]
    message = "is read by nobody: the name is not as README.md asks"
    return [Problem(one, 0, message, Fault.MISNAMED) for one in wrong]


def is_there(file: Path) -> bool:
    """Whether there is such a name, be it a link to nowhere or out of reach."""
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def stamps(folder: Path) -> dict[Path, Stamp]:
    """Every file of a knowledge base with its stamp; equal ones mean that nothing changed.

    What is wrong with names and folders counts: it is told as soon as it is so.
    """
    wrong = misnamed_files(folder)
    places = (folder / "articles", folder / "assessments", folder / SURVEYS)
    for place in filter(is_there, places):
        wrong += broken_folders(place)
    found = {*files(folder), *(problem.file for problem in wrong)}
    return {file: stamp(file) for file in sorted(found)}


def files(folder: Path) -> list[Path]:
    """Every file of a knowledge base, in the order of their paths."""
    return sorted(_files(folder, ARTICLE, TABLE))


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


def _top(folder: Path) -> list[Path]:
    try:
        return [folder / name for name in os.listdir(folder) if not _is_foreign(name)]  # noqa: PTH208
    except OSError:
        return []


def _is_linked_folder(place: Path) -> bool:
    """A link to a folder, or one to nowhere that does not look like a file of ours."""
    if not os.path.islink(place):  # noqa: PTH114
        return False
    return os.path.isdir(place) or not (  # noqa: PTH112  (raises for nothing)
        os.path.exists(place) or place.name.lower().endswith((ARTICLE, TABLE))  # noqa: PTH110
    )


def _is_foreign(name: str) -> bool:
    return name.startswith(".") or name in FOREIGN_FOLDERS
