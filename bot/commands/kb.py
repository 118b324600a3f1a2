"""`donghanh kb`: the knowledge base, from the command line."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.domain.clock import VIETNAM, system_clock
from bot.knowledge.article import Article
from bot.knowledge.check import check as find_problems
from bot.knowledge.check import warnings
from bot.knowledge.library import read_knowledge
from bot.knowledge.overview import Overview, overview
from bot.knowledge.problem import Problem
from bot.settings import Settings

app = typer.Typer(help="The knowledge base.", no_args_is_help=True)

Folder = Annotated[Path | None, typer.Option(help="Folder to check instead of the one in use.")]


@app.callback()
def knowledge_base() -> None:
    """The knowledge base."""


@app.command()
def check(folder: Folder = None) -> None:
    """Says what is wrong, with file and line, and what expires, is unverified, lacks phrasings.

    Exit code 1 where something must be mended; warnings and lists do not fail.
    """
    place = folder or Settings().knowledge_dir
    today = system_clock().astimezone(VIETNAM).date()
    problems = find_problems(place, today)
    for line in report(place, problems, today):
        print(line)
    if problems:
        raise typer.Exit(1)


def report(folder: Path, problems: list[Problem], today: date) -> Iterator[str]:
    """The lines of the check; the lists only where the folder can be read."""
    yield from (f"problem: {problem}" for problem in problems)
    yield from (f"warning: {problem}" for problem in warnings(folder, today))
    if problems:
        yield f"problems: {len(problems)}"
        return
    knowledge = read_knowledge(folder)
    yield from _lists(overview(knowledge, today))
    phrasings = sum(len(article.phrasings) for article in knowledge.articles.values())
    yield (
        f"no problems: {len(knowledge.articles)} articles, {phrasings} phrasings, "
        f"{len(knowledge.documents)} documents"
    )


def _lists(found: Overview) -> Iterator[str]:
    yield from _list(
        "expires within 90 days",
        (f"{document.short}: last day {document.in_force_to}" for document in found.ending),
    )
    yield from _list(
        "review due within 90 days",
        (f"{article.id}: {article.review_due}" for article in found.reviews),
    )
    yield from _list(
        "unverified",
        (f"{article.id}: {_doubt(article)}" for article in found.unverified),
    )
    yield from _list(
        "lacks phrasings", (f"{article.id}: {len(article.phrasings)}" for article in found.thin)
    )


def _doubt(article: Article) -> str:
    return article.verify_note or "cites a document that nobody has confirmed"


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    yield f"{title}: {len(found)}"
    yield from (f"  {line}" for line in found)
