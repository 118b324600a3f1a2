"""Reviews: told some weeks before, wrong once due."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from bot.audit.expiry import FIRST_WARNING
from bot.audit.shelf import Shelf, at
from bot.knowledge.files.problem import Problem

Reviews = Mapping[str, date]
"""Of articles: when they are due by a review that stands elsewhere than in the file."""


def overdue_reviews(shelf: Shelf, today: date, reviews: Reviews) -> Iterator[Problem]:
    """Articles and forms whose review is due."""
    for file, due in _reviewed(shelf, reviews):
        if due <= today:
            yield at(file, "review_due:", f"the review is due since {due}")


def coming_reviews(shelf: Shelf, today: date, reviews: Reviews) -> Iterator[Problem]:
    """Articles and forms whose review will be due within the time of the first warning."""
    for file, due in _reviewed(shelf, reviews):
        if today < due <= today + FIRST_WARNING:
            yield at(file, "review_due:", f"the review is due on {due}")


def _reviewed(shelf: Shelf, reviews: Reviews) -> Iterator[tuple[Path, date]]:
    for file, article in shelf.articles:
        yield file, max(article.review_due, reviews.get(article.id, article.review_due))
    for file, form in shelf.forms:
        yield file, form.review_due
