"""Reviews: told some weeks before, wrong once due."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.audit.expiry import FIRST_WARNING
from bot.audit.shelf import Shelf, at
from bot.knowledge.articles.article import Article
from bot.knowledge.files.problem import Problem
from bot.knowledge.forms.form import Form


def overdue_reviews(shelf: Shelf, today: date) -> Iterator[Problem]:
    """Articles and forms whose review is due."""
    for file, reviewed in _reviewed(shelf):
        if reviewed.review_due <= today:
            yield at(file, "review_due:", f"the review is due since {reviewed.review_due}")


def coming_reviews(shelf: Shelf, today: date) -> Iterator[Problem]:
    """Articles and forms whose review will be due within the time of the first warning."""
    for file, reviewed in _reviewed(shelf):
        if today < reviewed.review_due <= today + FIRST_WARNING:
            yield at(file, "review_due:", f"the review is due on {reviewed.review_due}")


def _reviewed(shelf: Shelf) -> Iterator[tuple[Path, Article | Form]]:
    yield from shelf.articles
    yield from shelf.forms
