"""Filters of the list of requests that a person keeps, and that a head may share with an office."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from bot.domain.input.lengths import VIEW_NAME
from bot.domain.text.plain import plain
from bot.storage.models import Officer, SavedView

MOST_VIEWS = 20
"""That one person keeps: more are found no faster than by filtering."""


class ViewRefused(Exception):
    """The view is not kept. `reason`: name, taken, many."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SavedViews:
    """Keeps views; each is changed by who keeps it, and by nobody else."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, officer_id: int, office: str) -> list[SavedView]:
        """One's own and those shared with one's office, by name."""
        rows = self._session.scalars(
            select(SavedView)
            .where(or_(SavedView.officer_id == officer_id, SavedView.office == office))
            .options(joinedload(SavedView.officer))
            .order_by(SavedView.folded, SavedView.id)
        )
        return list(rows)

    def is_gone(self, view_id: int) -> bool:
        """Whether nobody keeps it any more."""
        return self._session.get(SavedView, view_id) is None

    def own(self, view_id: int, officer_id: int) -> SavedView | None:
        """One's own of an id, or None."""
        row = self._session.get(SavedView, view_id)
        return row if row is not None and row.officer_id == officer_id else None

    def keep(
        self, officer: Officer, name: str, query: str, *, office: str = "", now: datetime
    ) -> SavedView:
        """Keeps filters under a name; kept just so already: a no-op.

        Raises:
            ViewRefused: no name or a long one, another of that name, or too many.
        """
        known = self._named(officer, _checked(name))
        if known is not None:
            if (known.query, known.office) == (query, office):
                return known
            raise ViewRefused("taken")
        count = select(func.count()).where(SavedView.officer_id == officer.id)
        if (self._session.scalar(count) or 0) >= MOST_VIEWS:
            raise ViewRefused("many")
        row = SavedView(
            officer_id=officer.id,
            office=office,
            name=name,
            folded=plain(name),
            query=query,
            kept_at=now,
        )
        self._write(row)
        return row

    def rename(self, row: SavedView, officer: Officer, name: str) -> None:
        """Another name.

        Raises:
            ViewRefused: no name or a long one, or another view has it.
        """
        known = self._named(officer, _checked(name))
        if known is not None and known.id != row.id:
            raise ViewRefused("taken")
        row.name, row.folded = name, plain(name)
        self._write(row)

    def remove(self, row: SavedView) -> None:
        """Nobody sees it any more."""
        self._session.delete(row)

    def _named(self, officer: Officer, folded: str) -> SavedView | None:
        return self._session.scalar(
            select(SavedView).where(SavedView.officer_id == officer.id, SavedView.folded == folded)
        )

    def _write(self, row: SavedView) -> None:
        try:
            with self._session.begin_nested():
                self._session.add(row)
                self._session.flush()
        except IntegrityError:
            # Of two presses at once the other one came first.
            raise ViewRefused("taken") from None


def _checked(name: str) -> str:
    folded = plain(name)
    if not folded or len(name) > VIEW_NAME or len(folded) > VIEW_NAME:
        raise ViewRefused("name")
    return folded
