"""The register of legal documents and standards: each stands here once."""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from bot.domain.talk.understanding import CitedSource
from bot.knowledge.files.day import Day


class DocumentStatus(StrEnum):
    """Whether a document holds, as far as somebody has checked."""

    IN_FORCE = "in_force"
    UNVERIFIED = "unverified"
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    PLANNED = "planned"


class DocumentKind(StrEnum):
    """What sort of paper it is."""

    LAW = "law"
    DECREE = "decree"
    CIRCULAR = "circular"
    DECISION = "decision"
    RESOLUTION = "resolution"
    DIRECTIVE = "directive"
    CONSOLIDATED = "consolidated"
    STANDARD = "standard"
    REGULATION = "regulation"
    TREATY = "treaty"
    PROCEDURE = "procedure"
    CERTIFICATE = "certificate"
    OTHER = "other"


class ReadIn(StrEnum):
    """In what its words were read; `secondary`: only others' words about it."""

    OFFICIAL = "official"
    COPY = "copy"
    SECONDARY = "secondary"


class LegalDocument(BaseModel):
    """One legal document or standard with its dates."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    kind: DocumentKind
    number: str | None = None
    short: str
    title: str
    issuer: str | None
    issued_on: Day | None = None
    in_force_from: Day | None = None
    in_force_to: Day | None = None
    status: DocumentStatus
    amends: list[str] = Field(default_factory=list)
    replaced_by: list[str] = Field(default_factory=list)
    address: str | None = None
    checked_on: Day
    read_in: ReadIn | None = None
    facts: list[str] = Field(default_factory=list)
    note: str = ""

    def status_on(self, day: date) -> DocumentStatus:
        """The status on a day: the dates win over what was written down when it was checked."""
        if self.in_force_to is not None and self.in_force_to < day:
            return DocumentStatus.EXPIRED
        if self.in_force_from is not None and self.in_force_from > day:
            return DocumentStatus.PLANNED
        if self.status is DocumentStatus.PLANNED and self.in_force_from is not None:
            return DocumentStatus.UNVERIFIED
        return self.status

    def holds_on(self, day: date) -> bool:
        """Whether an answer may lean on it as if it held."""
        return self.status_on(day) in (DocumentStatus.IN_FORCE, DocumentStatus.UNVERIFIED)

    def cited(self, clause: str | None, day: date) -> CitedSource:
        """The document as a legal basis under an answer."""
        return CitedSource(
            document=self.short,
            clause=clause,
            in_force_from=self.in_force_from,
            in_force_to=self.in_force_to,
            status=self.status_on(day),
        )


class Register(BaseModel):
    """All documents, in the order of the file."""

    model_config = ConfigDict(extra="forbid")

    documents: list[LegalDocument]
