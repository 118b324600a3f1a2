"""The fields of a profile as they stand in a form: written into it, and read back from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.enterprise.profile import (
    NUMBERS,
    FieldProblem,
    ProfileField,
    Unreadable,
    Value,
    read_field,
    written,
)
from bot.domain.input.cleaning import clean_line
from bot.domain.text.plain import plain
from bot.knowledge.places.place import Commune
from bot.knowledge.places.places import Places
from bot.knowledge.sectors.sectors import Sectors
from bot.services.enterprises.profile_words import LAST_YEAR

OF_LISTS = frozenset({ProfileField.PROVINCE, ProfileField.COMMUNE, ProfileField.SECTOR})
"""Fields whose values are codes of the knowledge base."""


NOTHING: Mapping[ProfileField, Value] = {
    one: None if one in NUMBERS or one is ProfileField.EXPORTS else "" for one in ProfileField
}
"""The values of an enterprise that has no profile."""


@dataclass(frozen=True)
class Reading:
    """What was read of a form: values and problems by field.

    `offered`: the communes of which an old name may mean each. `renamed`: a commune was typed by
    another name than today's.
    """

    values: Mapping[ProfileField, Value]
    problems: Mapping[ProfileField, Unreadable]
    offered: Sequence[Commune] = ()
    renamed: bool = False

    @property
    def name(self) -> str:
        """The name that was typed; empty where none was."""
        return str(self.values.get(ProfileField.NAME, ""))


@dataclass
class _Gathered:
    values: dict[ProfileField, Value] = field(default_factory=dict)
    problems: dict[ProfileField, Unreadable] = field(default_factory=dict)
    offered: list[Commune] = field(default_factory=list)
    renamed: bool = False


class TypedFields:
    """Reads forms of profiles, with the places and sectors that there are."""

    def __init__(self, places: Places, sectors: Sectors, *, this_year: int) -> None:
        self._places = places
        self._sectors = sectors
        self._this_year = this_year

    def text(self, field: ProfileField, value: Value) -> str:
        """A value as it stands in a form: a commune by its name, everything else as it is kept."""
        if field is ProfileField.COMMUNE and value:
            commune = self._places.commune(str(value))
            return commune.name if commune else str(value)
        return written(field, value)

    def kept(self, field: ProfileField, text: str) -> Value:
        """A value of the history, as it was before it was written down."""
        if field in OF_LISTS:
            return text
        value = read_field(field, text, this_year=LAST_YEAR)
        return text if isinstance(value, Unreadable) else value

    def read(
        self, typed: Mapping[ProfileField, str], base: Mapping[ProfileField, Value]
    ) -> Reading:
        """The values that differ from those that the form was made with.

        What was left as it stood is not read: a value that no list knows any more stays.
        """
        found = _Gathered()
        for name, text in typed.items():
            if name is ProfileField.COMMUNE or self._is_left(name, text, base):
                continue
            value = self._value(name, text)
            if isinstance(value, Unreadable):
                found.problems[name] = value
            elif value != base.get(name):
                found.values[name] = value
        if ProfileField.COMMUNE in typed:
            self._read_commune(typed[ProfileField.COMMUNE], base, found)
        return Reading(found.values, found.problems, found.offered, found.renamed)

    def read_new(self, typed: Mapping[ProfileField, str], *, has_code: bool) -> Reading:
        """The values of an enterprise that is entered: without a tax code it needs a name."""
        reading = self.read(typed, NOTHING)
        return reading if has_code or reading.name else nameless(reading)

    # — inside —

    def _is_left(self, name: ProfileField, text: str, base: Mapping[ProfileField, Value]) -> bool:
        return text.strip() == self.text(name, base.get(name)).strip()

    def _value(self, name: ProfileField, text: str) -> Value | Unreadable:
        if name is ProfileField.PROVINCE:
            return _one([one.code for one in self._places.find_province(text)], text)
        if name is ProfileField.SECTOR:
            codes = [one.code for one in self._sectors.find(text)]
            return _one(codes, text, unknown=FieldProblem.SECTOR, several=FieldProblem.SECTOR)
        return read_field(name, text, this_year=self._this_year)

    def _read_commune(
        self, text: str, base: Mapping[ProfileField, Value], found: _Gathered
    ) -> None:
        """A commune is read with its province: it lies in the department's own, or stays empty."""
        name, typed = ProfileField.COMMUNE, clean_line(text)
        is_moved = ProfileField.PROVINCE in found.values
        if self._is_left(name, text, base) and not (typed and is_moved):
            return
        if not typed:
            found.values[name] = ""
            return
        province = found.values.get(ProfileField.PROVINCE, base.get(ProfileField.PROVINCE))
        if province and province != self._places.home_code:
            found.problems[name] = Unreadable(FieldProblem.PLACE, typed)
            return
        communes = self._places.find_commune(typed)
        value = _one([one.code for one in communes], typed)
        if isinstance(value, Unreadable):
            found.problems[name] = value
            found.offered = communes
            return
        if value != base.get(name):
            found.values[name] = value
            found.renamed = typed != value and plain(typed) != plain(communes[0].name)
        if not province:
            found.values[ProfileField.PROVINCE] = self._places.home_code


def nameless(reading: Reading) -> Reading:
    """A reading that leaves an enterprise without anything to know it by."""
    missing = {ProfileField.NAME: Unreadable(FieldProblem.MISSING, "")}
    return replace(reading, problems={**missing, **reading.problems})


def _one(
    codes: Sequence[str],
    text: str,
    *,
    unknown: FieldProblem = FieldProblem.PLACE,
    several: FieldProblem = FieldProblem.PLACE_TWICE,
) -> Value | Unreadable:
    """The one code that was found; nothing was typed: an empty one."""
    typed = clean_line(text)
    if not typed:
        return ""
    if len(codes) == 1:
        return codes[0]
    return Unreadable(several if codes else unknown, typed)
