"""Offices and topics."""

from pydantic import BaseModel, ConfigDict

from bot.domain.assessments.assessment import Id


class Office(BaseModel):
    """A unit that answers, or an authority we point to (`external`).

    `english`: its title in English; empty: nobody has put it into English yet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    title: str
    short: str
    external: bool = False
    handles: str
    english: str = ""


class Topic(BaseModel):
    """What an article or a request is about; `office` answers unless the table says otherwise.

    `last_resort`: a request falls into it only for want of another, for it says nothing about the
    matter: help as such, others' work. `english`: its title in English.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    title: str
    office: str
    last_resort: bool = False
    english: str = ""


class OfficeFile(BaseModel):
    """`offices.yml`."""

    model_config = ConfigDict(extra="forbid")

    offices: list[Office]


class TopicFile(BaseModel):
    """`topics.yml`."""

    model_config = ConfigDict(extra="forbid")

    topics: list[Topic]
