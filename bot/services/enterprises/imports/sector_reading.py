"""The sector in a cell: a code of two to five digits, or words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.services.enterprises.tables.table import Cell

CODE_DIGITS = 5
MOST_CANDIDATES = 4


class NamedSector(Protocol):
    """A sector (`bot.knowledge.sectors`)."""

    @property
    def code(self) -> str:
        """Two digits."""

    @property
    def name(self) -> str:
        """As the list calls it."""


class FindsSectors(Protocol):
    """Knows the sectors (`bot.knowledge.sectors`)."""

    def find(self, text: str) -> Sequence[NamedSector]:
        """The sectors that a text means."""


@dataclass(frozen=True)
class SectorInCell:
    """The code of the sector; else the names of those that it may be."""

    code: str = ""
    candidates: tuple[str, ...] = ()


class SectorReading:
    """Reads the sectors of one column; each spelling once.

    Codes of one column are as long as each other: one digit fewer is a zero that was lost.
    """

    def __init__(self, sectors: FindsSectors, cells: Iterable[Cell]) -> None:
        self._sectors = sectors
        self._digits = max((len(text) for cell in cells if _is_code(text := str(cell))), default=0)
        self._known: dict[str, SectorInCell] = {}

    def read(self, text: str) -> SectorInCell:
        """The sector of a cell."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> SectorInCell:
        if _is_code(text) and len(text) == self._digits - 1:
            found = self._sectors.find(text.zfill(self._digits))
            if len(found) == 1:
                return SectorInCell(found[0].code)
        found = self._sectors.find(text)
        if len(found) == 1:
            return SectorInCell(found[0].code)
        return SectorInCell(
            candidates=tuple(f"{one.code} {one.name}" for one in found[:MOST_CANDIDATES])
        )


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= CODE_DIGITS
