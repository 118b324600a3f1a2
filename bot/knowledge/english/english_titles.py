"""What the articles that are not told in English are about, so that questions on them are known."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.input import lengths
from bot.knowledge.english.english_article import TITLE_LIMIT
from bot.knowledge.files.problem import Problem
from bot.knowledge.files.source_file import is_there
from bot.knowledge.files.table_file import read_sound_rows


class EnglishTitle(BaseModel):
    """An article by its title in English, and more ways to ask about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1, max_length=lengths.ARTICLE_ID)
    title: str = Field(min_length=1, max_length=TITLE_LIMIT)
    asks: list[str] = Field(default_factory=list)


class EnglishTitleFile(BaseModel):
    """`english_titles.yml`."""

    model_config = ConfigDict(extra="forbid")

    titles: list[EnglishTitle] = Field(default_factory=list)


def read_english_titles(file: Path) -> tuple[dict[str, EnglishTitle], list[Problem]]:
    """The titles by id, without the rows that are wrong, and what is wrong with those.

    Raises:
        KnowledgeError: the file cannot be read at all.
    """
    if not is_there(file):
        return {}, []
    sound = read_sound_rows(file, EnglishTitleFile, lambda _table: ())
    return {one.id: one for one in sound.table.rows.titles}, sound.problems
