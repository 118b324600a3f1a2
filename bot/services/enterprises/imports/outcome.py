"""What became of a row of a table: kept with the import, to be told and to be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.enterprise.profile import ProfileField
from bot.services.enterprises.imports.checked_row import values_of_json
from bot.services.enterprises.imports.read_row import Values

NEW, UPDATE, LEFT = "new", "update", "left"

CHANGED, GONE, KNOWN, ALIKE = "changed", "gone", "known", "alike"
"""Why a row was left: its values changed meanwhile, the enterprise is gone or merged, somebody
entered its tax code, or its name."""


@dataclass(frozen=True)
class Outcome:
    """`did`: new, update or left. `was`, `now`: values before and after, by field.

    `opened`: there was no profile before. `person`: the id of the person that was noted, and
    `person_mark` what stood there. `why`, `fields`: of a row that was left. `undone`: gone, back
    or left, with the fields that `stayed` because somebody changed them since.
    """

    number: int
    title: str
    id: int
    did: str
    was: Values = field(default_factory=dict)
    now: Values = field(default_factory=dict)
    opened: bool = False
    person: int = 0
    person_mark: str = ""
    why: str = ""
    fields: Sequence[str] = ()
    undone: str = ""
    stayed: Sequence[str] = ()

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Outcome":
        """As it was kept."""
        return cls(
            kept["n"],
            kept["title"],
            kept["id"],
            kept["did"],
            values_of_json(kept["was"]),
            values_of_json(kept["now"]),
            kept["opened"],
            kept["person"],
            kept["mark"],
            kept["why"],
            kept["fields"],
            kept["undone"],
            kept["stayed"],
        )

    def as_json(self) -> dict[str, Any]:
        """How it is kept: no more of a person than where she stands."""
        return {
            "n": self.number,
            "title": self.title,
            "id": self.id,
            "did": self.did,
            "was": {str(one): value for one, value in self.was.items()},
            "now": {str(one): value for one, value in self.now.items()},
            "opened": self.opened,
            "person": self.person,
            "mark": self.person_mark,
            "why": self.why,
            "fields": list(self.fields),
            "undone": self.undone,
            "stayed": list(self.stayed),
        }

    def taken_back(self, how: str, stayed: Sequence[ProfileField | str] = ()) -> "Outcome":
        """The same after the import was undone."""
        return replace(self, undone=how, stayed=[str(one) for one in stayed])

    def forgotten(self, how: str) -> "Outcome":
        """The same after its enterprise went out of the register: no name, no value is kept."""
        return Outcome(self.number, "", self.id, self.did, opened=self.opened, undone=how)
