"""Writes approved additions into the files of the knowledge base, for those who keep it in git.

And takes out of them what was withdrawn since: a later version, or nothing, stands there then.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from bot.domain.text.plain import plain
from bot.knowledge.additions.added_article import AddedArticle, file_text, tells_the_same
from bot.knowledge.articles.article import MIN_PHRASINGS, Article, read_article
from bot.knowledge.files.problem import KnowledgeError
from bot.knowledge.files.source_file import article_files, read_text
from bot.knowledge.settled_file import read_not_ours

NOT_OURS_FILE = "out_of_scope.yml"

_PHRASINGS = re.compile(r"^phrasings:[^\n]*\n(?:[ ]*- [^\n]*\n)+", re.MULTILINE)


class CannotTakeIn(Exception):
    """The files cannot hold it yet, or cannot let it go; the text says why."""


def take_in_phrasing(folder: Path, article: str, text: str) -> Path:
    """Appends a phrasing to the header of an article's file; does nothing where it is there.

    Raises:
        CannotTakeIn: the article has no file, or its header is written in an unusual way.
    """
    file = _file_of(folder, article)
    if file is None:
        raise CannotTakeIn(f"{article} has no file yet")
    content = _text(file)
    listed = _listed(file, content)
    if plain(text) not in {plain(line.partition("- ")[2]) for line in listed[0].splitlines()[1:]}:
        indent = listed[0].splitlines()[-1].partition("-")[0]
        line = f"{indent}- {_quoted(text)}\n"
        file.write_text(content[: listed.end()] + line + content[listed.end() :], encoding="utf-8")
    return file


def take_out_phrasing(folder: Path, article: str, text: str) -> None:
    """Takes a phrasing out of the header of an article's file; does nothing where it is not there.

    Raises:
        CannotTakeIn: the article would be left with too few, or its header is written otherwise.
    """
    file = _file_of(folder, article)
    if file is None:
        return
    content = _text(file)
    listed = _listed(file, content)
    first, *lines = listed[0].splitlines(keepends=True)
    kept = [line for line in lines if plain(line.partition("- ")[2]) != plain(text)]
    if len(kept) == len(lines):
        return
    if len(kept) < MIN_PHRASINGS:
        raise CannotTakeIn(f"{file} would be left with {len(kept)} phrasings: add another first")
    content = content[: listed.start()] + "".join([first, *kept]) + content[listed.end() :]
    file.write_text(content, encoding="utf-8")


def take_in_article(
    folder: Path, article: AddedArticle, earlier: Iterable[AddedArticle] = ()
) -> Path:
    """Writes an article's file, over that of an earlier version of it.

    Raises:
        CannotTakeIn: a file needs more phrasings, or the one that is there is not ours to change.
    """
    before = _file_of(folder, article.id)
    if before is not None:
        known = _unchanged(before, [article, *earlier])
        own = [text for one in earlier for text in one.phrasings]
        kept = {plain(text) for text in own}
        article = with_phrasings(
            article, [text for text in known.phrasings if plain(text) not in kept]
        )
    if article.lacks_phrasings:
        raise CannotTakeIn(f"{article.id} needs {article.lacks_phrasings} more phrasings")
    file = folder / "articles" / article.topic / f"{article.id}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(file_text(article), encoding="utf-8")
    if before is not None and before != file:
        before.unlink()
    return file


def take_out_article(folder: Path, article: Article) -> None:
    """Removes an article's file; does nothing where it is gone.

    Raises:
        CannotTakeIn: somebody has rewritten it since, so that it is not ours to remove.
    """
    file = _file_of(folder, article.id)
    if file is not None:
        _unchanged(file, [article])
        file.unlink()


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


def take_out_not_ours(folder: Path, text: str) -> None:
    """Takes a wording out of those that are not ours, and the file with the last one.

    Raises:
        CannotTakeIn: the file is broken.
    """
    file = folder / NOT_OURS_FILE
    if not file.exists():
        return
    lines = _text(file).splitlines(keepends=True)
    kept = [line for line in lines if not _is_item(line, text)]
    if len(kept) == len(lines):
        return
    if any(line.strip().startswith("- ") for line in kept):
        file.write_text("".join(kept), encoding="utf-8")
    else:
        # A list without a line would be none.
        file.unlink()


def with_phrasings(article: AddedArticle, texts: list[str]) -> AddedArticle:
    """The article with the wordings that it settles among its phrasings, each once."""
    known = {plain(phrasing) for phrasing in _asked(article)}
    more = [text for text in texts if plain(text) not in known]
    return article.model_copy(update={"phrasings": [*article.phrasings, *more]})


def _file_of(folder: Path, article: str) -> Path | None:
    return next((one for one in article_files(folder) if one.stem == article), None)


def _listed(file: Path, content: str) -> re.Match[str]:
    listed = _PHRASINGS.search(content)
    if listed is None:
        raise CannotTakeIn(f"{file}: the list `phrasings` is not one phrasing a line")
    return listed


def _unchanged(file: Path, versions: Iterable[Article]) -> Article:
    """The article in a file, where it is one of ours."""
    try:
        known = read_article(file)
    except KnowledgeError as error:
        raise CannotTakeIn(str(error)) from None
    if not any(tells_the_same(known, version) for version in versions):
        raise CannotTakeIn(f"{file} was written by an editor: change it there")
    return known


def _is_item(line: str, text: str) -> bool:
    mark, _, item = line.strip().partition(" ")
    return mark == "-" and plain(item) == plain(text)


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
