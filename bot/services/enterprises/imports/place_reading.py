"""The province and the commune of a row, by names of today or from before the merger."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Protocol

from bot.domain.enterprise.profile import ProfileField, Unreadable, read_field
from bot.domain.text.plain import holds_words, plain
from bot.services.enterprises.imports.column import Beside, Column
from bot.services.enterprises.imports.read_row import ReadRow, Remark

MOST_CANDIDATES = 4
_KINDS = ("thi tran ", "dac khu ", "phuong ", "xa ", "thanh pho ", "tinh ")
_KIND = {"xa": "xa ", "phuong": "phuong "}
_SAYS_KIND = re.compile(
    r"(?:xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tinh|tp|tx|tt|[pxhqt])\b"
)


class NamedPlace(Protocol):
    """A province or a commune (`bot.knowledge.places`)."""

    @property
    def code(self) -> str:
        """As the state numbers it."""

    @property
    def name(self) -> str:
        """With what it is."""


class FindsPlaces(Protocol):
    """Knows the places (`bot.knowledge.places`)."""

    @property
    def home_code(self) -> str:
        """The province whose communes are known."""

    def find_commune(self, text: str) -> Sequence[NamedPlace]:
        """The communes that a text means."""

    def find_province(self, text: str) -> Sequence[NamedPlace]:
        """The provinces that a text names."""


Said = Mapping[str, tuple[Column, str]]
"""What the cells of a row say, by what their columns hold."""


class PlaceReading:
    """Reads the places of one table; each spelling once."""

    FIELDS: ClassVar = frozenset(
        {ProfileField.PROVINCE, ProfileField.COMMUNE, ProfileField.ADDRESS}
    )

    def __init__(self, places: FindsPlaces) -> None:
        self._places = places
        self._communes: dict[str, Sequence[NamedPlace]] = {}
        self._provinces: dict[str, Sequence[NamedPlace]] = {}

    def read(self, row: ReadRow, said: Said) -> None:
        """Puts the places of a row into its values."""
        self._address(row, said)
        if ProfileField.PROVINCE in said:
            column, text = said[ProfileField.PROVINCE]
            self._keep(row, ProfileField.PROVINCE, column, text, self._province(text))
        if ProfileField.COMMUNE not in said:
            return
        column, text = said[ProfileField.COMMUNE]
        if row.values.get(ProfileField.PROVINCE, self._places.home_code) != self._places.home_code:
            self._elsewhere(row, column, text)
            return
        found = self._commune(", ".join(_wider(column, text, said)))
        self._keep(row, ProfileField.COMMUNE, column, text, found)
        if ProfileField.COMMUNE in row.values:
            row.values.setdefault(ProfileField.PROVINCE, self._places.home_code)

    def _address(self, row: ReadRow, said: Said) -> None:
        if ProfileField.ADDRESS not in said:
            return
        column, text = said[ProfileField.ADDRESS]
        value = read_field(ProfileField.ADDRESS, text, this_year=0)
        if isinstance(value, Unreadable):
            row.faults.append(Remark(column.place, value.problem, value.typed[:80]))
        else:
            row.values[ProfileField.ADDRESS] = value

    def _keep(
        self,
        row: ReadRow,
        field: ProfileField,
        column: Column,
        text: str,
        found: Sequence[NamedPlace],
    ) -> None:
        if len(found) == 1:
            row.values[field] = found[0].code
            if not _is_called(found[0], text):
                row.notes.append(Remark(column.place, "place_moved", text[:80], found[0].name))
            return
        names = ", ".join(one.name for one in found[:MOST_CANDIDATES])
        fault = "place_twice" if found else "place"
        row.faults.append(Remark(column.place, fault, text[:80], names))

    def _elsewhere(self, row: ReadRow, column: Column, text: str) -> None:
        """A commune of another province has no code here: it is kept with the address."""
        address = str(row.values.get(ProfileField.ADDRESS) or "")
        if holds_words(plain(address), plain(text)):
            return
        value = read_field(
            ProfileField.ADDRESS, ", ".join(filter(None, (address, text))), this_year=0
        )
        if isinstance(value, Unreadable):
            row.faults.append(Remark(column.place, value.problem, text[:80]))
            return
        row.values[ProfileField.ADDRESS] = value
        row.notes.append(Remark(column.place, "place_elsewhere", text[:80]))

    def _province(self, text: str) -> Sequence[NamedPlace]:
        if text not in self._provinces:
            self._provinces[text] = self._places.find_province(text)
        return self._provinces[text]

    def _commune(self, text: str) -> Sequence[NamedPlace]:
        if text not in self._communes:
            self._communes[text] = self._places.find_commune(text)
        return self._communes[text]


def _wider(column: Column, text: str, said: Said) -> Iterator[str]:
    """The commune with what lies around it, each with what it is: a bare name may be anything."""
    yield _with_kind(text, _KIND.get(plain(column.title), ""))
    if Beside.DISTRICT in said:
        yield _with_kind(said[Beside.DISTRICT][1], "huyen ")
    if ProfileField.PROVINCE in said:
        yield _with_kind(said[ProfileField.PROVINCE][1], "tinh ")


def _with_kind(text: str, kind: str) -> str:
    """A name with what it is, where it does not say it."""
    is_said = text.strip().isdigit() or _SAYS_KIND.match(plain(text))
    return text if is_said else f"{kind}{text}"


def _is_called(place: NamedPlace, text: str) -> bool:
    """Whether a text is its name of today, or its code."""
    name, said = plain(place.name), plain(text)
    bare = next((name.removeprefix(kind) for kind in _KINDS if name.startswith(kind)), name)
    return text.strip() == place.code or holds_words(said, bare)
