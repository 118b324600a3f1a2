"""`donghanh kb impact`: as tables in Vietnamese, and as JSON."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.audit.impact import Impact, Touched
from bot.commands.table import Table
from bot.knowledge.library import Knowledge
from bot.knowledge.register import LegalDocument
from bot.texts import Texts

RELATIONS = ("amends", "amended_by", "replaces", "replaced_by")


def show_impact(found: Impact, knowledge: Knowledge, texts: Texts, today: date) -> None:
    """Prints what the document touches."""
    for line in _heading(found.document, texts, today):
        print(line)
    for table in (_articles(found, knowledge, texts), _related(found, texts)):
        table.show()
    print()
    for line in _sums(found, texts):
        print(line)


def impact_as_json(found: Impact, today: date) -> dict[str, Any]:
    """The same, with ids."""
    return {
        "document": found.document.id,
        "short": found.document.short,
        "status": found.document.status_on(today),
        "articles": [_as_json(one) for one in found.articles],
        **{name: [one.id for one in getattr(found, name)] for name in RELATIONS},
        "terms": found.terms,
        "assessments": found.assessments,
        "phrasings": found.phrasings,
        "falls_silent": [one.article.id for one in found.silent],
    }


def _as_json(one: Touched) -> dict[str, Any]:
    return {
        "article": one.article.id,
        "clauses": list(one.clauses),
        "cited": one.is_cited,
        "office": one.office,
        "phrasings": len(one.article.phrasings),
        "falls_silent": one.falls_silent,
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
