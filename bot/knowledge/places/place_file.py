"""The places as `places.yml` keeps them."""

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
from bot.knowledge.places.place import PlaceFile
from bot.knowledge.places.places import Places


def read_places(file: Path) -> Places:
    """The file's places; none where there is no file.

    Raises:
        KnowledgeError: something in it is wrong; one problem each.
    """
    if not is_there(file):
        return Places()
    table = read_table(file, PlaceFile)
    stop_at(list(_wrong_rows(table)))
    return _of(table.rows)


def read_sound_places(file: Path) -> Places:
    """The file's places without the rows that are wrong.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return Places()
    return _of(read_sound_rows(file, PlaceFile, _wrong_rows).table.rows)


def _of(rows: PlaceFile) -> Places:
    return Places(tuple(rows.provinces), tuple(rows.communes), rows.home)


def _wrong_rows(table: TableFile[PlaceFile]) -> Iterator[Problem]:
    rows = table.rows
    yield from standing_twice(table, "provinces", "code", [one.code for one in rows.provinces])
    yield from standing_twice(table, "communes", "code", [one.code for one in rows.communes])
    if rows.home not in {one.code for one in rows.provinces}:
        yield table.problem(
            f"{rows.home} is not in provinces", "home",
            fault=Fault.UNKNOWN, name=rows.home, table=table.file.name,
        )  # fmt: skip
