"""Rows that go with others, by the foreign keys of the tables themselves."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, or_, select, update
from sqlalchemy.orm import Session

from bot.storage.base import Base


class Hanging:
    """What goes with some roots. `roots`: by table, the keys of the rows that go.

    `owned`: by table, the columns by which its rows go with what they name. Whatever else names a
    row that goes has that column emptied.
    """

    def __init__(
        self,
        session: Session,
        roots: Mapping[str, Select[Any]],
        owned: Mapping[str, Sequence[str]],
    ) -> None:
        self._session = session
        self._roots = roots
        self._owned = owned

    def drop(self) -> None:
        """All of it, those first that name others."""
        for table in reversed(Base.metadata.sorted_tables):
            gone = self._gone(table)
            if gone is None:
                continue
            self._let_go_of(table)
            self._session.execute(delete(table).where(gone))
        # What is in memory may be gone.
        self._session.expire_all()

    def _gone(self, table: Table) -> ColumnElement[bool] | None:
        """Which rows of a table go."""
        ways = [self._goes_with(table, name) for name in self._owned.get(table.name, ())]
        found = [way for way in ways if way is not None]
        if table.name in self._roots:
            found.append(_key(table).in_(self._roots[table.name]))
        return or_(*found) if found else None

    def _goes_with(self, table: Table, name: str) -> ColumnElement[bool] | None:
        (key,) = table.c[name].foreign_keys
        parent = key.column.table
        gone = self._gone(parent)
        return None if gone is None else table.c[name].in_(select(_key(parent)).where(gone))

    def _let_go_of(self, table: Table) -> None:
        gone = self._gone(table)
        if gone is None or len(table.primary_key.columns) > 1:
            return
        for other, column in _naming(table.name):
            if column.name not in self._owned.get(other.name, ()) and column.nullable:
                named = column.in_(select(_key(table)).where(gone))
                self._session.execute(update(other).where(named).values({column.name: None}))


def names_of(table: str, *, beside: Mapping[str, Sequence[str]]) -> list[Select[Any]]:
    """The keys of rows of a table that any other row names, some columns aside."""
    return [
        select(column).where(column.is_not(None))
        for other, column in _naming(table)
        if column.name not in beside.get(other.name, ())
    ]


def _naming(table: str) -> Iterator[tuple[Table, Any]]:
    """Each column that names rows of a table."""
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_keys:
            if key.column.table.name == table:
                yield other, key.parent


def _key(table: Table) -> Any:
    (column,) = table.primary_key.columns
    return column
