"""The sectors as `sectors.yml` keeps them."""

from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import (
    TableFile,
    read_sound_rows,
    read_table,
    standing_twice,
    stop_at,
)
from bot.knowledge.sectors.sector import SectorFile
from bot.knowledge.sectors.sectors import Sectors


def read_sectors(file: Path) -> Sectors:
    """The file's sectors; none where there is no file.

    Raises:
        KnowledgeError: something in it is wrong; one problem each.
    """
    if not is_there(file):
        return Sectors()
    table = read_table(file, SectorFile)
    stop_at(list(_wrong_rows(table)))
    return _of(table.rows)


def read_sound_sectors(file: Path) -> Sectors:
    """The file's sectors without the rows that are wrong.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return Sectors()
    return _of(read_sound_rows(file, SectorFile, _wrong_rows).table.rows)


def _of(rows: SectorFile) -> Sectors:
    return Sectors(tuple(rows.sections), tuple(rows.sectors))


def _wrong_rows(table: TableFile[SectorFile]) -> Iterator[Problem]:
    rows = table.rows
    yield from standing_twice(table, "sections", "letter", [one.letter for one in rows.sections])
    yield from standing_twice(table, "sectors", "code", [one.code for one in rows.sectors])
    letters = {one.letter for one in rows.sections}
    for place, sector in enumerate(rows.sectors):
        if sector.section not in letters:
            yield table.problem(
                f"{sector.section} is not in sections", "sectors", place, "section",
                fault=Fault.UNKNOWN, name=sector.section, table=table.file.name,
            )  # fmt: skip
