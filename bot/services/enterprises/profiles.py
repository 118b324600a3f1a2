"""Profiles of enterprises: opened, written field by field, with a history of every value."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from bot.domain.enterprise.profile import (
    ChangeSource,
    LegalForm,
    ProfileField,
    Value,
    written,
)
from bot.domain.enterprise.size_class import BusinessField, SizeFigures, SizeFound, size_of
from bot.storage.models import Enterprise, EnterpriseProfile, Officer, ProfileChange

NO_SIZE_BY_LAW = frozenset({LegalForm.HOUSEHOLD, LegalForm.COOPERATIVE, LegalForm.BRANCH})
"""What the classes of Nghị định 80/2021 do not measure: they are of enterprises."""


HistoryLine = dict[str, Any]
"""The columns of a `ProfileChange`: of ten thousand profiles they are stored at once."""


class FieldOfSector(Protocol):
    """Knows into which field of the decree a sector falls (`bot.knowledge.places`)."""

    def field_of(self, sector: str) -> BusinessField | None:
        """The field of a sector of two digits; None where the sector is not known."""


@dataclass(frozen=True)
class WrittenBy:
    """Who gave values, and how. `origin`: the title of what they were taken from."""

    source: ChangeSource
    officer: Officer | None = None
    import_id: int | None = None
    origin: str = ""


class ProfileService:
    """Keeps profiles; each change of a value leaves a line."""

    def __init__(self, session: Session, sectors: FieldOfSector) -> None:
        self._session = session
        self._sectors = sectors

    def get(self, enterprise_id: int) -> EnterpriseProfile | None:
        """The profile of an enterprise, or None."""
        return self._session.get(EnterpriseProfile, enterprise_id)

    def held(self, enterprise_id: int) -> EnterpriseProfile | None:
        """The same, read anew and held until the end of the transaction."""
        return self._session.get(
            EnterpriseProfile, enterprise_id, with_for_update=True, populate_existing=True
        )

    def open(self, enterprise: Enterprise, *, now: datetime) -> EnterpriseProfile:
        """The profile of an enterprise; an empty one where there was none."""
        found = self.held(enterprise.id)
        if found is not None:
            return found
        profile = EnterpriseProfile(enterprise_id=enterprise.id, created_at=now, updated_at=now)
        self._session.add(profile)
        self._session.flush()
        return profile

    def write(
        self,
        profile: EnterpriseProfile,
        values: Mapping[ProfileField, Value],
        *,
        by: WrittenBy,
        now: datetime,
    ) -> list[ProfileField]:
        """Sets the values that differ, each with a line of history; returns those that did."""
        lines = self.put(profile, values, by=by, now=now)
        self.keep(lines)
        return [ProfileField(line["field"]) for line in lines]

    def put(
        self,
        profile: EnterpriseProfile,
        values: Mapping[ProfileField, Value],
        *,
        by: WrittenBy,
        now: datetime,
    ) -> list[HistoryLine]:
        """The same, and `keep` is the caller's: for many profiles at once."""
        lines: list[HistoryLine] = []
        for field, value in values.items():
            before = getattr(profile, field)
            if before == value:
                continue
            setattr(profile, field, value)
            lines.append(
                {
                    "enterprise_id": profile.enterprise_id,
                    "field": field,
                    "before": written(field, before),
                    "after": written(field, value),
                    "source": by.source,
                    "import_id": by.import_id,
                    "officer_id": by.officer.id if by.officer else None,
                    "origin": by.origin,
                    "at": now,
                }
            )
        if lines:
            profile.updated_at = now
            size = self.size(profile)
            profile.size_class = size.size if size is not None and size.size is not None else ""
        return lines

    def keep(self, lines: Sequence[HistoryLine]) -> None:
        """Stores lines of history, behind the profiles that they are of."""
        self._session.flush()
        if lines:
            self._session.execute(insert(ProfileChange), list(lines))

    def size(self, profile: EnterpriseProfile) -> SizeFound | None:
        """What the figures make of it; None where the law measures no such enterprise.

        Also where the sector is not known: the lines differ by it.
        """
        field = self._sectors.field_of(profile.sector) if profile.sector else None
        if field is None or profile.legal_form in NO_SIZE_BY_LAW:
            return None
        return size_of(SizeFigures(profile.staff, profile.revenue, profile.capital), field)

    def count(self) -> int:
        """How many enterprises have a profile."""
        return self._session.scalar(select(func.count()).select_from(EnterpriseProfile)) or 0


def filled(values: Mapping[ProfileField, Value]) -> dict[ProfileField, Value]:
    """The values that say something: an empty cell of a table takes nothing away."""
    return {field: value for field, value in values.items() if value not in ("", None)}


def values_of(
    profile: EnterpriseProfile, fields: Iterable[ProfileField] = ProfileField
) -> dict[ProfileField, Value]:
    """The values of a profile by field."""
    return {field: getattr(profile, field) for field in fields}
