"""`donghanh kb impact`: as tables in Vietnamese, and as JSON."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect

from bot.audit.impact import Impact, Touched
from bot.commands.groundwork.installed import installed_database
from bot.commands.groundwork.table import Table
from bot.domain.correction import REMEMBERED
from bot.given_settings import WrongSettings
from bot.knowledge.library import Knowledge
from bot.knowledge.register import LegalDocument
from bot.services.corrections.receivers import AllReceivers, Receivers, receivers
from bot.settings import Settings
from bot.storage.models import GivenAnswer
from bot.texts import Texts

RELATIONS = ("amends", "amended_by", "replaces", "replaced_by")


def receivers_of(
    settings: Settings, found: Impact, knowledge: Knowledge, *, now: datetime
) -> AllReceivers | None:
    """Who was given the articles that are touched; None where no database is at hand."""
    try:
        database = installed_database(settings)
    except WrongSettings:
        return None
    if database is None:
        return None
    try:
        # One of before an upgrade has not begun to note it.
        if not inspect(database.engine).has_table(GivenAnswer.__tablename__):
            return None
        with database.reading() as session:
            touched = [one.article.id for one in found.articles]
            return receivers(session, knowledge, touched, now=now)
    finally:
        database.close()


def show_impact(
    found: Impact, told: AllReceivers | None, knowledge: Knowledge, texts: Texts, today: date
) -> None:
    """Prints what the document touches, and who was told of it."""
    for line in _heading(found.document, texts, today):
        print(line)
    for table in (
        _articles(found, knowledge, texts),
        _receivers(told, texts),
        _related(found, texts),
    ):
        table.show()
    print()
    for line in (*_sums(found, texts), _receivers_sum(told, texts)):
        print(line)


def impact_as_json(found: Impact, told: AllReceivers | None, today: date) -> dict[str, Any]:
    """The same, with ids; `conversations` is null where no database is at hand."""
    return {
        "document": found.document.id,
        "short": found.document.short,
        "status": found.document.status_on(today),
        "articles": [_as_json(one, told) for one in found.articles],
        "conversations": None if told is None else told.conversations,
        **{name: [one.id for one in getattr(found, name)] for name in RELATIONS},
        "terms": found.terms,
        "assessments": found.assessments,
        "phrasings": found.phrasings,
        "falls_silent": [one.article.id for one in found.silent],
    }


def _as_json(one: Touched, told: AllReceivers | None) -> dict[str, Any]:
    receivers = None if told is None else told.of(one.article.id)
    return {
        "article": one.article.id,
        "clauses": list(one.clauses),
        "cited": one.is_cited,
        "office": one.office,
        "phrasings": len(one.article.phrasings),
        "falls_silent": one.falls_silent,
        "given": None if receivers is None else dict(receivers.channels),
        "given_older_text": None if receivers is None else receivers.older,
    }


def _heading(document: LegalDocument, texts: Texts, today: date) -> Iterator[str]:
    yield texts.say("upkeep.document", name=document.short, title=document.title)
    yield texts.say(
        "upkeep.document_dates",
        status=texts.say(f"upkeep.status_{document.status_on(today)}"),
        in_force_from=document.in_force_from,
        in_force_to=document.in_force_to,
    )


def _articles(found: Impact, knowledge: Knowledge, texts: Texts) -> Table:
    names = ("article", "clause", "office", "phrasings", "lapse")
    return Table(
        texts.say("upkeep.title_articles"),
        [texts.say(f"upkeep.heading_{name}") for name in names],
        [_row(one, knowledge, texts) for one in found.articles],
    )


def _row(one: Touched, knowledge: Knowledge, texts: Texts) -> list[str]:
    way = "silent" if one.falls_silent else "weakened" if one.is_cited else "named"
    return [
        one.article.id,
        "; ".join(clause for clause in one.clauses if clause),
        knowledge.office(one.office).short,
        str(len(one.article.phrasings)),
        texts.say(f"upkeep.lapse_{way}"),
    ]


def _receivers(told: AllReceivers | None, texts: Texts) -> Table:
    names = ("article", "conversations", "channels", "older")
    return Table(
        texts.say("upkeep.title_receivers", days=REMEMBERED.days),
        [texts.say(f"upkeep.heading_{name}") for name in names],
        [_told_row(*one) for one in (told.articles.items() if told is not None else ())],
    )


def _told_row(article: str, told: Receivers) -> list[str]:
    channels = "; ".join(f"{name} {count}" for name, count in told.channels.items())
    return [article, str(sum(told.channels.values())), channels, str(told.older)]


def _receivers_sum(told: AllReceivers | None, texts: Texts) -> str:
    if told is None:
        return texts.say("upkeep.impact_no_database")
    return texts.say("upkeep.impact_receivers", count=told.conversations, days=REMEMBERED.days)


def _related(found: Impact, texts: Texts) -> Table:
    return Table(
        texts.say("upkeep.title_related"),
        [texts.say("upkeep.heading_relation"), texts.say("upkeep.heading_document")],
        [
            [texts.say(f"upkeep.relation_{name}"), other.short]
            for name in RELATIONS
            for other in getattr(found, name)
        ],
    )


def _sums(found: Impact, texts: Texts) -> Iterator[str]:
    yield texts.say(
        "upkeep.impact_sum",
        count=sum(one.is_cited for one in found.articles),
        phrasings=found.phrasings,
        silent=len(found.silent),
    )
    if found.terms:
        yield texts.say("upkeep.impact_terms", terms=", ".join(found.terms))
    if found.assessments:
        yield texts.say("upkeep.impact_assessments", assessments=", ".join(found.assessments))
