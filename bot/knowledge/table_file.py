"""A YAML table: its rows as a model, and where each row stands in the file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from bot.knowledge.problem import KnowledgeError, Problem
from bot.knowledge.yaml_file import line_of, load_yaml, validate

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class TableFile(Generic[M]):
    """A file that was read into a model."""

    file: Path
    rows: M
    data: Any

    def problem(self, message: str, *location: int | str) -> Problem:
        """What is wrong at a place, such as `"rules", 3, "office"`."""
        return Problem(self.file, 1 + line_of(self.data, location), message)


def read_table(file: Path, model: type[M]) -> TableFile[M]:
    """A table.

    Raises:
        KnowledgeError: the file is missing, is no YAML, or a field is wrong.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KnowledgeError([Problem(file, 0, "the file is missing")]) from None
    data = load_yaml(text, file)
    return TableFile(file, validate(model, data, file), data)


def stop_at(problems: list[Problem]) -> None:
    """Nothing, where nothing is wrong.

    Raises:
        KnowledgeError: with all the problems.
    """
    if problems:
        raise KnowledgeError(problems)
