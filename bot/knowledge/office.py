"""Offices and topics."""

from pydantic import BaseModel, ConfigDict

from bot.domain.assessments.assessment import Id


class Office(BaseModel):
    """A unit that answers, or an authority we point to (`external`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    title: str
    short: str
    external: bool = False
    handles: str


class Topic(BaseModel):
    """What an article or a request is about; `office` answers unless the table says otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Id
    title: str
    office: str


class OfficeFile(BaseModel):
    """`offices.yml`."""

    model_config = ConfigDict(extra="forbid")

    offices: list[Office]


class TopicFile(BaseModel):
    """`topics.yml`."""

    model_config = ConfigDict(extra="forbid")

    topics: list[Topic]
