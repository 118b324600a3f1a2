"""How the department is reached, read from `department.yml` and held against the articles."""

from collections.abc import Container, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.assessments.question import Id
from bot.domain.talk.about_us import AboutUs
from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import TableFile, read_table, stop_at
from bot.knowledge.office.office_reach import Email, Line, Link, Telephone


class Department(BaseModel):
    """`department.yml`; empty where the department has filled in nothing.

    `articles`: what says more, by what is asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line = ""
    address: Line = ""
    telephone: Telephone = ""
    email: Email = ""
    site: Link = ""
    map: Link = ""
    leader: Line = ""
    articles: dict[AboutUs, Id] = Field(default_factory=dict)

    @property
    def unfilled(self) -> list[str]:
        """The names of what is still empty, in the order of the file."""
        return [name for name in type(self).model_fields if not getattr(self, name)]


def read_department(file: Path, *, articles: Container[str]) -> Department:
    """What a file says; nothing where there is no such file, as in a folder of earlier days.

    Raises:
        KnowledgeError: a value is not what it should be, or an article is not there.
    """
    if not is_there(file):
        return Department()
    table = read_table(file, Department)
    stop_at(list(_wrong_rows(table, articles)))
    return table.rows


def read_sound_department(file: Path, *, articles: Container[str]) -> Department:
    """What a file says, without the articles that are not there.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return Department()
    department = read_table(file, Department).rows
    there = {asked: name for asked, name in department.articles.items() if name in articles}
    return department.model_copy(update={"articles": there})


def _wrong_rows(table: TableFile[Department], articles: Container[str]) -> Iterator[Problem]:
    for aspect, article in table.rows.articles.items():
        if article not in articles:
            yield table.problem(
                f"{article} is not in articles/",
                "articles",
                aspect,
                fault=Fault.UNKNOWN,
                name=article,
                table="articles",
            )
