"""What the assistant understood of one turn: kept beside the reply, shown to officers."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Outcome(StrEnum):
    """What a turn came to (the contract of `donghanh ask`)."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    WRONG_OFFICE = "wrong_office"
    OUT_OF_SCOPE = "out_of_scope"
    CHITCHAT = "chitchat"
    HANDOVER = "handover"
    REQUEST = "request"
    REQUEST_STATUS = "request_status"
    ASSESSMENT = "assessment"
    PRIVACY = "privacy"


class CitedSource(BaseModel):
    """A legal basis as shown to the owner."""

    model_config = ConfigDict(frozen=True)

    document: str
    clause: str | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    status: str


class GivenArticle(BaseModel):
    """An article whose words a reply tells, by its mark, and whether it tells them in English."""

    model_config = ConfigDict(frozen=True)

    article: str
    mark: str
    english: bool = False


class Understanding(BaseModel):
    """Outcome, article and grounds of one turn. `alternatives`: at most 5 ids, best first.

    `given`: every article that the reply tells of, also where the outcome names one of them. It is
    noted by itself (`given_answers`) and does not stay with the message.
    """

    model_config = ConfigDict(frozen=True)

    outcome: Outcome
    article: str | None = None
    confidence: float = Field(default=0.0, ge=0.0, le=1.0)
    alternatives: list[str] = Field(default_factory=list)
    sources: list[CitedSource] = Field(default_factory=list)
    given: list[GivenArticle] = Field(default_factory=list)
    intent: str = ""
