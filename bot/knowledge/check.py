"""What is wrong with a knowledge base, and what is only worth a look; for `donghanh kb check`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.domain.plain import plain
from bot.knowledge.article import Article, read_article
from bot.knowledge.library import read_knowledge
from bot.knowledge.problem import KnowledgeError, Problem
from bot.knowledge.register import DocumentStatus, LegalDocument, Register
from bot.knowledge.table_file import TableFile, read_table
from bot.knowledge.tables import read_tables

WITHOUT_END = "superseded, yet neither `replaced_by` nor `in_force_to` says by what or since when"


@dataclass(frozen=True)
class Shelf:
    """What could be read, however much of it. `articles` with their files."""

    articles: list[tuple[Path, Article]]
    register: TableFile[Register] | None

    @property
    def documents(self) -> dict[str, LegalDocument]:
        """The documents by id."""
        rows = self.register.rows.documents if self.register is not None else []
        return {document.id: document for document in rows}


def check(folder: Path, today: date) -> list[Problem]:
    """Everything that must be mended, each once, in the order of files and lines.

    Beside what the loader refuses: a phrasing that stands in two articles, dates that contradict
    each other, documents that name unknown ones, articles that lean on nothing that holds.
    """
    shelf = read_shelf(folder)
    problems = [
        *_refused(folder),
        *_phrasings_twice(shelf),
        *_wrong_documents(shelf),
        *_without_ground(shelf, today),
    ]
    return _ordered(problems)


def warnings(folder: Path, today: date) -> list[Problem]:
    """What does no harm yet: reviews that are due, statuses that the dates contradict."""
    shelf = read_shelf(folder)
    return _ordered([*_due_reviews(shelf, today), *_doubtful_statuses(shelf, today)])


def read_shelf(folder: Path) -> Shelf:
    """What of a knowledge base can be read; what cannot is left out."""
    articles = []
    for file in sorted((folder / "articles").rglob("*.md")):
        try:
            articles.append((file, read_article(file)))
        except KnowledgeError:
            continue
    try:
        register = read_table(folder / "register.yml", Register)
    except KnowledgeError:
        register = None
    return Shelf(articles, register)


def _ordered(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda problem: (problem.file, problem.line, problem.message))


def _refused(folder: Path) -> Iterator[Problem]:
    for read in (read_knowledge, read_tables):
        try:
            read(folder)
        except KnowledgeError as error:
            yield from error.problems


def _phrasings_twice(shelf: Shelf) -> Iterator[Problem]:
    found: dict[str, dict[str, tuple[Path, str]]] = defaultdict(dict)
    for file, article in shelf.articles:
        for phrasing in article.phrasings:
            found[plain(phrasing)].setdefault(article.id, (file, phrasing))
    for places in found.values():
        for id_, (file, phrasing) in places.items():
            others = ", ".join(other for other in places if other != id_)
            if others:
                yield _at(file, phrasing, f"“{phrasing}” stands in {others} too")


def _wrong_documents(shelf: Shelf) -> Iterator[Problem]:
    if shelf.register is None:
        return
    known = shelf.documents
    for place, document in enumerate(shelf.register.rows.documents):
        if _ends_before_it_begins(document):
            yield shelf.register.problem(
                f"{document.id} ends before it begins", "documents", place, "in_force_to"
            )
        for field in ("replaced_by", "amends"):
            for other in getattr(document, field):
                if other not in known or other == document.id:
                    yield shelf.register.problem(
                        f"{field}: {other} is no other document", "documents", place, field
                    )


def _ends_before_it_begins(document: LegalDocument) -> bool:
    start, end = document.in_force_from, document.in_force_to
    return start is not None and end is not None and end < start


def _without_ground(shelf: Shelf, today: date) -> Iterator[Problem]:
    documents = shelf.documents
    for file, article in shelf.articles:
        cited = [documents.get(source.document) for source in article.sources]
        held = [document for document in cited if document is None or document.holds_on(today)]
        if cited and not held:
            yield _at(file, "sources:", "cites only documents that no longer hold: not served")


def _due_reviews(shelf: Shelf, today: date) -> Iterator[Problem]:
    for file, article in shelf.articles:
        if article.review_due <= today:
            yield _at(file, "review_due:", f"the review is due since {article.review_due}")


def _doubtful_statuses(shelf: Shelf, today: date) -> Iterator[Problem]:
    if shelf.register is None:
        return
    for place, document in enumerate(shelf.register.rows.documents):
        ended = document.in_force_to is not None and document.in_force_to < today
        if document.status is DocumentStatus.IN_FORCE and ended:
            message = f"{document.id} is called in_force, yet ended on {document.in_force_to}"
        elif _is_silent_about_its_end(document):
            message = f"{document.id} is {WITHOUT_END}"
        elif document.status is DocumentStatus.PLANNED and _has_begun(document, today):
            message = f"{document.id} is called planned, yet began on {document.in_force_from}"
        else:
            continue
        yield shelf.register.problem(message, "documents", place, "status")


def _is_silent_about_its_end(document: LegalDocument) -> bool:
    superseded = document.status is DocumentStatus.SUPERSEDED
    return superseded and not document.replaced_by and document.in_force_to is None


def _has_begun(document: LegalDocument, today: date) -> bool:
    return document.in_force_from is not None and document.in_force_from <= today


def _at(file: Path, words: str, message: str) -> Problem:
    lines = file.read_text(encoding="utf-8").splitlines()
    return Problem(file, next((n for n, line in enumerate(lines, 1) if words in line), 1), message)
