"""An article written in the console, checked by the rules of the files, and its text as a file."""

import io
import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field, ValidationError, field_validator
from ruamel.yaml import YAML

from bot.domain.text.plain import plain
from bot.knowledge.articles.article import (
    ANSWER_LIMIT,
    DETAIL_HEADING,
    MIN_PHRASINGS,
    NEXT_HEADING,
    Article,
    ArticleHeader,
)

FEWEST_PHRASINGS = 3
"""Beside the group's own words; a file needs more, which is asked for when it is taken in."""

ID_LIMIT = 60

_HEADING = re.compile(r"^#", re.MULTILINE)


class AddedArticle(Article):
    """An article as an officer writes it: all rules of a file, with fewer phrasings to begin."""

    phrasings: list[str] = Field(min_length=FEWEST_PHRASINGS)
    answer: str = Field(min_length=1, max_length=ANSWER_LIMIT)

    @field_validator("answer", "detail", "next_steps")
    @classmethod
    def _without_headings(cls, text: str) -> str:
        if _HEADING.search(text):
            raise ValueError("a line must not begin with #")
        return text

    @property
    def lacks_phrasings(self) -> int:
        """How many more a file needs."""
        return max(0, MIN_PHRASINGS - len(self.phrasings))


TOLD = (
    "title", "button", "subject", "topic", "office", "sources", "verify", "verify_note",
    "answer", "detail", "next_steps",
)  # fmt: skip
"""What an officer writes of an article; phrasings and reviews are added to it later."""


def tells_the_same(article: Article, other: Article) -> bool:
    """Whether nobody has rewritten one of them; more phrasings or a later review count for none."""
    return all(getattr(article, name) == getattr(other, name) for name in TOLD)


def has_ground(fields: Mapping[str, Any]) -> bool:
    """Whether an article names what it leans on, or says what is uncertain."""
    return bool(fields.get("sources")) or bool(str(fields.get("verify_note") or "").strip())


def wrong_fields(fields: Mapping[str, Any]) -> list[str]:
    """The names of the fields that a file's rules refuse, each once, in the order of the form."""
    try:
        AddedArticle.model_validate(dict(fields))
    except ValidationError as error:
        named = (str(details["loc"][0]) if details["loc"] else "" for details in error.errors())
        return list(dict.fromkeys(named))
    return []


def id_of(title: str) -> str:
    """An id made of a title: its plain words, at most 60 letters, whole words only."""
    words = "-".join(re.findall(r"[a-z0-9]+", plain(title)))
    return words if len(words) <= ID_LIMIT else words[: ID_LIMIT + 1].rpartition("-")[0]


def file_text(article: Article) -> str:
    """The article as its Markdown file."""
    header = {
        name: value
        for name, value in article.model_dump(mode="python").items()
        if name in ArticleHeader.model_fields and not (name == "verify_note" and not value)
    }
    yaml = YAML()
    yaml.width = 10_000
    stream = io.StringIO()
    yaml.dump(header, stream)
    parts = [f"---\n{stream.getvalue()}---\n{article.answer}\n"]
    for heading, text in ((DETAIL_HEADING, article.detail), (NEXT_HEADING, article.next_steps)):
        if text:
            parts.append(f"\n## {heading}\n\n{text}\n")
    return "".join(parts)
