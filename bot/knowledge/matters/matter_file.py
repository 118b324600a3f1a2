"""The matters as `matters.yml` keeps them."""

from collections.abc import Container, Iterator
from pathlib import Path

from bot.domain.text.plain import plain
from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import TableFile, read_sound_rows
from bot.knowledge.matters.matter import MatterFile, Matters


def read_sound_matters(file: Path, *, articles: Container[str]) -> tuple[Matters, list[Problem]]:
    """The file's matters; those that name an article that is not there are left out and told.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return Matters(), []

    def wrong(table: TableFile[MatterFile]) -> Iterator[Problem]:
        yield from _unknown(table, articles)
        yield from _twice(table)

    sound = read_sound_rows(file, MatterFile, wrong)
    return Matters(tuple(sound.table.rows.matters)), sound.problems


def _unknown(table: TableFile[MatterFile], articles: Container[str]) -> Iterator[Problem]:
    for place, matter in enumerate(table.rows.matters):
        for field, id_ in (("what", matter.what), *(("told", id_) for id_ in matter.told.values())):
            if id_ not in articles:
                yield table.problem(
                    f"{id_} is not in articles", "matters", place, field,
                    fault=Fault.UNKNOWN, name=id_, table="articles",
                )  # fmt: skip


def _twice(table: TableFile[MatterFile]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for place, matter in enumerate(table.rows.matters):
        for name in matter.names:
            if seen.setdefault(plain(name), place) != place:
                yield table.problem(
                    f"{name} stands here twice", "matters", place, "names",
                    fault=Fault.TWICE, name=name, other=table.file.name,
                )  # fmt: skip
