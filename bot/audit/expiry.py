"""What stops holding and when: documents that run out, articles that fall silent, reviews.

An office is warned twice: on the first day of `FIRST_WARNING` the article appears on its console's
front page, and from `LAST_WARNING` on it is marked there as urgent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.knowledge.articles.article import Article
from bot.knowledge.library import Knowledge
from bot.knowledge.register import LegalDocument

FIRST_WARNING = timedelta(days=60)
"""Before the day: time enough to find the new text and to have two people read it."""

LAST_WARNING = timedelta(days=14)

ONE_DAY = timedelta(days=1)


class Reason(StrEnum):
    """Why somebody must look at an article."""

    SILENT = "silent"
    WEAKENED = "weakened"
    REVIEW = "review"


@dataclass(frozen=True)
class Due:
    """One article that somebody must look at. `on`: from this day on it is so.

    `document` is what runs out; None for a review. `office` is who is warned.
    """

    article: Article
    reason: Reason
    on: date
    office: str
    document: LegalDocument | None = None

    @property
    def first_warning(self) -> date:
        """From this day on the office sees it."""
        return self.on - FIRST_WARNING

    @property
    def last_warning(self) -> date:
        """From this day on it is urgent."""
        return self.on - LAST_WARNING


@dataclass(frozen=True)
class Expiry:
    """What is so by a day, soonest first. `documents`: those that have run out since `since`."""

    documents: list[LegalDocument]
    due: list[Due]

    def of(self, reason: Reason) -> list[Due]:
        """What is due for one reason."""
        return [one for one in self.due if one.reason is reason]


def expiry(knowledge: Knowledge, since: date, until: date) -> Expiry:
    """What changes after `since` and up to `until`, and what has been so before and is not mended.

    A document that has long run out beside others that hold is no news and is left out: articles
    may cite what was replaced, to say so.
    """
    ended = [
        (document.in_force_to, document)
        for document in knowledge.documents.values()
        if document.in_force_to is not None and since <= document.in_force_to < until
    ]
    due = [
        one
        for article in knowledge.articles.values()
        for one in _due(knowledge, article, since, until)
    ]
    return Expiry(
        documents=[document for _, document in sorted(ended, key=lambda pair: pair[0])],
        due=sorted(due, key=lambda one: (one.on, one.article.id)),
    )


def warned(knowledge: Knowledge, today: date, offices: frozenset[str] | None) -> list[Due]:
    """The warnings for some offices on a day, soonest first; None means all offices."""
    found = expiry(knowledge, today, today + FIRST_WARNING).due
    return [one for one in found if offices is None or one.office in offices]


def _due(knowledge: Knowledge, article: Article, since: date, until: date) -> Iterator[Due]:
    office = knowledge.looked_after_by(article)
    if article.review_due <= until:
        yield Due(article, Reason.REVIEW, article.review_due, office)
    silent = None
    if not knowledge.is_served(article, until):
        silent = _silent_from(knowledge, article, since)
        yield Due(article, Reason.SILENT, silent, office, _ending_on(knowledge, article, silent))
    for document in _cited(knowledge, article):
        end = document.in_force_to
        if end is None or not since <= end < until or end + ONE_DAY == silent:
            continue
        yield Due(article, Reason.WEAKENED, end + ONE_DAY, office, document)


def _silent_from(knowledge: Knowledge, article: Article, since: date) -> date:
    """The first day without an answer; `since` where it was silent before and no date says why."""
    ends = [document.in_force_to for document in _cited(knowledge, article)]
    days = sorted(end + ONE_DAY for end in ends if end is not None)
    return next((day for day in days if not knowledge.is_served(article, day)), since)


def _ending_on(knowledge: Knowledge, article: Article, silent: date) -> LegalDocument | None:
    for document in _cited(knowledge, article):
        if document.in_force_to == silent - ONE_DAY:
            return document
    return None


def _cited(knowledge: Knowledge, article: Article) -> list[LegalDocument]:
    ids = dict.fromkeys(source.document for source in article.sources)
    return [knowledge.documents[id_] for id_ in ids]
