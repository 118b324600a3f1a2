"""What is wrong with a file of the knowledge base, with file and line."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bot.domain.input.cleaning import clean_line

log = logging.getLogger(__name__)


class Fault(StrEnum):
    """What sort of mistake it is; `bot/texts/upkeep.yml` says each in the editors' own words."""

    ENCODING = "encoding"
    UNREADABLE = "unreadable"
    MISSING = "missing"
    FOLDER = "folder"
    MISNAMED = "misnamed"
    HEADER = "header"
    WRITING = "writing"
    NO_FIELD = "no_field"
    STRANGE_FIELD = "strange_field"
    WRONG_FIELD = "wrong_field"
    WRONG_RULE = "wrong_rule"
    FILE_NAME = "file_name"
    TWICE = "twice"
    UNKNOWN = "unknown"
    NO_ANSWER = "no_answer"
    LONG_ANSWER = "long_answer"
    HEADING = "heading"
    SIGN = "sign"
    OTHER = "other"


NAME_LIMIT = 500
"""Characters of a file's path or of a value that are shown."""

Place = tuple[int | str, ...]


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `line` starts at 1; 0: the file as a whole.

    `values` are what the sentence of its fault needs; `place`: where in a table it stands.
    """

    file: Path
    line: int
    message: str
    fault: Fault = field(default=Fault.OTHER, compare=False)
    values: Mapping[str, object] = field(default_factory=dict, compare=False)
    place: Place = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"{shown(self.file)}:{self.line}: {shown(self.message)}"


def shown(name: object) -> str:
    """A path or a value as every page and every terminal can show it, whatever stands in it."""
    # A name on disk that is no UTF-8 has halves of pairs in place of its bytes.
    raw = str(name).encode("utf-8", errors="surrogatepass")
    return clean_line(raw.decode("utf-8", errors="replace"), NAME_LIMIT)


class KnowledgeError(Exception):
    """Files could not be read into the knowledge base."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@contextmanager
def reading_of(file: Path) -> Iterator[None]:
    """Whatever breaks while one file is read is a problem of that file, and of nothing else.

    Raises:
        KnowledgeError: the file's own problems, or the one that nobody foresaw.
    """
    try:
        yield
    except KnowledgeError:
        raise
    except Exception as error:
        # What editors can write has no end; only the log can say what it was.
        log.exception("the reading of %s broke", shown(file))
        message = f"its reading broke: {type(error).__name__}"
        raise KnowledgeError([Problem(file, 0, message)]) from error


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Each once, in the order of files and lines."""
    return sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.message))
