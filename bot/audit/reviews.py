"""Reviews: told some weeks before, wrong once due."""

from collections.abc import Iterator
from datetime import date

from bot.audit.expiry import FIRST_WARNING
from bot.audit.shelf import Shelf, at
from bot.knowledge.files.problem import Problem


def overdue_reviews(shelf: Shelf, today: date) -> Iterator[Problem]:
    """Articles whose review is due."""
    for file, article in shelf.articles:
        if article.review_due <= today:
            yield at(file, "review_due:", f"the review is due since {article.review_due}")


def coming_reviews(shelf: Shelf, today: date) -> Iterator[Problem]:
    """Articles whose review will be due within the time of the first warning."""
    for file, article in shelf.articles:
        if today < article.review_due <= today + FIRST_WARNING:
            yield at(file, "review_due:", f"the review is due on {article.review_due}")
