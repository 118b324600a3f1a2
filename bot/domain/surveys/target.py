"""Whom a campaign is for, by what the register says of an enterprise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

MOST_NAMED = 1000
"""Enterprises named one by one: more of them share something that can be chosen."""


@dataclass(frozen=True)
class Aimed:
    """What decides of an enterprise: its row, sector (two digits), commune and size class."""

    enterprise_id: int
    sector: str = ""
    commune: str = ""
    size_class: str = ""


@dataclass(frozen=True)
class Target:
    """Each list says what an enterprise must be one of; an empty one asks for nothing.

    `enterprises`: ids of rows. One of which the register does not know a thing is not meant where
    that thing is asked for.
    """

    sectors: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    enterprises: tuple[int, ...] = ()

    def means(self, one: Aimed) -> bool:
        """Whether it is for an enterprise."""
        return (
            _is_one_of(one.sector, self.sectors)
            and _is_one_of(one.commune, self.communes)
            and _is_one_of(one.size_class, self.sizes)
            and _is_one_of(one.enterprise_id, self.enterprises)
        )

    def stored(self) -> dict[str, Any]:
        """As it is kept with the campaign."""
        return {one.name: list(getattr(self, one.name)) for one in fields(self)}


def read_target(stored: Mapping[str, Any]) -> Target:
    """A target as it was stored."""
    return Target(
        **{one.name: tuple(stored.get(one.name, ())) for one in fields(Target)},
    )


def _is_one_of(value: object, wanted: Sequence[object]) -> bool:
    return not wanted or value in wanted
