"""Rows that the console's search finds by the words in some of their columns."""

from typing import Any, ClassVar

from sqlalchemy import Text, event, inspect
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.search_text import search_text


class Searched:
    """Keeps `search_text` with a row: the columns of `SEARCHED` as a search compares them.

    It follows whatever is set on a row. An `update` of many rows at once sets it by itself.
    """

    SEARCHED: ClassVar[tuple[str, ...]]

    search_text: Mapped[str] = mapped_column(Text, default="", server_default="")


@event.listens_for(Searched, "before_insert", propagate=True)
@event.listens_for(Searched, "before_update", propagate=True)
def _follow(_mapper: Any, _connection: Any, row: Searched) -> None:
    attributes = inspect(row).attrs
    if any(attributes[name].history.has_changes() for name in row.SEARCHED):
        row.search_text = search_text(*(getattr(row, name) or "" for name in row.SEARCHED))
