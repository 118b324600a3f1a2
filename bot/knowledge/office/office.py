"""Offices and topics."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.assessments.question import Id
from bot.knowledge.office.office_reach import OfficeReach

MOST_TALK_MINUTES = 450.0
"""A working day: who asks for a person is not put off longer."""

Name = Annotated[str, Field(min_length=2, max_length=80)]


class Office(OfficeReach):
    """A unit that answers, or an authority we point to (`external`), and how it is reached.

    `english`: its title in English; empty: nobody has put it into English yet. `called`: other
    names of it, and of its work; `called_inside`: of work that firms do of their own, too.
    `talk_minutes`: office time within which it answers who asks for a person; None: the usual one.
    """

    id: Id
    title: str
    short: str
    external: bool = False
    handles: str
    english: str = ""
    talk_minutes: float | None = Field(default=None, gt=0, le=MOST_TALK_MINUTES)
    called: list[Name] = Field(default_factory=list)
    called_inside: list[Name] = Field(default_factory=list)


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
