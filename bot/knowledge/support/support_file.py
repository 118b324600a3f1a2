"""Sizes and grants as `support.yml` keeps them."""

from collections.abc import Container, Iterator
from pathlib import Path

from bot.knowledge.files.problem import Fault, Place, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import TableFile, read_table
from bot.knowledge.support.support import Support


def read_sound_support(
    file: Path, *, articles: Container[str], documents: Container[str]
) -> tuple[Support, list[Problem]]:
    """The file's sizes and grants; what names something that is not there is left out and told.

    Raises:
        KnowledgeError: the file cannot be read at all, or a field is wrong.
    """
    if not is_there(file):
        return Support(), []
    table = read_table(file, Support)
    problems = list(_unknown(table, articles, documents))
    wrong = {problem.place[:2] for problem in problems}
    grants = [one for place, one in enumerate(table.rows.grants) if ("grants", place) not in wrong]
    sizes_wrong = any(place[0] == "sizes" for place in wrong)
    return Support(sizes=None if sizes_wrong else table.rows.sizes, grants=grants), problems


def _unknown(
    table: TableFile[Support], articles: Container[str], documents: Container[str]
) -> Iterator[Problem]:
    named: list[tuple[Place, str, Container[str], str]] = []
    if (sizes := table.rows.sizes) is not None:
        named.append((("sizes", "article"), sizes.article, articles, "articles"))
        named.append((("sizes", "document"), sizes.document, documents, "register.yml"))
    for place, grant in enumerate(table.rows.grants):
        row: Place = ("grants", place)
        named += [((*row, "articles"), id_, articles, "articles") for id_ in grant.articles]
        named.append(((*row, "document"), grant.document, documents, "register.yml"))
    for where, value, known, holder in named:
        if value not in known:
            yield table.problem(
                f"{value} is not in {holder}", *where,
                fault=Fault.UNKNOWN, name=value, table=holder,
            )  # fmt: skip
