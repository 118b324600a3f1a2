"""A row as it was read: values, the person to ask for, what is wrong and what was put right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.enterprise.profile import ProfileField, Value


@dataclass(frozen=True)
class Remark:
    """Something about one cell. `place`: its column, from 0; `code`: what it is.

    `typed`: as it stands in the cell; `more`: what it was taken for, or may be.
    """

    place: int
    code: str
    typed: str
    more: str = ""

    def as_json(self) -> list[Any]:
        """How it is kept."""
        return [self.place, self.code, self.typed, self.more]


@dataclass(frozen=True)
class Person:
    """Whom the enterprise names to be asked for."""

    name: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""

    @property
    def is_named(self) -> bool:
        """Whether anything is known of her; a role alone is nobody."""
        return bool(self.name or self.phone or self.email)


@dataclass
class ReadRow:
    """What a row says; an empty cell says nothing."""

    number: int
    code: str = ""
    values: dict[ProfileField, Value] = field(default_factory=dict)
    person: Person = field(default_factory=Person)
    faults: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name that it gives."""
        return str(self.values.get(ProfileField.NAME) or "")


Values = Mapping[ProfileField, Value]
