"""What a newcomer is offered, read from `menu.yml` and held against articles and assessments."""

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.assessments.question import Id
from bot.domain.text.plain import plain
from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.table_file import TableFile, read_sound_rows, read_table, stop_at

LONGEST_BUTTON = 40
"""Letters: on a small phone a longer one is cut."""

MOST_QUESTIONS = 6


class MenuQuestion(BaseModel):
    """A button that opens an article."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    button: str = Field(min_length=1, max_length=LONGEST_BUTTON)
    article: Id


class Menu(BaseModel):
    """`menu.yml`.

    `assessments`: the order in which they are offered, first the one that finds the others.
    `read_instead`: articles on assessments that cannot be taken here, offered to whoever asks for
    one. `inspection`: given while inspectors are at work.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    questions: list[MenuQuestion] = Field(default_factory=list, max_length=MOST_QUESTIONS)
    assessments: list[Id] = Field(default_factory=list)
    read_instead: list[Id] = Field(default_factory=list)
    inspection: Id | Literal[""] = ""

    def article_of(self, text: str) -> str | None:
        """The article of the button that a text names, typed by hand in any spelling."""
        said = plain(text)
        return next((one.article for one in self.questions if plain(one.button) == said), None)


def read_menu(file: Path, *, articles: Container[str], assessments: Container[str]) -> Menu:
    """The menu of a file.

    Raises:
        KnowledgeError: it cannot be read, or names an article or an assessment that is not there.
    """
    table = read_table(file, Menu)
    stop_at([*_wrong_rows(table, articles), *_wrong_assessments(table, assessments)])
    return table.rows


def read_sound_menu(file: Path, *, articles: Container[str]) -> Menu:
    """The menu of a file without the rows that are wrong.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    return read_sound_rows(file, Menu, lambda table: _wrong_rows(table, articles)).table.rows


def _wrong_rows(table: TableFile[Menu], articles: Container[str]) -> Iterator[Problem]:
    for index, question in enumerate(table.rows.questions):
        if question.article not in articles:
            yield _unknown(table, question.article, "articles", "questions", index, "article")
    for index, article in enumerate(table.rows.read_instead):
        if article not in articles:
            yield _unknown(table, article, "articles", "read_instead", index)
    inspection = table.rows.inspection
    if inspection and inspection not in articles:
        yield _unknown(table, inspection, "articles", "inspection")


def _wrong_assessments(table: TableFile[Menu], assessments: Container[str]) -> Iterator[Problem]:
    for index, named in enumerate(table.rows.assessments):
        if named not in assessments:
            yield _unknown(table, named, "assessments", "assessments", index)


def _unknown(table: TableFile[Menu], name: str, folder: str, *place: int | str) -> Problem:
    return table.problem(
        f"{name} is not in {folder}/", *place, fault=Fault.UNKNOWN, name=name, table=folder
    )
