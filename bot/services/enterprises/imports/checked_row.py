"""A row after it was held against the register: what it would do, and what it may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.domain.enterprise.profile import ProfileField, Value
from bot.services.enterprises.imports.read_row import Person, ReadRow, Remark, Values
from bot.services.enterprises.tables.table import Cell


class RowKind(StrEnum):
    """What a row is to the register.

    `KNOWN`: its tax code stands there. `ALIKE`: it has none, and an enterprise of its name is
    there or stands above in the table. `SAME`: it says what is known already.
    """

    NEW = "new"
    KNOWN = "known"
    SAME = "same"
    ALIKE = "alike"
    WRONG = "wrong"


@dataclass(frozen=True)
class Known:
    """An enterprise of the register as it was when the table was looked at.

    `was`: its values in the fields that the row fills. `title`: its name, or its tax code.
    """

    id: int
    title: str
    code: str = ""
    was: Values = field(default_factory=dict)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Known":
        """As it was kept."""
        return cls(kept["id"], kept["title"], kept["code"], values_of_json(kept["was"]))

    def as_json(self) -> dict[str, Any]:
        """How it is kept."""
        return {"id": self.id, "title": self.title, "code": self.code, "was": dict(self.was)}


@dataclass
class CheckedRow:
    """`to`: the enterprise that a known row is of. `others`: those that an alike row may be.

    `cells`: as they stand in the table, to be read again. `adds_person`: whether its person is
    not noted yet. `twin`: the row above that has its name.
    """

    read: ReadRow
    cells: list[Cell]
    kind: RowKind = RowKind.NEW
    to: Known | None = None
    others: list[Known] = field(default_factory=list)
    adds_person: bool = False
    twin: int = 0

    @property
    def number(self) -> int:
        """As the sheet counts it."""
        return self.read.number

    @property
    def title(self) -> str:
        """What the row is called on a page."""
        return self.read.name or (self.to.title if self.to else "") or self.read.code

    def candidate(self, id_: int) -> Known | None:
        """One of those that it may be."""
        return next((one for one in self.others if one.id == id_), None)

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "CheckedRow":
        """As it was kept."""
        read = ReadRow(
            kept["n"],
            kept["code"],
            dict(values_of_json(kept["v"])),
            Person(*kept["p"]),
            [Remark(*one) for one in kept["bad"]],
            [Remark(*one) for one in kept["notes"]],
        )
        return cls(
            read,
            kept["cells"],
            RowKind(kept["kind"]),
            Known.of_json(kept["to"]) if kept["to"] else None,
            [Known.of_json(one) for one in kept["others"]],
            kept["adds"],
            kept["twin"],
        )

    def as_json(self) -> dict[str, Any]:
        """How it is kept."""
        read, person = self.read, self.read.person
        return {
            "n": read.number,
            "code": read.code,
            "v": {str(one): value for one, value in read.values.items()},
            "p": [person.name, person.role, person.phone, person.email],
            "bad": [one.as_json() for one in read.faults],
            "notes": [one.as_json() for one in read.notes],
            "cells": self.cells,
            "kind": self.kind,
            "to": self.to.as_json() if self.to else None,
            "others": [one.as_json() for one in self.others],
            "adds": self.adds_person,
            "twin": self.twin,
        }


def values_of_json(kept: Mapping[str, Value]) -> Values:
    """Values by field, as they were kept."""
    return {ProfileField(name): value for name, value in kept.items()}
