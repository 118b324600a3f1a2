"""Provinces and communes as they are since 01/07/2025, and what went into them."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.domain.text.plain import plain

PARTED_BY = ", "
LEAST_PARTS, MOST_PARTS = 2, 3
"""Of an old place: the unit, its district, its province. An island was a district of its own."""

PROVINCE_KINDS = ("tinh", "thanh pho")
DISTRICT_KINDS = ("huyen", "quan", "thi xa", "thanh pho")
COMMUNE_KINDS = ("xa", "phuong", "thi tran", "dac khu")
"""In bare letters, as `plain` writes them."""


def kind_of(name: str, kinds: tuple[str, ...]) -> str:
    """With which of the kinds a name begins; empty where with none."""
    said = plain(name)
    return next((kind for kind in kinds if said.startswith(f"{kind} ")), "")


def _is_province(name: str) -> str:
    if not kind_of(name, PROVINCE_KINDS):
        raise ValueError("begins with what it is: a `Tinh` or a `Thanh pho`")
    return name


def _is_commune(name: str) -> str:
    if not kind_of(name, COMMUNE_KINDS):
        raise ValueError("begins with what it is: a `Xa`, a `Phuong` …")
    return name


def _is_old_place(text: str) -> str:
    parts = text.split(PARTED_BY)
    is_parted = all(part.strip() and "," not in part for part in parts)
    if not is_parted or not LEAST_PARTS <= len(parts) <= MOST_PARTS:
        raise ValueError("unit, district and province, parted by a comma and a space")
    if not kind_of(parts[-1], PROVINCE_KINDS) or not kind_of(parts[-2], DISTRICT_KINDS):
        raise ValueError("the district and the province begin with what they are")
    return text


OldPlace = Annotated[str, AfterValidator(_is_old_place)]
"""A unit of the three levels before: “Xa …, Huyen …, Tinh …”, each with what it is."""


class Province(BaseModel):
    """A province. `former`: those that went into it, beside the one of its name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^\d{2}$")
    name: Annotated[str, AfterValidator(_is_province)]
    former: tuple[Annotated[str, AfterValidator(_is_province)], ...] = ()
    called: tuple[str, ...] = ()


class Commune(BaseModel):
    """A commune, ward or special zone. `former`: old units that went into it whole.

    `parts`: old units of which a part did.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^\d{5}$")
    name: Annotated[str, AfterValidator(_is_commune)]
    former: tuple[OldPlace, ...] = ()
    parts: tuple[OldPlace, ...] = ()


class PlaceFile(BaseModel):
    """`places.yml`. `home`: the code of the province whose communes stand here."""

    model_config = ConfigDict(extra="forbid")

    home: str
    provinces: list[Province] = Field(min_length=1)
    communes: list[Commune]
