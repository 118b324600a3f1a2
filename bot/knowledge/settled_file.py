"""The settled questions that are not ours, as `out_of_scope.yml` keeps them."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.settled import SettledQuestion, SettledQuestions
from bot.knowledge.table_file import read_table


class NotOursFile(BaseModel):
    """`out_of_scope.yml`: wordings that two officers found not to be ours."""

    model_config = ConfigDict(extra="forbid")

    lines: list[str] = Field(default_factory=list)


def read_not_ours(file: Path) -> SettledQuestions:
    """The file's questions; none where the file is missing.

    Raises:
        KnowledgeError: it is no YAML, or a field is wrong.
    """
    if not file.exists():
        return SettledQuestions()
    lines = read_table(file, NotOursFile).rows.lines
    return SettledQuestions([SettledQuestion(line, None) for line in lines])
