"""Imports: a table is looked at, chosen from, taken in once, and may be taken back once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session, defer, joinedload

from bot.domain.enterprise.profile import ChangeSource
from bot.services.enterprises.imports.applying import Applying
from bot.services.enterprises.imports.checked_row import CheckedRow
from bot.services.enterprises.imports.column import Column
from bot.services.enterprises.imports.heading import Heading, Passed
from bot.services.enterprises.imports.outcome import Outcome
from bot.services.enterprises.imports.plan import Choices, Plan, RowAction, plan_of
from bot.services.enterprises.imports.undoing import GONE, Undoing
from bot.services.enterprises.profiles import ProfileService, WrittenBy
from bot.storage.models import Officer, ProfileImport

KEPT = timedelta(days=7)
"""So long a table waits to be taken in: it holds what people wrote of others."""


class ImportState(StrEnum):
    """`CHECKED`: looked at, and nothing is in the register yet.

    `DROPPED`: forgotten; the row stays empty, so that no later table gets its number and an old
    page of it does nothing to another one.
    """

    CHECKED = "checked"
    APPLIED = "applied"
    UNDONE = "undone"
    DROPPED = "dropped"


_IS_THERE = ProfileImport.state != ImportState.DROPPED


class ImportRefused(Exception):
    """The step is not open. `reason`: wrong, open, nothing, applied, undone, not_applied."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ImportService:
    """Keeps imports; what they do to the register is done by `Applying` and `Undoing`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self) -> int:
        """How many there are."""
        query = select(func.count()).select_from(ProfileImport).where(_IS_THERE)
        return self._session.scalar(query) or 0

    def page(self, *, limit: int, offset: int = 0) -> list[ProfileImport]:
        """Imports without their rows, newest first."""
        query = (
            select(ProfileImport)
            .where(_IS_THERE)
            .options(defer(ProfileImport.rows), joinedload(ProfileImport.officer))
            .order_by(ProfileImport.id.desc())
        )
        return list(self._session.scalars(query.limit(limit).offset(offset)))

    def get(self, import_id: int) -> ProfileImport | None:
        """An import with the person who brought it, or None."""
        query = select(ProfileImport).where(ProfileImport.id == import_id, _IS_THERE)
        return self._session.scalar(query.options(joinedload(ProfileImport.officer)))

    def begin(
        self,
        file_name: str,
        heading: Heading,
        rows: Sequence[CheckedRow],
        officer: Officer,
        *,
        now: datetime,
    ) -> ProfileImport:
        """A table that was looked at."""
        choices = Choices()
        found = ProfileImport(
            officer_id=officer.id,
            file_name=file_name,
            state=ImportState.CHECKED,
            reading={
                "sheet": heading.sheet,
                "columns": [one.as_json() for one in heading.columns],
                "passed": [[one.number, one.why] for one in heading.passed],
                "choices": choices.as_json(),
                "counts": _counts(plan_of(rows, choices)),
            },
            rows=[row.as_json() for row in rows],
            created_at=now,
        )
        self._session.add(found)
        self._session.flush()
        return found

    def read_again(
        self, import_id: int, columns: Sequence[Column], rows: Sequence[CheckedRow]
    ) -> ProfileImport | None:
        """The same table by other columns; what was chosen for single rows is chosen anew.

        Raises:
            ImportRefused: it was taken in meanwhile.
        """
        found = self._waiting(import_id)
        if found is None:
            return None
        choices = replace(choices_of(found), rows={})
        found.rows = [row.as_json() for row in rows]
        found.reading = {
            **found.reading,
            "columns": [one.as_json() for one in columns],
            "choices": choices.as_json(),
            "counts": _counts(plan_of(rows, choices)),
        }
        self._session.flush()
        return found

    def choose(self, import_id: int, change: Callable[[Choices], Choices]) -> ProfileImport | None:
        """What becomes of the rows is chosen anew.

        Raises:
            ImportRefused: it was taken in meanwhile.
        """
        found = self._waiting(import_id)
        if found is None:
            return None
        choices = change(choices_of(found))
        if choices != choices_of(found):
            found.reading = {
                **found.reading,
                "choices": choices.as_json(),
                "counts": _counts(plan_of(checked_rows(found), choices)),
            }
            self._session.flush()
        return found

    def discard(self, import_id: int) -> bool:
        """Forgets a table that was not taken in; whether there was one.

        Raises:
            ImportRefused: it was taken in.
        """
        found = self._waiting(import_id)
        if found is not None:
            self._drop(ProfileImport.id == import_id)
        return found is not None

    def drop_old(self, *, now: datetime) -> None:
        """Forgets the tables that waited too long and that nobody took in."""
        self._drop(
            ProfileImport.state == ImportState.CHECKED, ProfileImport.created_at < now - KEPT
        )

    def _drop(self, *which: ColumnElement[bool]) -> None:
        self._session.execute(
            update(ProfileImport)
            .where(*which)
            .values(state=ImportState.DROPPED, file_name="", reading={}, rows=[])
        )

    def apply(
        self, import_id: int, officer: Officer, profiles: ProfileService, *, now: datetime
    ) -> Sequence[Outcome] | None:
        """Takes a table in as it was chosen, with a line of history for each value.

        Raises:
            ImportRefused: it was taken in before, something is wrong or open, or nothing is to do.
        """
        found = self._waiting(import_id)
        if found is None:
            return None
        plan = plan_of(checked_rows(found), choices_of(found))
        reason = why_not(plan)
        if reason:
            raise ImportRefused(reason)
        by = WrittenBy(ChangeSource.IMPORT, officer, found.id)
        outcomes = Applying(self._session, profiles, by=by, now=now).apply(plan.taken)
        found.state, found.applied_at = ImportState.APPLIED, now
        found.rows = [one.as_json() for one in outcomes]
        found.reading = {**found.reading, "counts": _counts(plan), "applied_by": officer.full_name}
        self._session.flush()
        return outcomes

    def undo(
        self, import_id: int, officer: Officer, profiles: ProfileService, *, now: datetime
    ) -> Sequence[Outcome] | None:
        """Takes an import back, once; None where there is none.

        Raises:
            ImportRefused: it was not taken in, or was taken back before.
        """
        found = self._held(import_id)
        if found is None:
            return None
        if found.state != ImportState.APPLIED:
            raise ImportRefused("undone" if found.state == ImportState.UNDONE else "not_applied")
        by = WrittenBy(ChangeSource.UNDONE, officer, found.id)
        outcomes = Undoing(self._session, profiles, by=by, now=now).undo(outcomes_of(found))
        found.state, found.undone_at = ImportState.UNDONE, now
        found.rows = [one.as_json() for one in outcomes]
        found.reading = {**found.reading, "undone_by": officer.full_name}
        self._session.flush()
        self._forget({one.id for one in outcomes if one.undone == GONE}, since=found.id)
        return outcomes

    def _forget(self, gone: Collection[int], *, since: int) -> None:
        """What later tables did to enterprises that are gone is told without names and values."""
        if not gone:
            return
        later = select(ProfileImport.id).where(
            ProfileImport.id > since,
            ProfileImport.state.in_((ImportState.APPLIED, ImportState.UNDONE)),
        )
        for import_id in self._session.scalars(later).all():
            other = self._session.get_one(ProfileImport, import_id)
            if any(one["id"] in gone for one in other.rows):
                other.rows = [
                    (one.forgotten(GONE) if one.id in gone else one).as_json()
                    for one in outcomes_of(other)
                ]
            self._session.flush()
            self._session.expunge(other)

    def _waiting(self, import_id: int) -> ProfileImport | None:
        found = self._held(import_id)
        if found is not None and found.state != ImportState.CHECKED:
            raise ImportRefused(found.state)
        return found

    def _held(self, import_id: int) -> ProfileImport | None:
        # One import after the other: two at once would each enter an enterprise without a code.
        self._session.scalars(
            select(ProfileImport.id)
            .where(ProfileImport.state.in_((ImportState.CHECKED, ImportState.APPLIED)))
            .order_by(ProfileImport.id)
            .with_for_update()
        ).all()
        found = self._session.get(ProfileImport, import_id, populate_existing=True)
        return found if found is not None and found.state != ImportState.DROPPED else None


def columns_of(found: ProfileImport) -> list[Column]:
    """The columns of a table as they are read."""
    return [Column(**one) for one in found.reading["columns"]]


def passed_of(found: ProfileImport) -> list[Passed]:
    """The rows that are no enterprises."""
    return [Passed(*one) for one in found.reading["passed"]]


def choices_of(found: ProfileImport) -> Choices:
    """What was chosen."""
    return Choices.of_json(found.reading["choices"])


def checked_rows(found: ProfileImport) -> list[CheckedRow]:
    """The rows of a table that waits."""
    return [CheckedRow.of_json(one) for one in found.rows]


def outcomes_of(found: ProfileImport) -> list[Outcome]:
    """What became of the rows of one that was taken in."""
    return [Outcome.of_json(one) for one in found.rows]


def why_not(plan: Plan) -> str:
    """Why a plan cannot be carried out; empty where it can."""
    if plan.counts.get(RowAction.WRONG):
        return "wrong"
    if plan.counts.get(RowAction.OPEN):
        return "open"
    return "" if plan.size else "nothing"


def _counts(plan: Plan) -> Mapping[str, Any]:
    return {str(action): plan.counts.get(action, 0) for action in RowAction}
