"""What of a knowledge base can be read, and where in its files something stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.domain.text.plain import without_accents
from bot.knowledge.articles.article import Article, read_article
from bot.knowledge.articles.article_folder import line_of_words
from bot.knowledge.english.english_article import EnglishArticle, read_english_article
from bot.knowledge.files.problem import KnowledgeError, Problem, reading_of
from bot.knowledge.files.source_file import (
    Anything,
    article_files,
    english_files,
    form_files,
    read_text,
)
from bot.knowledge.files.table_file import TableFile, read_table
from bot.knowledge.forms.form import Form
from bot.knowledge.forms.form_folder import read_form
from bot.knowledge.register import LegalDocument, Register

Read = TypeVar("Read")


@dataclass(frozen=True)
class Shelf:
    """What could be read, however much of it; articles and forms with their files."""

    articles: list[tuple[Path, Article]]
    register: TableFile[Register] | None
    english: list[tuple[Path, EnglishArticle]] = field(default_factory=list)
    forms: list[tuple[Path, Form]] = field(default_factory=list)

    @property
    def documents(self) -> dict[str, LegalDocument]:
        """The documents by id."""
        rows = self.register.rows.documents if self.register is not None else []
        return {document.id: document for document in rows}


def read_shelf(folder: Path) -> Shelf:
    """What of a knowledge base can be read; what cannot is left out."""
    articles = _readable(article_files(folder), read_article)
    english = _readable(english_files(folder), read_english_article)
    # Which articles and documents there are is told by the loader.
    form_of = partial(read_form, articles=Anything(), documents=Anything())
    forms = _readable(form_files(folder), form_of)
    file = folder / "register.yml"
    try:
        with reading_of(file):
            register = read_table(file, Register)
    except KnowledgeError:
        register = None
    return Shelf(articles, register, english, forms)


def _readable(files: Iterable[Path], read: Callable[[Path], Read]) -> list[tuple[Path, Read]]:
    found = []
    for file in files:
        try:
            with reading_of(file):
                found.append((file, read(file)))
        except KnowledgeError:
            continue
    return found


def at(file: Path, words: str, message: str) -> Problem:
    """A problem at the first line that holds these words; at the first line where none does."""
    return Problem(file, line_of_words(read_text(file), words), message)


def told(article: Article) -> str:
    """Everything that an owner reads of an article."""
    parts = (article.title, article.answer, article.detail, article.next_steps, article.verify_note)
    return "\n".join([*parts, article.changed, *(one.say for one in article.aspects.values())])


def bare(text: str) -> str:
    """Small letters without accents, every character at its place: patterns need no Vietnamese."""
    return without_accents(text.casefold())
