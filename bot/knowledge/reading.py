"""One reading of a knowledge base: all that can be served, and everything that is wrong.

Nothing that an editor saves keeps the rest from being served (docs/adr/0017-one-bad-file.md).
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from bot.domain.office.routing import GENERAL_QUEUE
from bot.knowledge.articles.article import Article
from bot.knowledge.articles.article_folder import Known, read_article_folder
from bot.knowledge.english.english_folder import read_english_folder
from bot.knowledge.english.english_titles import EnglishTitle, read_english_titles
from bot.knowledge.fees.fee_file import read_sound_fees
from bot.knowledge.files.problem import Fault, KnowledgeError, Problem, ordered, reading_of
from bot.knowledge.files.source_file import (
    Anything,
    article_ids,
    broken_folders,
    misnamed_files,
)
from bot.knowledge.files.table_file import TableFile, read_sound_rows, read_table
from bot.knowledge.forms.form_folder import read_form_folder
from bot.knowledge.forms.forms import Forms
from bot.knowledge.glossary import Glossary
from bot.knowledge.glossary_file import read_sound_glossary
from bot.knowledge.matters.matter_file import read_sound_matters
from bot.knowledge.office.office import Office, OfficeFile, Topic, TopicFile
from bot.knowledge.periods.period_file import read_sound_periods
from bot.knowledge.products.product_file import read_sound_products
from bot.knowledge.products.risk_rule_file import read_sound_risk_rules
from bot.knowledge.register import LegalDocument, Register
from bot.knowledge.served import Knowledge
from bot.knowledge.settled_file import read_sound_lines
from bot.knowledge.support.support_file import read_sound_support
from bot.knowledge.tables import Tables, read_sound_tables

LEAST_OFFICES = Path(__file__).resolve().parent / "least_offices.yml"
"""The one office that is always there."""


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


Row = TypeVar("Row", bound=_WithId)
M = TypeVar("M", bound=BaseModel)
Read = TypeVar("Read")


@dataclass(frozen=True)
class Reading:
    """What is served, and what is wrong, in the order of files and lines."""

    knowledge: Knowledge
    tables: Tables
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Listed(Generic[Row]):
    """Rows by id, and the ids that the file names, be it in rows that are left out."""

    rows: dict[str, Row]
    named: Container[str]


def read_as_served(folder: Path, before: Reading | None = None) -> Reading:
    """The whole folder as it can be served. `before`: an earlier reading, for what is broken."""
    known = before.knowledge if before is not None else Knowledge({}, {}, {}, {})
    problems = misnamed_files(folder)
    register, offices_file = folder / "register.yml", folder / "offices.yml"
    documents = _listed(register, Register, _documents_of, known.documents, problems)
    offices = _listed(offices_file, OfficeFile, _offices_of, known.offices, problems)
    topics = _listed(folder / "topics.yml", TopicFile, _topics_of, known.topics, problems)
    _keep_general_queue(offices_file, offices, known.offices, problems)
    names = Known(documents.rows, documents.named, offices.named, topics.named)
    articles = _articles(folder, names, known.articles, problems)
    english, wrong_english = read_english_folder(folder, article_ids(folder), known.english)
    problems += wrong_english
    glossary = _glossary(folder, names, known.glossary, problems)
    tables, wrong = read_sound_tables(
        folder,
        offices=list(offices.rows.values()),
        topics=list(topics.rows.values()),
        named=_named_in(register=documents, offices=offices, topics=topics),
        before=before.tables if before is not None else None,
    )
    there = (article_ids(folder), documents.named)
    knowledge = Knowledge(
        articles=articles,
        documents=documents.rows,
        offices=offices.rows,
        topics=topics.rows,
        glossary=glossary.among(articles, documents.rows),
        products=_sound(
            folder / "products.yml",
            partial(read_sound_products, documents=documents.named, offices=offices.named),
            known.products,
            problems,
        ),
        fees=_sound(folder / "fees.yml", _beside(read_sound_fees, *there), known.fees, problems),
        periods=_sound(
            folder / "periods.yml", _beside(read_sound_periods, *there), known.periods, problems
        ),
        risk_rules=_sound(
            folder / "risk_rules.yml",
            _beside(read_sound_risk_rules, *there),
            known.risk_rules,
            problems,
        ),
        support=_sound(
            folder / "support.yml", _beside(read_sound_support, *there), known.support, problems
        ),
        matters=_sound(
            folder / "matters.yml",
            partial(read_sound_matters, articles=article_ids(folder)),
            known.matters,
            problems,
        ),
        forms=_forms(folder, names, known.forms, problems).among(articles, topics.rows),
        settled=_sound(folder / "out_of_scope.yml", read_sound_lines, known.settled, problems),
        english={id_: one for id_, one in english.items() if id_ in articles},
        english_titles=_untold(folder, articles.keys() - english.keys(), known, problems),
    )
    return Reading(knowledge, tables, tuple(ordered([*problems, *wrong])))


def _named_in(**files: _Listed[Any]) -> dict[str, Container[str]]:
    """What each file names, by the file's name."""
    return {f"{name}.yml": listed.named for name, listed in files.items()}


