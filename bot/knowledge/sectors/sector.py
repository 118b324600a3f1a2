"""A sector of the economy: a division of two digits in Vietnam's own system."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.enterprise.size_class import BusinessField


class ListStatus(StrEnum):
    """Whether somebody held the list against the official text; else it was read in a copy."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


CODE = r"^\d{2}$"
LETTER = r"^[A-Z]$"


class Section(BaseModel):
    """A group of sectors. `field`: to which one of the size classes' two fields it belongs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    letter: str = Field(pattern=LETTER)
    name: str = Field(min_length=2)
    field: BusinessField


class Sector(BaseModel):
    """A sector. `section`: the letter of its group; `called`: as owners say it.

    `before`: codes of the system before, whose sectors are gone and went into this one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=CODE)
    section: str = Field(pattern=LETTER)
    name: str = Field(min_length=2)
    called: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


class SectorFile(BaseModel):
    """`sectors.yml`. `system`, `ground`: which list it is, and of which document."""

    model_config = ConfigDict(extra="forbid")

    system: str = Field(min_length=1)
    ground: str = Field(min_length=1)
    status: ListStatus
    sections: list[Section] = Field(min_length=1)
    sectors: list[Sector]
