"""How an office is reached: lines that are empty until somebody has filled them in."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.domain.enterprise.reach import email_of, phone_of

LONGEST = 200
"""Letters of a value: one sentence holds it."""


def _link(text: str) -> str:
    if text and not text.startswith("https://"):
        raise ValueError("a link begins with https://")
    return text


def _telephone(text: str) -> str:
    if text and not phone_of(text):
        raise ValueError("no telephone number")
    return text


def _email(text: str) -> str:
    if text and not email_of(text):
        raise ValueError("no e-mail address")
    return text


def _person(text: str) -> str:
    if text and (phone_of(text) or email_of(text)):
        raise ValueError("title and name alone: no number or address of a person")
    return text


Line = Annotated[str, Field(max_length=LONGEST)]
Link = Annotated[Line, AfterValidator(_link)]
Telephone = Annotated[Line, AfterValidator(_telephone)]
Email = Annotated[Line, AfterValidator(_email)]
Person = Annotated[Line, AfterValidator(_person)]


class OfficeReach(BaseModel):
    """How one office is reached.

    `hours`: where they are others than the calendar's. `person`: in charge, title and name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    address: Line = ""
    telephone: Telephone = ""
    email: Email = ""
    hours: Line = ""
    map: Link = ""
    site: Link = ""
    person: Person = ""

    @property
    def unfilled(self) -> list[str]:
        """What is still empty, in the order of the file; hours may stay so."""
        names = (name for name in OfficeReach.model_fields if name != "hours")
        return [name for name in names if not getattr(self, name)]