def _untold(
    folder: Path, untold: Container[str], known: Knowledge, problems: list[Problem]
) -> dict[str, EnglishTitle]:
    """The English titles of the articles that are not told in English."""
    titles = _sound(
        folder / "english_titles.yml", read_english_titles, known.english_titles, problems
    )
    return {id_: one for id_, one in titles.items() if id_ in untold}


def _listed(
    file: Path,
    model: type[M],
    rows_of: Callable[[M], Iterable[Row]],
    before: Mapping[str, Row],
    problems: list[Problem],
) -> _Listed[Row]:
    """The rows that are right; one that is not is served as it was before, or left out."""
    (name,) = model.model_fields
    try:
        with reading_of(file):
            sound = read_sound_rows(
                file, model, lambda table: _twice(table, name, rows_of(table.rows))
            )
    except KnowledgeError as error:
        problems += error.problems
        return _Listed(dict(before), Anything())
    problems += sound.problems
    rows = {row.id: row for row in rows_of(sound.table.rows)}
    left_out = [id_ for row in sound.left_out if (id_ := _id_of(row)) not in rows]
    rows |= {id_: before[id_] for id_ in left_out if id_ in before}
    return _Listed(rows, {*rows, *left_out})


def _id_of(row: Any) -> str:
    id_ = row.get("id") if isinstance(row, Mapping) else None
    # Whatever else stands there names nothing, and may be endless.
    return id_ if isinstance(id_, str) else ""


def _twice(table: TableFile[M], name: str, rows: Iterable[Row]) -> Iterable[Problem]:
    seen: set[str] = set()
    for place, row in enumerate(rows):
        if row.id in seen:
            yield table.problem(
                f"{row.id} stands here twice",
                name,
                place,
                "id",
                fault=Fault.TWICE,
                name=row.id,
                other=table.file.name,
            )
        seen.add(row.id)


def _keep_general_queue(
    file: Path, offices: _Listed[Office], before: Mapping[str, Office], problems: list[Problem]
) -> None:
    """Requests need a place to go, whatever became of the file."""
    if GENERAL_QUEUE in offices.rows:
        return
    if GENERAL_QUEUE not in offices.named:
        message = f"{GENERAL_QUEUE} is no office of ours in offices.yml"
        values = {"name": GENERAL_QUEUE, "table": "offices.yml"}
        problems.append(Problem(file, 0, message, Fault.UNKNOWN, values))
    least = read_table(LEAST_OFFICES, OfficeFile).rows.offices[0]
    offices.rows[GENERAL_QUEUE] = before.get(GENERAL_QUEUE, least)


def _articles(
    folder: Path, names: Known, before: Mapping[str, Article], problems: list[Problem]
) -> dict[str, Article]:
    problems += broken_folders(folder / "articles")
    found = read_article_folder(folder, names, before)
    problems += found.problems
    return found.articles


def _forms(folder: Path, names: Known, before: Forms, problems: list[Problem]) -> Forms:
    found, wrong = read_form_folder(
        folder, articles=article_ids(folder), documents=names.registered, before=before.by_id
    )
    problems += wrong
    return Forms(found)


def _glossary(folder: Path, names: Known, before: Glossary, problems: list[Problem]) -> Glossary:
    read = partial(
        read_sound_glossary,
        # By file names: an article that cannot be read is a problem once, not here again.
        articles=article_ids(folder),
        documents=names.registered,
        topics=names.topics,
    )
    return _sound(folder / "glossary.yml", read, before, problems)


def _sound(
    file: Path,
    read: Callable[[Path], tuple[Read, Sequence[Problem]]],
    before: Read,
    problems: list[Problem],
) -> Read:
    """What can be served of a file; what was served before, where nothing can."""
    try:
        with reading_of(file):
            found, wrong = read(file)
    except KnowledgeError as error:
        problems += error.problems
        return before
    problems += wrong
    return found


def _beside(
    read: Callable[..., tuple[Read, Sequence[Problem]]],
    articles: Container[str],
    documents: Container[str],
) -> Callable[[Path], tuple[Read, Sequence[Problem]]]:
    """The reader of a table that names articles and documents."""
    return partial(read, articles=articles, documents=documents)


def _documents_of(file: Register) -> list[LegalDocument]:
    return file.documents


def _offices_of(file: OfficeFile) -> list[Office]:
    return file.offices


def _topics_of(file: TopicFile) -> list[Topic]:
    return file.topics
