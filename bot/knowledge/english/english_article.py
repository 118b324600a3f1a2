"""An article in English: how English speakers ask, the short answer, what is not confirmed."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.input import lengths
from bot.knowledge.files.problem import Fault, KnowledgeError
from bot.knowledge.files.table_file import read_table

FEWEST_ASKS, MOST_ASKS = 5, 8

SHORT_LIMIT = 1000
"""Characters of the answer: English has more of them than Vietnamese for the same."""

TITLE_LIMIT = 90


class EnglishArticle(BaseModel):
    """One file of `english/`. Grounds, dates and review are those of the article of its id.

    `made_from`: the mark of the Vietnamese text that it was made from (`Article.mark`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, max_length=lengths.ARTICLE_ID)
    title: str = Field(min_length=1, max_length=TITLE_LIMIT)
    subject: str = Field(min_length=1)
    asks: list[str] = Field(min_length=FEWEST_ASKS, max_length=MOST_ASKS)
    short: str = Field(min_length=1, max_length=SHORT_LIMIT)
    unconfirmed: str = ""
    reviewed: bool
    made_from: str = Field(pattern=r"^[0-9a-f]{8}$")


def read_english_article(file: Path) -> EnglishArticle:
    """The article in a file.

    Raises:
        KnowledgeError: a field is missing or wrong, or the id is not the file's name.
    """
    table = read_table(file, EnglishArticle)
    if table.rows.id != file.stem:
        raise KnowledgeError(
            [
                table.problem(
                    f"id: {table.rows.id} is not the file's name",
                    "id",
                    fault=Fault.FILE_NAME,
                    name=table.rows.id,
                )
            ]
        )
    return table.rows
