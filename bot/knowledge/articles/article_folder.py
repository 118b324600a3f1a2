"""All articles of a knowledge base: what can be served, and what cannot and why."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.articles.article import Article, article_of
from bot.knowledge.files.problem import Fault, KnowledgeError, Problem, reading_of
from bot.knowledge.files.source_file import (
    article_files,
    article_ids,
    broken_folders,
    is_there,
    read_text,
)


@dataclass(frozen=True)
class Known:
    """The ids that an article may name.

    `documents` are those that can be cited; `registered` those that the register names, be it in
    a row that is left out: such a row is a problem there, and not in every article again.
    """

    documents: Container[str]
    registered: Container[str]
    offices: Container[str]
    topics: Container[str]


@dataclass(frozen=True)
class ArticleFolder:
    """The articles by id, in the order of their paths, and the problems of all files."""

    articles: dict[str, Article]
    problems: list[Problem]


@dataclass(frozen=True)
class _Read:
    """A file that holds an article, whether or not all that it names is there."""

    file: Path
    text: str
    article: Article


def read_article_folder(folder: Path, known: Known, before: Mapping[str, Article]) -> ArticleFolder:
    """The articles as they can be served. `before`: the last good reading of each.

    A file that cannot be read, or that names a document, office or topic that is not there, is
    served as it was before. Without a reading before it is left out, unless other documents that
    it cites are there: then it is served with those.
    """
    problems: list[Problem] = []
    files: dict[str, _Read | None] = {}
    for file in article_files(folder):
        read = _read(file, problems)
        first = files.setdefault(file.stem, read)
        if first is not read and read is not None:
            if first is None:
                files[file.stem] = read
            else:
                problems.append(_twice(file, first.file, folder))
    names = article_ids(folder)
    # Below a folder that is gone or closed nobody deleted article by article.
    kept = (
        [id_ for id_ in before if id_ not in files] if broken_folders(folder / "articles") else []
    )
    articles: dict[str, Article] = {}
    files |= dict.fromkeys(kept)
    for id_, read in files.items():
        wrong = [] if read is None else list(_unknown(read, known))
        problems += wrong
        candidates = [before.get(id_), read.article if read else None]
        if not wrong:
            candidates.reverse()
        served = (_fitting(article, known) for article in candidates if article is not None)
        if (fitting := next(filter(None, served), None)) is not None:
            articles[id_] = fitting
    problems += [problem for read in files.values() if read for problem in _relations(read, names)]
    return ArticleFolder(_among_themselves(articles), problems)


def _read(file: Path, problems: list[Problem]) -> _Read | None:
    """The article of a file; None where it holds none, with its problems added."""
    try:
        with reading_of(file):
            text = read_text(file)
            return _Read(file, text, article_of(file, text))
    except KnowledgeError as error:
        # Deleted between the listing and the reading: nothing is wrong, and nothing is there.
        if is_there(file):
            problems += error.problems
        return None


def _unknown(read: _Read, known: Known) -> Iterator[Problem]:
    article = read.article
    for source in article.sources:
        if source.document not in known.registered:
            yield _not_in(read, source.document, source.document, "register.yml")
    if article.office not in known.offices:
        yield _not_in(read, article.office, "office:", "offices.yml")
    if article.topic not in known.topics:
        yield _not_in(read, article.topic, "topic:", "topics.yml")


def _not_in(read: _Read, name: str, words: str, table: str) -> Problem:
    return Problem(
        read.file,
        line_of_words(read.text, words),
        f"{name} is not in {table}",
        Fault.UNKNOWN,
        {"name": name, "table": table},
    )


def _fitting(article: Article, known: Known) -> Article | None:
    """The article with the sources that are there; None where it cannot be served."""
    if article.office not in known.offices:
        return None
    if article.topic not in known.topics:
        return None
    sources = [source for source in article.sources if source.document in known.documents]
    if len(sources) == len(article.sources):
        return article
    return article.model_copy(update={"sources": sources}) if sources else None


def _relations(read: _Read, names: Container[str]) -> Iterator[Problem]:
    """Relations to what has no file. One whose file cannot be read is a problem there, not here."""
    for other in read.article.related:
        if other not in names:
            yield Problem(
                read.file,
                line_of_words(read.text, "related:"),
                f"related: {other} is no article",
                Fault.UNKNOWN,
                {"name": other, "table": "articles"},
            )


def _among_themselves(articles: dict[str, Article]) -> dict[str, Article]:
    """The articles with their relations to each other only."""
    return {
        id_: article
        if all(other in articles for other in article.related)
        else article.model_copy(
            update={"related": [other for other in article.related if other in articles]}
        )
        for id_, article in articles.items()
    }


def _twice(file: Path, first: Path, folder: Path) -> Problem:
    other = first.relative_to(folder).as_posix()
    return Problem(
        file,
        0,
        f"{file.stem} stands in {other} too",
        Fault.TWICE,
        {"name": file.stem, "other": other},
    )


def line_of_words(text: str, words: str) -> int:
    """The first line that holds these words; the first of all where none does."""
    return next((n for n, line in enumerate(text.split("\n"), 1) if words in line), 1)
