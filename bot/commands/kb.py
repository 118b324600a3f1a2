"""`donghanh kb`: the knowledge base, from the command line."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.approved_layer import ApprovedLayer
from bot.audit.check import check as find_problems
from bot.audit.check import warnings
from bot.audit.expiry import expiry
from bot.audit.impact import find_documents, impact, nearest_documents
from bot.audit.links import pages_of, unreachable
from bot.audit.look_alikes import look_alikes, told_problems
from bot.audit.overview import Overview, overview
from bot.audit.shelf import read_shelf
from bot.commands.groundwork.installed import installed_database, installed_settings
from bot.commands.groundwork.messages import fail
from bot.commands.kb_editor import PreviewChannel, is_article_id, new_article, preview
from bot.commands.kb_expiry import expiry_as_json, show_expiry
from bot.commands.kb_impact import impact_as_json, receivers_of, show_impact
from bot.commands.kb_offices import office_failures, unfilled_offices
from bot.commands.kb_settled import settled_failures, take_in_all
from bot.domain.clock import VIETNAM, system_clock
from bot.forms.made_forms import MadeForms
from bot.knowledge.articles.article import Article
from bot.knowledge.files.day import FIRST_DAY, LAST_DAY
from bot.knowledge.files.problem import Fault, KnowledgeError, Problem, ordered
from bot.knowledge.library import Knowledge, Library, read_knowledge
from bot.knowledge.office.department import read_department
from bot.knowledge.reading import Reading, read_as_served
from bot.knowledge.register import LegalDocument
from bot.search.vectors.embedder import load_embedder
from bot.services.answering.groundwork.product_words import product_words
from bot.services.upkeep.broken_files import reason_of
from bot.settings import Settings
from bot.texts import default_texts

app = typer.Typer(help="The knowledge base.", no_args_is_help=True)

Folder = Annotated[Path | None, typer.Option(help="Folder to look at instead of the one in use.")]


def _within_reach(day: datetime | None) -> datetime | None:
    if day is not None and not FIRST_DAY <= day.date() <= LAST_DAY:
        fail(default_texts().say("upkeep.day_beyond", since=FIRST_DAY, until=LAST_DAY))
    return day


On = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d", "%d/%m/%Y"],
        callback=_within_reach,
        help="As of this day instead of today.",
    ),
]
Until = Annotated[
    datetime,
    typer.Option(
        "--on",
        formats=["%Y-%m-%d", "%d/%m/%Y"],
        callback=_within_reach,
        help="Up to which day to look.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")]


@app.callback()
def knowledge_base() -> None:
    """The knowledge base."""


@app.command()
def check(
    folder: Folder = None,
    on: On = None,
    *,
    quick: Annotated[
        bool, typer.Option("--quick", help="Skip the search for articles that look alike.")
    ] = False,
    words: Annotated[
        bool, typer.Option("--words", help="Let the search compare words only, not meaning.")
    ] = False,
) -> None:
    """Says what is wrong, with file and line, and what expires, is unverified, lacks phrasings.

    Exit code 1 where something must be mended; warnings and lists do not fail. Whether the search
    can tell all articles apart takes about a minute; `--quick` leaves that out.
    """
    settings = installed_settings()
    place = folder or settings.knowledge_dir
    today = on.date() if on is not None else _today()
    served = _laid_over(read_as_served(place).knowledge, settings if folder is None else None)
    reviews = {article.id: article.review_due for article in served.articles.values()}
    problems, warned = find_problems(place, today, reviews), warnings(place, today, reviews)
    if not problems and not quick:
        alike, hard = _look_alikes(place, None if words else settings)
        problems, warned = alike, ordered([*warned, *hard])
    failed = _failures_of_installation(settings) if folder is None else []
    for line in (*report(place, problems, warned, today), *failed):
        print(line)
    if problems or failed:
        raise typer.Exit(1)


def _failures_of_installation(settings: Settings) -> list[str]:
    """What the installation's database holds and these files no longer serve."""
    failed = settled_failures(settings)
    try:
        return [*failed, *office_failures(settings, read_knowledge(settings.knowledge_dir))]
    except KnowledgeError:
        # Told already, with file and line.
        return failed


