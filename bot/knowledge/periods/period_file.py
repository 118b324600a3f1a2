"""The periods as `periods.yml` keeps them."""

from collections.abc import Container
from pathlib import Path

from bot.knowledge.files.grounded_rows import read_grounded_rows
from bot.knowledge.files.problem import Problem
from bot.knowledge.periods.period import Period, Periods


def read_sound_periods(
    file: Path, *, articles: Container[str], documents: Container[str]
) -> tuple[tuple[Period, ...], list[Problem]]:
    """The file's periods; those that name what is not there are left out and told.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    read, problems = read_grounded_rows(
        file, Periods, "periods", articles=articles, documents=documents
    )
    return tuple(read.periods), problems
