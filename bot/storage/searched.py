"""Rows that the console's search finds by the words in some of their columns."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Text, and_, event, inspect, or_
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.text.search_text import Term, search_text


class Searched:
    """Keeps words with a row: for each column of `SEARCHED` those that a search compares.

    They follow whatever is set on a row. An `update` of many rows at once sets them by itself.
    """

    SEARCHED: ClassVar[Mapping[str, tuple[str, ...]]]

    search_text: Mapped[str] = mapped_column(Text, default="", server_default="")


def holds(words: ColumnElement[str], term: Term) -> ColumnElement[bool]:
    """Whether kept words hold a term; a space stands before the first of them."""
    # Letters and digits only: no sign among them means anything to LIKE.
    begun = and_(*(words.contains(f" {beginning}") for beginning in term.beginnings))
    return or_(begun, words.contains(term.digits)) if term.digits else begun


@event.listens_for(Searched, "before_insert", propagate=True)
@event.listens_for(Searched, "before_update", propagate=True)
def _follow(_mapper: Any, _connection: Any, row: Searched) -> None:
    attributes = inspect(row).attrs
    for words, names in row.SEARCHED.items():
        if any(attributes[name].history.has_changes() for name in names):
            setattr(row, words, search_text(*(getattr(row, name) or "" for name in names)))
