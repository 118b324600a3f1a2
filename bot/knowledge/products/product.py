"""A product as the ministries list it, and under which names owners ask for it."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.knowledge.files.day import Day

_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"

HS_CODE = r"^\d{2,4}(\.\d{2}(\.\d{2})?)?$"

Name = Annotated[str, Field(min_length=2, max_length=80)]
Code = Annotated[str, Field(pattern=HS_CODE)]


class Risk(StrEnum):
    """How a product is listed. Source: NĐ 37/2026/NĐ-CP, Điều 4.2 and 66.

    `elsewhere`: another authority's matter, whose list nobody has read here.
    """

    HIGH = "high"
    MEDIUM = "medium"
    ELSEWHERE = "elsewhere"


class Product(BaseModel):
    """One row of the lists, or several that owners call the same.

    `called`: names beside its own. `methods`: of assessment, by number. `self_assessed`: whether a
    firm may assess it by itself. `starts`: the day from which the row holds, where it is later
    than the list. `inspected_by`: the office that inspects it on import. `office`: whose matter it
    is, elsewhere.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=_ID, max_length=80)
    name: str = Field(min_length=2)
    called: list[Name] = Field(default_factory=list)
    risk: Risk
    document: str | None = None
    place: str = ""
    hs: list[Code] = Field(default_factory=list)
    regulations: str = ""
    methods: str = ""
    self_assessed: bool = False
    starts: Day | None = None
    inspected_by: str | None = None
    office: str | None = None
    note: str = ""

    @model_validator(mode="after")
    def _is_listed_somewhere(self) -> "Product":
        if self.risk is Risk.ELSEWHERE and self.office is None:
            raise ValueError("`office`: whose matter it is")
        if self.risk is not Risk.ELSEWHERE and (self.document is None or not self.hs):
            raise ValueError("a listed product has its `document` and `hs`")
        return self

    def has_code(self, code: str) -> bool:
        """Whether an HS code, of digits alone, lies within one of its own or the other way."""
        own = (re.sub(r"\D", "", one) for one in self.hs)
        return any(code.startswith(one) or one.startswith(code) for one in own)


class Receiving(BaseModel):
    """Who takes in what must be declared. `portal`: the page where it is sent.

    `offices`: the one in the province, by the document that lists the product.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    portal: str = Field(min_length=3, max_length=80)
    document: str
    clause: str
    offices: dict[str, str]
