"""A YAML table: its rows as a model, and where each row stands in the file."""

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from bot.knowledge.files.problem import Fault, KnowledgeError, Place, Problem
from bot.knowledge.files.source_file import read_text
from bot.knowledge.files.yaml_file import line_of, load_yaml, validate

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class TableFile(Generic[M]):
    """A file that was read into a model."""

    file: Path
    rows: M
    data: Any

    def problem(
        self, message: str, *location: int | str, fault: Fault = Fault.OTHER, **values: object
    ) -> Problem:
        """What is wrong at a place, such as `"rules", 3, "office"`."""
        line = 1 + line_of(self.data, location)
        return Problem(self.file, line, message, fault, values, location)


Check = Callable[[TableFile[M]], Iterable[Problem]]


@dataclass(frozen=True)
class SoundTable(Generic[M]):
    """The rows that are right, and of those left out what is wrong and how they were written."""

    table: TableFile[M]
    problems: list[Problem]
    left_out: list[Any]


def read_table(file: Path, model: type[M]) -> TableFile[M]:
    """A table.

    Raises:
        KnowledgeError: the file is missing, is no YAML, or a field is wrong.
    """
    data = load_yaml(read_text(file), file)
    return TableFile(file, validate(model, data, file), data)


def read_sound_rows(file: Path, model: type[M], check: Check[M]) -> SoundTable[M]:
    """A table without the rows that are wrong, for tables whose rows do not lean on each other.

    `check`: what else may be wrong with rows that the model takes.

    Raises:
        KnowledgeError: the file is missing, is no YAML, or is wrong outside of its rows.
    """
    data = load_yaml(read_text(file), file)
    told: list[Problem] = []
    left_out: list[Any] = []
    while True:
        table, problems = _read(file, model, check, data)
        if table is not None and not problems:
            return SoundTable(table, told, left_out)
        told += problems
        rows = {_row_of(data, problem.place) for problem in problems}
        if None in rows:
            raise KnowledgeError(told)
        data = _without(data, {row for row in rows if row is not None}, left_out)


def stop_at(problems: list[Problem]) -> None:
    """Nothing, where nothing is wrong.

    Raises:
        KnowledgeError: with all the problems.
    """
    if problems:
        raise KnowledgeError(problems)


def standing_twice(
    table: TableFile[M], rows: str, field: str, ids: Iterable[str]
) -> Iterator[Problem]:
    """Each id of a list's rows that stands there for the second time."""
    seen: set[str] = set()
    for place, id_ in enumerate(ids):
        if id_ in seen:
            yield table.problem(
                f"{id_} stands here twice", rows, place, field,
                fault=Fault.TWICE, name=id_, other=table.file.name,
            )  # fmt: skip
        seen.add(id_)


def _read(
    file: Path, model: type[M], check: Check[M], data: CommentedMap
) -> tuple[TableFile[M] | None, list[Problem]]:
    try:
        table = TableFile(file, validate(model, data, file), data)
    except KnowledgeError as error:
        return None, error.problems
    return table, list(check(table))


def _row_of(data: Any, place: Place) -> Place | None:
    """The row that a place lies in: down to the first list; None where it lies in none."""
    for depth, part in enumerate(place):
        if isinstance(data, CommentedSeq):
            return place[: depth + 1]
        try:
            data = data[part]
        except (KeyError, TypeError):
            return None
    return None


def _without(table: CommentedMap, rows: set[Place], left_out: list[Any]) -> CommentedMap:
    """The table without some rows, each of the others still at its line."""
    data: CommentedMap = deepcopy(table)
    for lists in {row[:-1] for row in rows}:
        *above, name = lists
        holder = data
        for part in above:
            holder = holder[part]
        kept = CommentedSeq()
        for index, row in enumerate(holder[name]):
            if (*lists, index) in rows:
                left_out.append(row)
                continue
            kept.append(row)
            kept.lc.add_idx_line_col(len(kept) - 1, list(holder[name].lc.data[index]))
        holder[name] = kept
    return data
