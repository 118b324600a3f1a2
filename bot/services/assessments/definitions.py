"""Assessments as they stood when a run began: an edit of the file changes no run that is open."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.domain.assessments.assessment import Assessment
from bot.storage.models import AssessmentDefinition, Attempt

_STORE = {
    name: dialect.insert(AssessmentDefinition).on_conflict_do_nothing(index_elements=["id"])
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}
"""Two owners may begin the first runs of an edited file at the same moment."""


class Definitions:
    """Keeps what is begun, and gives each run its own questions."""

    def __init__(self, session: Session, assessments: Mapping[str, Assessment]) -> None:
        self._session = session
        self._assessments = assessments

    def keep(self, assessment: Assessment, *, now: datetime) -> str:
        """The id of an assessment as it stands; it is stored once."""
        self._session.execute(
            _STORE[self._session.get_bind().dialect.name],
            {
                "id": assessment.digest,
                "assessment": assessment.id,
                "version": assessment.version,
                "content": assessment.content,
                "kept_at": now,
            },
        )
        return assessment.digest

    def of(self, attempt: Attempt) -> Assessment | None:
        """The assessment that a run was begun with.

        None for a run older than this table whose questions changed since.
        """
        current = self._assessments.get(attempt.assessment)
        if attempt.definition_id is None:
            same = current is not None and current.version == attempt.version
            return current if same else None
        if current is not None and current.digest == attempt.definition_id:
            return current
        return self.kept(attempt.definition_id)

    def kept(self, definition_id: str) -> Assessment | None:
        """The assessment of an id, as it was kept."""
        row = self._session.get(AssessmentDefinition, definition_id)
        return _read(row.content) if row is not None else None


@lru_cache(maxsize=64)
def _read(content: str) -> Assessment:
    return Assessment.model_validate_json(content)
