"""The settled questions that are not ours, as `out_of_scope.yml` keeps them."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.files.problem import Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import read_sound_rows, read_table
from bot.knowledge.settled import SettledQuestion, SettledQuestions


class NotOursFile(BaseModel):
    """`out_of_scope.yml`: wordings that two officers found not to be ours."""

    model_config = ConfigDict(extra="forbid")

    lines: list[str] = Field(default_factory=list)


def read_not_ours(file: Path) -> SettledQuestions:
    """The file's questions; none where the file is missing.

    Raises:
        KnowledgeError: it is no YAML, or a field is wrong.
    """
    if not is_there(file):
        return SettledQuestions()
    return _settled(read_table(file, NotOursFile).rows)


def read_sound_lines(file: Path) -> tuple[SettledQuestions, list[Problem]]:
    """The file's questions without the lines that are wrong, and what is wrong with those.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return SettledQuestions(), []
    sound = read_sound_rows(file, NotOursFile, lambda _table: ())
    return _settled(sound.table.rows), sound.problems


def _settled(rows: NotOursFile) -> SettledQuestions:
    return SettledQuestions([SettledQuestion(line, None) for line in rows.lines])
