"""How the department is reached, read from `department.yml` and held against the articles."""

from collections.abc import Container, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.domain.assessments.assessment import Id
from bot.domain.enterprise.reach import email_of, phone_of
from bot.domain.talk.about_us import AboutUs
from bot.knowledge.files.problem import Fault, Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import TableFile, read_table, stop_at

LONGEST = 200
"""Letters of a value: one sentence holds it."""


def _link(text: str) -> str:
    if text and not text.startswith("https://"):
        raise ValueError("a link begins with https://")
    return text


def _telephone(text: str) -> str:
    if text and not phone_of(text):
        raise ValueError("no telephone number")
    return text


def _email(text: str) -> str:
    if text and not email_of(text):
        raise ValueError("no e-mail address")
    return text


Line = Annotated[str, Field(max_length=LONGEST)]
Link = Annotated[Line, AfterValidator(_link)]


class Department(BaseModel):
    """`department.yml`; empty where the department has filled in nothing.

    `articles`: what says more, by what is asked.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Line = ""
    address: Line = ""
    telephone: Annotated[Line, AfterValidator(_telephone)] = ""
    email: Annotated[Line, AfterValidator(_email)] = ""
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
