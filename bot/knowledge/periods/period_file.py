"""The periods as `periods.yml` keeps them."""

from collections.abc import Container, Iterator
from pathlib import Path

from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import TableFile, read_sound_rows
from bot.knowledge.periods.period import Period, Periods


def read_sound_periods(
    file: Path, *, articles: Container[str], documents: Container[str]
) -> tuple[tuple[Period, ...], list[Problem]]:
    """The file's periods; those that name what is not there are left out and told.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return (), []

    def unknown(table: TableFile[Periods]) -> Iterator[Problem]:
        for place, period in enumerate(table.rows.periods):
            for id_ in period.articles:
                if id_ not in articles:
                    yield _unknown(table, place, "articles", id_, "articles")
            if period.document not in documents:
                yield _unknown(table, place, "document", period.document, "register.yml")

    sound = read_sound_rows(file, Periods, unknown)
    return tuple(sound.table.rows.periods), sound.problems


def _unknown(table: TableFile[Periods], place: int, field: str, value: str, where: str) -> Problem:
    return table.problem(
        f"{value} is not in {where}", "periods", place, field,
        fault=Fault.UNKNOWN, name=value, table=where,
    )  # fmt: skip
