"""The glossary of `glossary.yml`: terms, what owners confuse them with, and what they were called.

It tells the search which words mean the same, and a reply when to put a word right, gently.
"""

from collections.abc import Container, Iterator
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.text.plain import plain
from bot.knowledge.files.day import Day

Phrase = Annotated[str, Field(min_length=1)]
FactId = Annotated[str, Field(pattern=r"^F\d+\.\d{2}$")]


class Term(BaseModel):
    """A word of the field. `article` explains it, where one does.

    `capitals`: shorthand that means it only in capitals; in small letters it is a common word.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: Phrase
    meaning: Phrase
    topic: str
    synonyms: list[Phrase] = Field(default_factory=list)
    capitals: list[Annotated[str, Field(pattern=r"^[A-Z]{2,}$")]] = Field(default_factory=list)
    article: str | None
    facts: list[FactId]

    @property
    def words(self) -> list[str]:
        """The name and all that means the same."""
        return [self.name, *self.synonyms]


class Confusion(BaseModel):
    """Words said where a term is meant; minded where one of `articles` answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    said: list[Phrase] = Field(min_length=1)
    meant: str
    difference: Phrase
    explained_in: str
    articles: list[str] = Field(min_length=1)
    facts: list[FactId]


class Change(StrEnum):
    """What became of an old term: another name, another rule, or nothing of its kind."""

    NAME = "name"
    RULE = "rule"
    GONE = "gone"


class OldTerm(BaseModel):
    """What something was called. `since` None: since its document is in force.

    Minded where an article of `topics` answers, or any where that is empty; never in `not_in`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    said: list[Phrase] = Field(min_length=1)
    old: Phrase
    now: Phrase
    kind: Change
    since: Day | None = None
    document: str | None
    topics: list[str] = Field(default_factory=list)
    not_in: list[str] = Field(default_factory=list)
    facts: list[FactId] = Field(min_length=1)


class Glossary(BaseModel):
    """All of it, in the order of the file: what stands first is minded first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    asks_meaning: list[Phrase] = Field(default_factory=list)
    terms: list[Term] = Field(default_factory=list)
    confusions: list[Confusion] = Field(default_factory=list)
    old_terms: list[OldTerm] = Field(default_factory=list)

    def among(self, articles: Container[str], documents: Container[str]) -> "Glossary":
        """The glossary beside what is served: it names no article and no document left out."""
        terms = [
            term
            if term.article is None or term.article in articles
            else term.model_copy(update={"article": None})
            for term in self.terms
        ]
        old = [one for one in self.old_terms if one.document is None or one.document in documents]
        return Glossary(
            asks_meaning=self.asks_meaning,
            terms=terms,
            confusions=self.confusions,
            old_terms=old,
        )

    def term(self, id_: str) -> Term:
        """The term of an id, which the reading has checked."""
        return next(term for term in self.terms if term.id == id_)

    def explained_by(self, text: str) -> str | None:
        """The article on the one term that is the whole of a text, in any spelling; else None."""
        named = self.articles_of_words.get(plain(text)) or self.articles_of_words.get(text.strip())
        return next(iter(named)) if named and len(named) == 1 else None

    @cached_property
    def articles_of_words(self) -> dict[str, set[str | None]]:
        """What explains each word, in bare letters; shorthand in its capitals."""
        found: dict[str, set[str | None]] = {}
        for term in self.terms:
            for word in [*map(plain, term.words), *term.capitals]:
                found.setdefault(word, set()).add(term.article)
        return found

    def synonyms(self, article_id: str) -> Iterator[str]:
        """Other words for what an article explains."""
        for term in self.terms:
            if term.article == article_id:
                yield from term.words
