"""What the wording of a run takes from the knowledge base."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.domain.assessments.assessment import Assessment
from bot.domain.assessments.question import Answer
from bot.knowledge.library import Knowledge, Library
from bot.knowledge.register import DocumentStatus
from bot.services.answering.groundwork.product_words import product_words
from bot.services.assessments.product_asked import product_of
from bot.services.assessments.support_money import support_money
from bot.texts import Texts

NO_DUTY = frozenset({DocumentStatus.SUPERSEDED, DocumentStatus.EXPIRED, DocumentStatus.SUSPENDED})
"""A document of such a status makes no duty any more."""


@dataclass(frozen=True)
class Lookup:
    """Titles of articles, short names of documents that stand, assessments: each by id.

    `money`: what the support of an article pays, in words; `product`: how the ministries list the
    product that an answer stands for, empty where none does.
    """

    titles: Mapping[str, str]
    documents: Mapping[str, str]
    assessments: Mapping[str, Assessment]
    money: Callable[[str], str]
    product: Callable[[Answer], str]


def lookup_of(library: Library, texts: Texts, *, today: date) -> Lookup:
    """The lookup of the newest reading, as of a day."""
    knowledge = library.current
    return Lookup(
        titles={name: article.title for name, article in knowledge.articles.items()},
        documents={
            name: document.short
            for name, document in knowledge.documents.items()
            if document.status_on(today) not in NO_DUTY
        },
        assessments=library.tables.assessments,
        money=partial(support_money, texts, knowledge.support),
        product=partial(_listed, knowledge, texts),
    )


def _listed(knowledge: Knowledge, texts: Texts, answer: Answer) -> str:
    product = product_of(knowledge.products, answer)
    return product_words(product, knowledge, texts) if product is not None else ""
