"""The names of all places in one spelling, and the places that an address of any age means."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.knowledge.places.place import (
    COMMUNE_KINDS,
    DISTRICT_KINDS,
    PARTED_BY,
    PROVINCE_KINDS,
    Commune,
    Province,
    kind_of,
)

T = TypeVar("T")

Spelling = Callable[[str], str]
"""Small letters, with their accents or without; signs stay."""

ALL_KINDS = tuple(dict.fromkeys((*COMMUNE_KINDS, *DISTRICT_KINDS, *PROVINCE_KINDS)))

SHORT: Mapping[str, str] = {
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "p": "phuong",
    "f": "phuong",
    "x": "xa",
    "h": "huyen",
    "q": "quan",
    "t": "tinh",
}
_PARTING = re.compile(r"[;|\n()]| [-–—/] ")
_ANY_SHORT = re.compile(r"(?:(?<=^)|(?<=[\s,]))(tp|tx|tt|[pfxhqt])(\s*\.\s*|\s+|(?=\d))(?=\w)")
_LONG_SHORTS = frozenset({"tp", "tx", "tt"})
"""Always kinds; a letter is one with its point, before a number, or where a part begins."""

_SIGNS = re.compile(r"[^\w,]+")
_ZEROS = re.compile(r"\b0+(?=\d)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True)
class _Unit:
    """A commune of today, or an old unit with its district and province; names as compared."""

    name: str
    bare: str
    communes: tuple[Commune, ...]
    district: str = ""
    province: str = ""

    @property
    def is_new(self) -> bool:
        return not self.province


class Gazetteer:
    """Places by their names in one spelling."""

    def __init__(
        self,
        provinces: Sequence[Province],
        communes: Sequence[Commune],
        home: Province | None,
        spelt: Spelling,
    ) -> None:
        self._spelt = spelt
        self._kinds = _kinds(_names(provinces, communes), spelt)
        self._units = [*self._new_units(communes), *self._old_units(communes)]
        self._districts = {unit.district for unit in self._units if unit.district}
        self._provinces = {
            self._written(name): one for one in provinces for name in (one.name, *one.former)
        }
        self._called = {self._written(name): one for one in provinces for name in one.called}
        self._home = home
        self._today = self._written(home.name) if home is not None else ""
        self._by_name = _grouped((unit.name, unit) for unit in self._units)
        self._by_bare = _grouped((unit.bare, unit) for unit in self._units)
        # Where a town bears the name of its province, the name alone is the province's.
        self._wider = {
            **_grouped((self._bare(name), name) for name in sorted(self._districts)),
            **_grouped((self._bare(name), name) for name in self._provinces),
            **{name: [name] for name in self._called},
        }
        self._set_patterns()

    def communes_in(self, text: str) -> list[Commune]:
        """The communes that an address means."""
        said = self._written(text)
        named = [(one.start(), one.end(), one[0]) for one in self._full.finditer(said)]
        hits = [(end, name) for _, end, name in named if name in self._by_name]
        units = [unit for _, name in hits for unit in self._by_name[name]]
        rest, start = _masked(said, named), hits[0][0] if hits else 0
        if not hits and (one := self._short.search(rest)):
            units, start = self._by_bare[one[1]], one.end()
        wider = [name for _, _, name in named if name not in self._by_name]
        wider += [name for name in self._wider_in(rest[start:]) if name not in wider]
        return self._chosen(units, wider, is_full=bool(hits))

    def provinces_in(self, text: str) -> list[Province]:
        """The provinces that a text names, each once; those with what they are before others."""
        said = self._written(text)
        named = [(one.start(), one.end(), one[0]) for one in self._full.finditer(said)]
        whole = [name for _, _, name in named if name in self._provinces]
        found = map(self._province, whole or self._wider_in(_masked(said, named)))
        return list({one.code: one for one in found if one is not None}.values())

    def _chosen(
        self, units: Sequence[_Unit], wider: Sequence[str], *, is_full: bool
    ) -> list[Commune]:
        provinces = [name for name in wider if self._province(name) is not None]
        at_home = [name for name in provinces if self._province(name) == self._home]
        if provinces and not at_home:
            return []
        old = {name for name in at_home if name != self._today}
        within = [
            unit for unit in units if unit.district in wider and (not old or unit.province in old)
        ]
        within = within or [unit for unit in units if unit.province in old]
        if not within and is_full:
            # Since two levels are all there is, a whole name without a district is one of today.
            within = [unit for unit in units if unit.is_new]
        found = (commune for unit in within or units for commune in unit.communes)
        return list({one.code: one for one in found}.values())

    def _wider_in(self, said: str) -> list[str]:
        """The districts and provinces that are named without what they are."""
        return [name for bare in self._wide.findall(said) for name in self._wider[bare]]

    def _province(self, name: str) -> Province | None:
        return self._provinces.get(name) or self._called.get(name)

    def _new_units(self, communes: Iterable[Commune]) -> Iterator[_Unit]:
        for one in communes:
            name = self._written(one.name)
            yield _Unit(name, self._bare(name), (one,))

    def _old_units(self, communes: Iterable[Commune]) -> Iterator[_Unit]:
        became: dict[str, list[Commune]] = {}
        for one in communes:
            for old in (*one.former, *one.parts):
                became.setdefault(old, []).append(one)
        for old, into in became.items():
            unit, *district, province = map(self._written, old.split(PARTED_BY))
            yield _Unit(unit, self._bare(unit), tuple(into), "".join(district), province)

    def _set_patterns(self) -> None:
        kinds = _any_of(self._kinds.values())
        wide = _any_of(self._wider)
        ends = rf"(?= *(?:,|$)| (?:{kinds}|{wide})\b)"
        full = _any_of((*self._by_name, *self._districts, *self._provinces))
        bare = _any_of(name for name in self._by_bare if not name.isdigit())
        own = _any_of(self._kinds[kind] for kind in COMMUNE_KINDS if kind in self._kinds)
        self._full = re.compile(rf"\b(?:{full})\b{ends}")
        self._short = re.compile(rf"(?:^|,) *(?:(?:{own}) )?({bare})\b{ends}")
        self._wide = re.compile(rf"\b({wide})\b{ends}")

    def _written(self, text: str) -> str:
        """As names are compared: kinds written out, numbers in digits, parts apart by a comma."""
        said = _PARTING.sub(",", self._spelt(text))
        said = _ANY_SHORT.sub(self._written_out, said)
        said = " ".join(_ZEROS.sub("", _SIGNS.sub(" ", said)).split())
        said = re.sub(r" ?, ?", ", ", said).strip(" ,")
        ward = self._kinds.get("phuong")
        return re.sub(rf"\b{ward} ([ivx]+)\b", _in_digits, said) if ward else said

    def _written_out(self, short: re.Match[str]) -> str:
        letters, gap = short[1], short[2]
        kind = self._kinds.get(SHORT[letters])
        before = short.string[: short.start()].rstrip()
        starts_part = not before or before.endswith(",")
        is_meant = "." in gap or not gap or letters in _LONG_SHORTS or starts_part
        return f"{kind} " if kind and is_meant else short[0]

    def _bare(self, name: str) -> str:
        """A name without what it is."""
        kind = kind_of(name, ALL_KINDS)
        return name.split(" ", kind.count(" ") + 1)[-1] if kind else name


def _names(provinces: Iterable[Province], communes: Iterable[Commune]) -> Iterator[str]:
    """All names of the file, each with what it is."""
    for province in provinces:
        yield from (province.name, *province.former)
    for commune in communes:
        yield commune.name
        for old in (*commune.former, *commune.parts):
            yield from old.split(PARTED_BY)


def _kinds(names: Iterable[str], spelt: Spelling) -> dict[str, str]:
    """How each kind is written in this spelling, as the names themselves write it."""
    found: dict[str, str] = {}
    for name in names:
        kind = kind_of(name, ALL_KINDS)
        if kind not in found and kind:
            found[kind] = " ".join(spelt(name).split()[: kind.count(" ") + 1])
    return found


def _grouped(named: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for name, thing in named:
        found.setdefault(name, []).append(thing)
    return found


def _any_of(names: Iterable[str]) -> str:
    """A pattern of any of the names, the longest first; of nothing where there are none."""
    return "|".join(map(re.escape, sorted(filter(None, names), key=len, reverse=True))) or r"(?!)"


def _masked(said: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text with commas over the spans; the rest stays where it was."""
    for start, end, _ in spans:
        said = said[:start] + "," * (end - start) + said[end:]
    return said


def _in_digits(ward: re.Match[str]) -> str:
    number = ward[1]
    if number not in _ROMAN:
        return ward[0]
    return ward[0].removesuffix(number) + str(_ROMAN.index(number) + 1)
