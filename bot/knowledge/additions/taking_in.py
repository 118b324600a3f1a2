"""Writes approved additions into the files of the knowledge base, for those who keep it in git."""

import json
import re
from pathlib import Path

from bot.domain.text.plain import plain
from bot.knowledge.additions.added_article import AddedArticle, file_text
from bot.knowledge.articles.article import Article
from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.files.source_file import article_files, read_text
from bot.knowledge.settled_file import read_not_ours

NOT_OURS_FILE = "out_of_scope.yml"

_PHRASINGS = re.compile(r"^phrasings:[^\n]*\n(?:[ ]*- [^\n]*\n)+", re.MULTILINE)


class CannotTakeIn(Exception):
    """The files cannot hold it yet; the text says why."""


def take_in_phrasing(folder: Path, article: str, text: str) -> Path:
    """Appends a phrasing to the header of an article's file; does nothing where it is there.

    Raises:
        CannotTakeIn: the article has no file, or its header is written in an unusual way.
    """
    file = next((one for one in article_files(folder) if one.stem == article), None)
    if file is None:
        raise CannotTakeIn(f"{article} has no file yet")
    content = _text(file)
    listed = _PHRASINGS.search(content)
    if listed is None:
        raise CannotTakeIn(f"{file}: the list `phrasings` is not one phrasing a line")
    if plain(text) not in {plain(line.partition("- ")[2]) for line in listed[0].splitlines()[1:]}:
        indent = listed[0].splitlines()[-1].partition("-")[0]
        line = f"{indent}- {_quoted(text)}\n"
        file.write_text(content[: listed.end()] + line + content[listed.end() :], encoding="utf-8")
    return file


def take_in_article(folder: Path, article: AddedArticle) -> Path:
    """Writes a new article's file.

    Raises:
        CannotTakeIn: a file needs more phrasings.
    """
    if article.lacks_phrasings:
        raise CannotTakeIn(f"{article.id} needs {article.lacks_phrasings} more phrasings")
    file = folder / "articles" / article.topic / f"{article.id}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(file_text(article), encoding="utf-8")
    return file


def take_in_not_ours(folder: Path, text: str) -> Path:
    """Appends a wording that is not ours; does nothing where it is there.

    Raises:
        CannotTakeIn: the file is broken.
    """
    file = folder / NOT_OURS_FILE
    try:
        known = {plain(one.text) for one in read_not_ours(file).questions}
    except KnowledgeError as error:
        raise CannotTakeIn(str(error)) from None
    if plain(text) not in known:
        before = _text(file) if file.exists() else "lines:\n"
        file.write_text(f"{before}  - {_quoted(text)}\n", encoding="utf-8")
    return file


def with_phrasings(article: AddedArticle, texts: list[str]) -> AddedArticle:
    """The article with the wordings that it settles among its phrasings, each once."""
    known = {plain(phrasing) for phrasing in _asked(article)}
    more = [text for text in texts if plain(text) not in known]
    return article.model_copy(update={"phrasings": [*article.phrasings, *more]})


def _text(file: Path) -> str:
    try:
        return read_text(file)
    except KnowledgeError as error:
        raise CannotTakeIn(str(error)) from None


def _asked(article: Article) -> list[str]:
    return [article.title, *article.phrasings]


def _quoted(text: str) -> str:
    # A string of JSON is one of YAML too.
    return json.dumps(text, ensure_ascii=False)
