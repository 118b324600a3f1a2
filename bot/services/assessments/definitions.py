"""Assessments as they stood when a run began: an edit of the file changes no run that is open."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from sqlalchemy.orm import Session

from bot.domain.assessments.assessment import Assessment
from bot.storage.models import AssessmentDefinition, Attempt


class Definitions:
    """Keeps what is begun, and gives each run its own questions."""

    def __init__(self, session: Session, assessments: Mapping[str, Assessment]) -> None:
        self._session = session
        self._assessments = assessments

    def keep(self, assessment: Assessment, *, now: datetime) -> str:
        """The id of an assessment as it stands; it is stored once."""
        content, digest = _content(assessment)
        if self._session.get(AssessmentDefinition, digest) is None:
            self._session.add(
                AssessmentDefinition(
                    id=digest,
                    assessment=assessment.id,
                    version=assessment.version,
                    content=content,
                    kept_at=now,
                )
            )
            self._session.flush()
        return digest

    def of(self, attempt: Attempt) -> Assessment | None:
        """The assessment that a run was begun with.

        None for a run older than this table whose questions changed since.
        """
        current = self._assessments.get(attempt.assessment)
        if attempt.definition_id is None:
            same = current is not None and current.version == attempt.version
            return current if same else None
        if current is not None and _content(current)[1] == attempt.definition_id:
            return current
        row = self._session.get(AssessmentDefinition, attempt.definition_id)
        return _read(row.content) if row is not None else None


@lru_cache(maxsize=64)
def _read(content: str) -> Assessment:
    return Assessment.model_validate_json(content)


def _content(assessment: Assessment) -> tuple[str, str]:
    content = assessment.model_dump_json(by_alias=True, exclude_defaults=True)
    return content, sha256(content.encode()).hexdigest()
