"""What becomes of each row of a table, by what it is and by what was chosen."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from bot.services.enterprises.imports.checked_row import CheckedRow, Known, RowKind
from bot.services.enterprises.imports.checking import changes

SKIP, UPDATE, KEEP, NEW, SAME = "skip", "update", "keep", "new", "same"
"""What may be chosen: for a row, and for all known or all alike ones."""

AS = "as:"
"""Before the id of the enterprise that an alike row is."""


class RowAction(StrEnum):
    """`OPEN`: somebody must choose first. `WRONG`: it cannot be taken as it stands."""

    NEW = "new"
    UPDATE = "update"
    KEEP = "keep"
    SAME = "same"
    SKIP = "skip"
    OPEN = "open"
    WRONG = "wrong"


TAKEN = (RowAction.NEW, RowAction.UPDATE)


@dataclass(frozen=True)
class Choices:
    """What was chosen: for known rows, for wrong ones, for alike ones, and for single rows."""

    known: str = UPDATE
    skip_wrong: bool = False
    alike: str = ""
    rows: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Choices":
        """As they were kept."""
        rows = {int(number): choice for number, choice in kept.get("rows", {}).items()}
        return cls(
            kept.get("known", UPDATE), kept.get("skip_wrong", False), kept.get("alike", ""), rows
        )

    def as_json(self) -> dict[str, Any]:
        """How they are kept."""
        return {
            "known": self.known,
            "skip_wrong": self.skip_wrong,
            "alike": self.alike,
            "rows": {str(number): choice for number, choice in self.rows.items()},
        }


@dataclass(frozen=True)
class Planned:
    """A row with what becomes of it. `to`: the enterprise that it is of, where it is of one.

    `double`: another row of the same enterprise, which goes first; 0 where there is none.
    """

    row: CheckedRow
    action: RowAction
    to: Known | None = None
    double: int = 0


@dataclass(frozen=True)
class Plan:
    """All rows of a table with what becomes of them."""

    rows: Sequence[Planned]

    @cached_property
    def counts(self) -> Mapping[RowAction, int]:
        """How many rows there are of each action."""
        return Counter(one.action for one in self.rows)

    @property
    def taken(self) -> Iterator[Planned]:
        """The rows that change the register."""
        return (one for one in self.rows if one.action in TAKEN)

    @property
    def size(self) -> int:
        """How many that are."""
        return sum(self.counts.get(action, 0) for action in TAKEN)


def plan_of(rows: Sequence[CheckedRow], choices: Choices) -> Plan:
    """The plan of a table."""
    planned = [_planned(row, choices) for row in rows]
    # A tax code says who a row is of; a row that somebody chose for it gives way.
    by_code = (one for one in planned if one.row.kind is not RowKind.ALIKE)
    chosen = (one for one in planned if one.row.kind is RowKind.ALIKE)
    first: dict[int, int] = {}
    for one in (*by_code, *chosen):
        if one.to is not None:
            first.setdefault(one.to.id, one.row.number)
    return Plan([_once(one, first, choices) for one in planned])


def options_of(row: CheckedRow) -> tuple[str, ...]:
    """What may be chosen for a row."""
    match row.kind:
        case RowKind.KNOWN:
            return (UPDATE, KEEP, SKIP)
        case RowKind.ALIKE:
            return (*(f"{AS}{one.id}" for one in row.others), NEW, SKIP)
        case RowKind.SAME:
            return ()
        case RowKind.WRONG | RowKind.NEW:
            return (SKIP,)


def _planned(row: CheckedRow, choices: Choices) -> Planned:
    chosen = choices.rows.get(row.number, "")
    if chosen == SKIP:
        return Planned(row, RowAction.SKIP)
    match row.kind:
        case RowKind.WRONG:
            return Planned(row, _of_wrong(choices))
        case RowKind.NEW:
            return Planned(row, RowAction.NEW)
        case RowKind.SAME:
            return Planned(row, RowAction.SAME, row.to)
        case RowKind.KNOWN:
            keeps = (chosen or choices.known) == KEEP
            return Planned(row, RowAction.KEEP if keeps else RowAction.UPDATE, row.to)
        case RowKind.ALIKE:
            return _alike(row, chosen or choices.alike)


def _once(one: Planned, first: Mapping[int, int], choices: Choices) -> Planned:
    """An enterprise is written from one row: a second one of it is wrong until it is left out."""
    number = one.row.number
    double = first[one.to.id] if one.to is not None else number
    if double == number:
        return one
    return replace(one, action=_of_wrong(choices), double=double)


def _of_wrong(choices: Choices) -> RowAction:
    return RowAction.SKIP if choices.skip_wrong else RowAction.WRONG


def _alike(row: CheckedRow, chosen: str) -> Planned:
    if chosen == NEW:
        return Planned(row, RowAction.NEW)
    if chosen == SAME and len(row.others) == 1 and not row.twin:
        chosen = f"{AS}{row.others[0].id}"
    id_ = chosen.removeprefix(AS)
    to = row.candidate(int(id_)) if chosen.startswith(AS) and id_.isdigit() else None
    if to is None:
        return Planned(row, RowAction.OPEN)
    adds = changes(row.read.values, to) or row.read.person.is_named
    return Planned(row, RowAction.UPDATE if adds else RowAction.SAME, to)
