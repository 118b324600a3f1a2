"""Rows that stand for articles and lean on a document: both must be there."""

from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from pydantic import BaseModel

from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import TableFile, read_sound_rows


class Grounded(Protocol):
    """A row with the ids of its articles and of its document."""

    @property
    def articles(self) -> Sequence[str]:
        """Whose questions it answers."""

    @property
    def document(self) -> str:
        """Where it stands."""


M = TypeVar("M", bound=BaseModel)


def read_grounded_rows(
    file: Path, model: type[M], field: str, *, articles: Container[str], documents: Container[str]
) -> tuple[M, list[Problem]]:
    """The file with the rows of a field that are sound; what the others name is told.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return model(), []

    def unknown(table: TableFile[M]) -> Iterator[Problem]:
        rows: Sequence[Grounded] = getattr(table.rows, field)
        for place, row in enumerate(rows):
            named = [("articles", id_, articles, "articles") for id_ in row.articles]
            for name, value, known, where in (
                *named,
                ("document", row.document, documents, "register.yml"),
            ):
                if value not in known:
                    yield table.problem(
                        f"{value} is not in {where}", field, place, name,
                        fault=Fault.UNKNOWN, name=value, table=where,
                    )  # fmt: skip

    sound = read_sound_rows(file, model, unknown)
    return sound.table.rows, sound.problems
