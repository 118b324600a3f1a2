"""What is asked about a matter, and the one sentence of an article that answers it."""

from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

ASPECT_LIMIT = 300
"""Characters of such a sentence: it stands before the short answer."""

LINK_TITLE_LIMIT = 40

OFFICIAL = ("gov.vn", "chinhphu.vn")
"""Domains whose hosts are all official."""

ALLOWED = frozenset({
    "www.gs1.org", "www.iaf.nu", "www.iso.org", "www.wipo.int",
})  # fmt: skip
"""Bodies, not of the state, that keep a standard, a register or a treaty."""


class Aspect(StrEnum):
    """What may be asked about any matter. An article never holds `steps`: it is the article."""

    YES_NO = "yes_no"
    HOW_LONG = "how_long"
    COST = "cost"
    WHERE = "where"
    PAPERS = "papers"
    WHO = "who"
    VALID_FOR = "valid_for"
    FINE = "fine"
    FORM = "form"
    STEPS = "steps"


class Told(BaseModel):
    """The sentence that answers one aspect, and its ground; without one it is common practice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    say: str = Field(min_length=1, max_length=ASPECT_LIMIT)
    document: str | None = None
    clause: str | None = None


class Link(BaseModel):
    """An official page; any other host is refused, as an answer sends nobody elsewhere."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = Field(min_length=1, max_length=LINK_TITLE_LIMIT)
    address: str

    @field_validator("address")
    @classmethod
    def _is_official(cls, address: str) -> str:
        parts = urlsplit(address)
        host = parts.hostname or ""
        official = any(host == one or host.endswith(f".{one}") for one in OFFICIAL)
        if parts.scheme != "https" or not (official or host in ALLOWED):
            raise ValueError(f"{address} is no https address of an official host")
        return address
