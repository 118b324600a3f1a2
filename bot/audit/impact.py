"""What a change of one document touches."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.audit.named_documents import Numbers
from bot.audit.shelf import told
from bot.domain.assessments.assessment import Assessment
from bot.domain.text.plain import plain
from bot.knowledge.articles.article import Article
from bot.knowledge.assessments import named_articles
from bot.knowledge.library import Knowledge
from bot.knowledge.register import LegalDocument

KINDS = {
    "nghi dinh": "nd",
    "thong tu": "tt",
    "quyet dinh": "qd",
    "nghi quyet": "nq",
    "chi thi": "ct",
    "van ban hop nhat": "vbhn",
}
"""Kinds of documents, written out and as their numbers have them, in bare letters."""

_KIND = re.compile(rf"\b(?:{'|'.join(KINDS)})\b")

NEAREST = 5
"""Documents offered where none bears the given number."""


@dataclass(frozen=True)
class Touched:
    """An article that cites the document (`clauses`, one a source) or only names it (`named`).

    `falls_silent`: it would no longer be served if the document lapsed.
    """

    article: Article
    office: str
    clauses: tuple[str | None, ...]
    falls_silent: bool

    @property
    def is_cited(self) -> bool:
        """Whether the document stands among its sources."""
        return bool(self.clauses)


@dataclass(frozen=True)
class Impact:
    """`terms`: glossary entries by name; `assessments`: titles of those that lead to an article."""

    document: LegalDocument
    articles: list[Touched]
    amends: list[LegalDocument]
    amended_by: list[LegalDocument]
    replaces: list[LegalDocument]
    replaced_by: list[LegalDocument]
    terms: list[str]
    assessments: list[str]

    @property
    def phrasings(self) -> int:
        """How many ways of asking lead to the articles that cite it."""
        return sum(len(one.article.phrasings) for one in self.articles if one.is_cited)

    @property
    def silent(self) -> list[Touched]:
        """The articles that would fall silent."""
        return [one for one in self.articles if one.falls_silent]


def impact(
    knowledge: Knowledge,
    assessments: Mapping[str, Assessment],
    document: LegalDocument,
    today: date,
) -> Impact:
    """What a document touches, as of a day."""
    touched = _touched(knowledge, document, today)
    ids = {one.article.id for one in touched if one.is_cited}
    others = knowledge.documents.values()
    return Impact(
        document=document,
        articles=touched,
        amends=_named(knowledge, document.amends),
        amended_by=[other for other in others if document.id in other.amends],
        replaces=[other for other in others if document.id in other.replaced_by],
        replaced_by=_named(knowledge, document.replaced_by),
        terms=_terms(knowledge, document, ids),
        assessments=[one.title for one in assessments.values() if _leads(one, ids, document.id)],
    )


def find_documents(knowledge: Knowledge, wish: str) -> list[LegalDocument]:
    """The documents that somebody means: id, number or short name, or the beginning of one.

    Accents, case and marks do not count, nor whether the kind is written out: `nghị định 37` finds
    NĐ 37/2026/NĐ-CP.
    """
    wanted = _spelt(wish)
    names = {document.id: _names(document) for document in knowledge.documents.values()}
    for fits in (lambda name: name == wanted, lambda name: f"{name} ".startswith(f"{wanted} ")):
        found = [id_ for id_, own in names.items() if wanted and any(map(fits, own))]
        if found:
            return [knowledge.documents[id_] for id_ in found]
    return []


def nearest_documents(knowledge: Knowledge, wish: str) -> list[LegalDocument]:
    """The documents whose names look most like what was asked for, best first."""
    by_name = {
        name: document for document in knowledge.documents.values() for name in _names(document)
    }
    close = difflib.get_close_matches(_spelt(wish), by_name, n=NEAREST, cutoff=0.5)
    return list({by_name[name].id: by_name[name] for name in close}.values())


def _names(document: LegalDocument) -> set[str]:
    return {_spelt(name) for name in (document.id, document.number, document.short) if name}


def _spelt(name: str) -> str:
    """A name in bare words, its kind shortened as in numbers."""
    return _KIND.sub(lambda kind: KINDS[kind[0]], plain(name))


def _touched(knowledge: Knowledge, document: LegalDocument, today: date) -> list[Touched]:
    lapsed = _lapsed(knowledge, document, today)
    numbers = Numbers([document])
    found = []
    for article in knowledge.articles.values():
        cited = [source for source in article.sources if source.document == document.id]
        if not cited and not any(numbers.mentions(told(article))):
            continue
        served = knowledge.is_served(article, today)
        found.append(
            Touched(
                article=article,
                office=knowledge.looked_after_by(article),
                clauses=tuple(source.clause for source in cited),
                falls_silent=served and not lapsed.is_served(article, today),
            )
        )
    return found


def _lapsed(knowledge: Knowledge, document: LegalDocument, today: date) -> Knowledge:
    over = document.model_copy(update={"in_force_to": today - timedelta(days=1)})
    return replace(knowledge, documents={**knowledge.documents, document.id: over})


def _named(knowledge: Knowledge, ids: Iterable[str]) -> list[LegalDocument]:
    return [knowledge.documents[id_] for id_ in ids if id_ in knowledge.documents]


def _terms(knowledge: Knowledge, document: LegalDocument, articles: set[str]) -> list[str]:
    glossary = knowledge.glossary
    return [
        *(old.old for old in glossary.old_terms if old.document == document.id),
        *(term.name for term in glossary.terms if term.article in articles),
    ]


def _leads(assessment: Assessment, articles: set[str], document: str) -> bool:
    """Whether it leads to one of the articles, or names a duty by the document."""
    read = {id_ for _, id_ in named_articles(assessment)}
    return bool(read & articles) or any(one.document == document for one in assessment.consequences)
