"""How large an enterprise is by law: micro, small, medium, or no small or medium one any more.

Source: Nghị định 80/2021/NĐ-CP, Điều 5 to 9. The staff must lie within the line of a size, and
the revenue or the capital. Who else the decree leaves out (a household business, a cooperative)
is for the caller to know.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class SizeClass(StrEnum):
    """Smallest first. `LARGE`: above the line of the medium ones."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class BusinessField(StrEnum):
    """What the registered main line of business belongs to (Điều 6); each has its own lines.

    `PRODUCTION`: agriculture, forestry and fishery; industry and construction.
    `SERVICES`: trade and services.
    """

    PRODUCTION = "production"
    SERVICES = "services"


class Criterion(StrEnum):
    """What the decree measures."""

    STAFF = "staff"
    REVENUE = "revenue"
    CAPITAL = "capital"


@dataclass(frozen=True)
class SizeFigures:
    """Figures of the year before; None where one is not known. Money in đồng.

    `staff`: insured, mean of the months (Điều 7), so it may have a fraction. `revenue`: zero where
    there was none yet, and in an enterprise's first year, whatever it has sold: the capital alone
    counts then (Điều 9). `capital`: all sources of capital at the end of the year (Điều 8), not
    the charter capital.
    """

    staff: float | None = None
    revenue: int | None = None
    capital: int | None = None

    def __post_init__(self) -> None:
        if any(one is not None and one < 0 for one in (self.staff, self.revenue, self.capital)):
            raise ValueError("no figure of an enterprise is below zero")


@dataclass(frozen=True)
class SizeGround:
    """Why it is that size. `clause`: of Điều 5; of a large one, the clause that it lies above.

    `kept`: what lies within the clause's line, the staff first; none of a large one. `exceeded`:
    what keeps the enterprise from being one size smaller; none of a micro one.
    """

    clause: int
    kept: tuple[Criterion, ...]
    exceeded: tuple[Criterion, ...]


@dataclass(frozen=True)
class SizeFound:
    """The size and its ground; both None where the known figures leave it open.

    `missing`: the unknown figures that could still change it; none where it is decided.
    """

    size: SizeClass | None
    ground: SizeGround | None = None
    missing: tuple[Criterion, ...] = ()


_BILLION = 1_000_000_000

LINES: Mapping[BusinessField, Mapping[Criterion, Sequence[int]]] = {
    BusinessField.PRODUCTION: {
        Criterion.STAFF: (10, 100, 200),
        Criterion.REVENUE: (3 * _BILLION, 50 * _BILLION, 200 * _BILLION),
        Criterion.CAPITAL: (3 * _BILLION, 20 * _BILLION, 100 * _BILLION),
    },
    BusinessField.SERVICES: {
        Criterion.STAFF: (10, 50, 100),
        Criterion.REVENUE: (10 * _BILLION, 100 * _BILLION, 300 * _BILLION),
        Criterion.CAPITAL: (3 * _BILLION, 50 * _BILLION, 100 * _BILLION),
    },
}
"""The most that a micro, a small and a medium enterprise has."""

_SIZES = tuple(SizeClass)
_ABOVE_ALL = len(_SIZES) - 1

_Levels = Mapping[Criterion, int]
"""How many lines each figure lies above: the place of a size in `_SIZES`."""


def size_of(figures: SizeFigures, field: BusinessField) -> SizeFound:
    """The size that the figures decide, whatever those that are not known may be."""
    known = _levels(figures, field)
    smallest = _size({**dict.fromkeys(Criterion, 0), **known})
    largest = _size({**dict.fromkeys(Criterion, _ABOVE_ALL), **known})
    if smallest != largest:
        return SizeFound(None, missing=tuple(_open(known)))
    return SizeFound(_SIZES[smallest], _ground(figures, known, smallest))


def _levels(figures: SizeFigures, field: BusinessField) -> _Levels:
    lines = LINES[field]
    levels = {
        one: bisect_left(lines[one], figure)
        for one in Criterion
        if (figure := getattr(figures, one.value)) is not None
    }
    if figures.revenue == 0:
        # It does not count (Điều 9.2), so it brings no enterprise within a line.
        levels[Criterion.REVENUE] = _ABOVE_ALL
    return levels


def _size(levels: _Levels) -> int:
    money = min(levels[Criterion.REVENUE], levels[Criterion.CAPITAL])
    return max(levels[Criterion.STAFF], money)


def _open(known: _Levels) -> list[Criterion]:
    """The unknown figures each of which can change the size, the other unknown ones given."""
    # A figure of money weighs most beside few staff and much of the other money; staff beside
    # little money.
    found = []
    for one in Criterion:
        least = dict.fromkeys(Criterion, 0)
        if one is not Criterion.STAFF:
            least |= {Criterion.REVENUE: _ABOVE_ALL, Criterion.CAPITAL: _ABOVE_ALL}
        others = {**least, **known}
        sizes = {_size({**others, one: level}) for level in range(_ABOVE_ALL + 1)}
        if one not in known and len(sizes) > 1:
            found.append(one)
    return found


def _ground(figures: SizeFigures, known: _Levels, size: int) -> SizeGround:
    is_large = size == _ABOVE_ALL
    kept = () if is_large else tuple(one for one in Criterion if known.get(one, size + 1) <= size)
    above = {one for one, level in known.items() if level >= size > 0}
    if not {Criterion.REVENUE, Criterion.CAPITAL} <= above:
        # One of the two within the line is enough.
        above &= {Criterion.STAFF}
    if figures.revenue == 0:
        above -= {Criterion.REVENUE}
    exceeded = tuple(one for one in Criterion if one in above)
    return SizeGround(min(size + 1, _ABOVE_ALL), kept, exceeded)
