"""The fees as `fees.yml` keeps them."""

from collections.abc import Container, Iterator
from pathlib import Path

from bot.knowledge.fees.fees import Fees
from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import TableFile, read_table


def read_sound_fees(
    file: Path, *, articles: Container[str], documents: Container[str]
) -> tuple[Fees, list[Problem]]:
    """The file's schedules; those that name what is not there are left out and told.

    Raises:
        KnowledgeError: the file cannot be read at all, or a field is wrong.
    """
    if not is_there(file):
        return Fees(), []
    table = read_table(file, Fees)
    problems = list(_unknown(table, articles, documents))
    wrong = {problem.place[0] for problem in problems}
    kept = {name: None for name in wrong if isinstance(name, str)}
    return table.rows.model_copy(update=kept), problems


def _unknown(
    table: TableFile[Fees], articles: Container[str], documents: Container[str]
) -> Iterator[Problem]:
    for name, schedule in (("marks", table.rows.marks), ("barcodes", table.rows.barcodes)):
        if schedule is None:
            continue
        for field, value, known, where in (
            ("article", schedule.article, articles, "articles"),
            ("document", schedule.document, documents, "register.yml"),
        ):
            if value not in known:
                yield table.problem(
                    f"{value} is not in {where}", name, field,
                    fault=Fault.UNKNOWN, name=value, table=where,
                )  # fmt: skip
