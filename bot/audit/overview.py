"""What somebody should plan for: what expires soon, what is unverified, what lacks phrasings."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge
from bot.knowledge.register import LegalDocument

SOON = timedelta(days=90)

FEW_PHRASINGS = 10
"""Fewer are accepted, yet each one more helps the search more than any algorithm."""


@dataclass(frozen=True)
class Overview:
    """Four lists.

    `ending`: documents whose last day lies within 90 days, soonest first; `reviews`: articles whose
    review is due by then, too; `unverified`: articles whose reply says that something is not
    confirmed; `thin`: articles with few phrasings.
    """

    ending: list[LegalDocument]
    reviews: list[Article]
    unverified: list[Article]
    thin: list[Article]


def overview(knowledge: Knowledge, today: date) -> Overview:
    """The overview of a knowledge base on a day."""
    articles = list(knowledge.articles.values())
    until = today + SOON
    ends = [
        (document.in_force_to, document)
        for document in knowledge.documents.values()
        if document.in_force_to is not None and today <= document.in_force_to <= until
    ]
    return Overview(
        ending=[document for _, document in sorted(ends, key=lambda pair: pair[0])],
        reviews=sorted(
            (article for article in articles if article.review_due <= until),
            key=lambda article: article.review_due,
        ),
        unverified=[article for article in articles if knowledge.is_unverified(article, today)],
        thin=[article for article in articles if len(article.phrasings) < FEW_PHRASINGS],
    )