@app.command("take-in")
def take_in() -> None:
    """Writes what officers approved in the console into the files, for those who keep them in git.

    It is served all the same without; what the files cannot hold yet stays in the database.
    """
    settings = installed_settings()
    database = installed_database(settings)
    if database is None:
        fail("there is no database yet: nothing was approved")
    count = 0
    for line in take_in_all(database, settings.knowledge_dir, now=system_clock()):
        print(line)
        count += 1
    print(f"approved conclusions seen: {count}")


@app.command()
def expire(until: Until, folder: Folder = None, *, as_json: AsJson = False) -> None:
    """Shows what will stop being served by a day, and when which office is warned."""
    today = _today()
    settings = installed_settings() if folder is None else None
    knowledge = _laid_over(_read(folder).knowledge, settings)
    found = expiry(knowledge, today, until.date())
    if as_json:
        _print_json(expiry_as_json(found, since=today, until=until.date()))
        return
    show_expiry(found, knowledge, default_texts(), since=today, until=until.date())


@app.command("impact")
def show_what_it_touches(
    document: Annotated[str, typer.Argument(help="Id, number or its beginning: 37/2026.")],
    folder: Folder = None,
    on: On = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Shows which articles, terms and documents a change of one document touches, and who was told.

    Who was given these articles in the last 90 days is read from the installation's database.
    """
    reading = _read(folder)
    knowledge, assessments = reading.knowledge, reading.tables.assessments
    today = on.date() if on is not None else _today()
    found = impact(knowledge, assessments, _the_document(knowledge, document), today)
    told = receivers_of(installed_settings(), found, knowledge, now=system_clock())
    if as_json:
        _print_json(impact_as_json(found, told, today))
        return
    show_impact(found, told, knowledge, default_texts(), today)


@app.command("product")
def show_product(
    wish: Annotated[str, typer.Argument(help="A product's name or HS code, as an owner says it.")],
    folder: Folder = None,
) -> None:
    """Shows how a product is listed and what must be done for it, in order."""
    knowledge, texts = _read(folder).knowledge, default_texts()
    found = knowledge.products.named_in(wish)
    if not found:
        fail(texts.say("product.unknown"))
    print("\n\n".join(product_words(one, knowledge, texts) for one in found))


@app.command("new")
def begin_article(
    topic: Annotated[str, typer.Argument(help="The topic's id, as topics.yml has it.")],
    article: Annotated[str, typer.Argument(help="The article's id: small letters and hyphens.")],
    folder: Folder = None,
) -> None:
    """Writes the file of a new article, with a word on each field, and says where it lies."""
    texts, place = default_texts(), _place(folder)
    known = read_as_served(place).knowledge.topics.get(topic)
    if known is None or not is_article_id(article):
        fail(texts.say("upkeep.new_article_refused", topic=topic, article=article))
    try:
        print(new_article(place, known, article, _today()))
    except FileExistsError:
        fail(texts.say("upkeep.new_article_exists", article=article))


@app.command("preview")
def preview_article(
    article: Annotated[str, typer.Argument(help="The article's id.")],
    folder: Folder = None,
    channel: Annotated[
        PreviewChannel, typer.Option(help="As which channel carries it.")
    ] = PreviewChannel.TERMINAL,
) -> None:
    """Shows what an owner reads of an article: the answer, each aspect, the detail."""
    reading = read_as_served(_place(folder))
    own = [str(one) for one in reading.problems if one.file.stem == article]
    found = reading.knowledge.articles.get(article)
    if found is None:
        fail("\n".join(own) or default_texts().say("upkeep.no_such_article", article=article))
    print("\n\n".join(preview(found, reading.knowledge, default_texts(), channel, _today())))
    if own:
        fail("\n".join(own))


@app.command("links")
def check_links(folder: Folder = None) -> None:
    """Asks every official page that articles name whether it is there; needs a network.

    Exit code 1 where one does not answer.
    """
    pages = pages_of(_read(folder).knowledge.articles.values())
    faults = list(unreachable(pages))
    for page, fault in faults:
        print(f"{page.address}: {fault}; {', '.join(page.articles)}")
    print(f"pages: {len(pages)}, not reached: {len(faults)}")
    if faults:
        raise typer.Exit(1)


@app.command("forms")
def list_forms(
    folder: Folder = None,
    write: Annotated[Path | None, typer.Option(help="Folder to write the files into.")] = None,
) -> None:
    """Lists the forms that owners download, each with the checksum of its file."""
    place = _place(folder)
    _read(place)
    made = MadeForms(Library(place), default_texts()).all()
    for one in made:
        form = one.form
        print(f"{one.address}  {one.digest}")
        print(f"  {form.name}; {', '.join(form.articles)}; {form.review_due:%d/%m/%Y}")
        if write is not None:
            write.mkdir(parents=True, exist_ok=True)
            (write / form.file_name).write_bytes(one.content)
    print(f"forms: {len(made)}")


def _the_document(knowledge: Knowledge, wish: str) -> LegalDocument:
    """The one document that is meant; ends the command where it is none or several."""
    found = find_documents(knowledge, wish)
    if len(found) != 1:
        fail(_which(knowledge, wish, found))
    return found[0]


def _which(knowledge: Knowledge, wish: str, found: list[LegalDocument]) -> str:
    texts = default_texts()
    names = "; ".join(one.short for one in found or nearest_documents(knowledge, wish))
    if found:
        return texts.say("upkeep.document_several", wish=wish, names=names)
    if names:
        return texts.say("upkeep.document_nearest", wish=wish, names=names)
    return texts.say("upkeep.document_unknown", wish=wish)


def _look_alikes(folder: Path, settings: Settings | None) -> tuple[list[Problem], list[Problem]]:
    """Pairs that nothing tells apart, and pairs that little does."""
    embedder = None
    if settings is not None and settings.sentence_vectors:
        embedder = load_embedder(settings.cache)
    found = look_alikes(read_knowledge(folder), embedder)
    shelf = read_shelf(folder)
    alike = told_problems(shelf, [pair for pair in found if pair.is_problem])
    hard = told_problems(shelf, [pair for pair in found if not pair.is_problem])
    return ordered(alike), ordered(hard)


def _read(folder: Path | None) -> Reading:
    """The whole folder; ends the command where anything is wrong with it."""
    reading = read_as_served(_place(folder))
    if reading.problems:
        fail("\n".join(map(str, reading.problems)))
    return reading


def _laid_over(knowledge: Knowledge, settings: Settings | None) -> Knowledge:
    """With what officers approved and reviewed; `settings`: of the installation, None for none."""
    database = installed_database(settings) if settings is not None else None
    if database is None:
        return knowledge
    found = ApprovedLayer(database).over(knowledge)
    database.close()
    return found


def _place(folder: Path | None) -> Path:
    return folder or installed_settings().knowledge_dir


def _today() -> date:
    return system_clock().astimezone(VIETNAM).date()


def _print_json(value: dict[str, object]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def report(
    folder: Path, problems: list[Problem], warned: list[Problem], today: date
) -> Iterator[str]:
    """The lines of the check; the lists only where the folder has no problem."""
    for problem in problems:
        yield f"problem: {problem}"
        if problem.fault is not Fault.OTHER:
            yield f"  {reason_of(problem, default_texts())}"
    yield from (f"warning: {problem}" for problem in warned)
    if problems:
        yield f"problems: {len(problems)}"
        return
    knowledge = read_knowledge(folder)
    yield from _lists(overview(knowledge, today))
    department = read_department(folder / "department.yml", articles=knowledge.articles)
    yield from _list("not filled in, department.yml", department.unfilled)
    yield from _list("not filled in, offices.yml", unfilled_offices(knowledge))
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
