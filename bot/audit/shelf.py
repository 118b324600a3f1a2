"""What of a knowledge base can be read, and where in its files something stands."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.text.plain import without_accents
from bot.knowledge.articles.article import Article, read_article
from bot.knowledge.articles.article_folder import line_of_words
from bot.knowledge.english.english_article import EnglishArticle, read_english_article
from bot.knowledge.files.problem import KnowledgeError, Problem, reading_of
from bot.knowledge.files.source_file import article_files, english_files, read_text
from bot.knowledge.files.table_file import TableFile, read_table
from bot.knowledge.register import LegalDocument, Register


@dataclass(frozen=True)
class Shelf:
    """What could be read, however much of it. `articles` and `english` with their files."""

    articles: list[tuple[Path, Article]]
    register: TableFile[Register] | None
    english: list[tuple[Path, EnglishArticle]] = field(default_factory=list)

    @property
    def documents(self) -> dict[str, LegalDocument]:
        """The documents by id."""
        rows = self.register.rows.documents if self.register is not None else []
        return {document.id: document for document in rows}


def read_shelf(folder: Path) -> Shelf:
    """What of a knowledge base can be read; what cannot is left out."""
    articles = []
    for file in article_files(folder):
        try:
            with reading_of(file):
                articles.append((file, read_article(file)))
        except KnowledgeError:
            continue
    english = []
    for file in english_files(folder):
        try:
            with reading_of(file):
                english.append((file, read_english_article(file)))
        except KnowledgeError:
            continue
    file = folder / "register.yml"
    try:
        with reading_of(file):
            register = read_table(file, Register)
    except KnowledgeError:
        register = None
    return Shelf(articles, register, english)


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
