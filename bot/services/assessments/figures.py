"""What the department counts of self-assessments: how many, how far, how strong in each part."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from bot.domain.assessments.assessment import Assessment, Dimension, Level
from bot.domain.enterprise.tax_code import discreet
from bot.domain.talk.messages import ChannelName
from bot.storage.models import (
    Attempt,
    AttemptScore,
    Conversation,
    Enterprise,
    EnterpriseProfile,
    Request,
)

PAGE_SIZE = 50

COUNTER = "counter"
"""Stands for the channel of a run that an officer filled in."""

HALF = 50
"""Percent under which a dimension is called weak."""

_FINISHED: ColumnElement[bool] = Attempt.finished_at.is_not(None)
"""A run that is open again has no such instant; the index of counts holds this column."""

_Instant = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]


@dataclass(frozen=True)
class Slice:
    """Runs of the enterprises of a sector, a commune, a size only; empty: whatever it is.

    Narrowed, it counts the runs alone of which it is known whose they are.
    """

    sector: str = ""
    commune: str = ""
    size: str = ""

    def __bool__(self) -> bool:
        return bool(self.sector or self.commune or self.size)


WHOLE = Slice()


@dataclass(frozen=True)
class Taken:
    """How often an assessment was begun and finished, and the mean percent of those finished.

    `mean`: None where nothing was finished, or nothing is scored.
    """

    assessment: Assessment
    begun: int
    finished: int
    mean: int | None


@dataclass(frozen=True)
class DimensionFigures:
    """A dimension over all finished runs: how many have it, their mean, how many under a half."""

    dimension: Dimension
    count: int
    mean: int
    weak: int


@dataclass(frozen=True)
class FinishedRun:
    """One finished run: of whom only where he sent a request with it, or gave it to the department.

    `channel`: where it was taken; `counter` where an officer filled it in. `enterprise_id`: of one
    on an answer page.
    """

    attempt: Attempt
    channel: str
    request_id: int | None
    request_code: str
    request_office: str
    enterprise: str
    enterprise_id: int | None


class AssessmentFigures:
    """Reads the runs since an instant; None: all. Counts stored results, no answers."""

    def __init__(
        self,
        session: Session,
        assessments: Mapping[str, Assessment],
        *,
        since: datetime | None,
        narrowed: Slice = WHOLE,
    ) -> None:
        self._session = session
        self._assessments = assessments
        self._since = since
        self._slice = narrowed

    def taken(self) -> list[Taken]:
        """Every assessment, the one begun most often first."""
        is_begun, is_finished = self._from(Attempt.started_at), self._from(Attempt.finished_at)
        found = self._session.execute(
            select(
                Attempt.assessment,
                func.count().filter(is_begun),
                func.count().filter(_FINISHED, is_finished),
                func.avg(Attempt.percent).filter(_FINISHED, is_finished),
            )
            .where(*self._sliced())
            .group_by(Attempt.assessment)
        )
        counts = {row[0]: row[1:] for row in found}
        rows = [
            Taken(one, begun, finished, None if mean is None else round(mean))
            for id_, one in self._assessments.items()
            for begun, finished, mean in [counts.get(id_, (0, 0, None))]
        ]
        return sorted(rows, key=lambda row: -row.begun)

    def dimensions(self, assessment: Assessment) -> list[DimensionFigures]:
        """Every dimension of which some run has a score, in the order of the file."""
        rows = self._session.execute(
            select(
                AttemptScore.dimension,
                func.count(),
                func.avg(AttemptScore.percent),
                func.count().filter(AttemptScore.percent < HALF),
            )
            .join(Attempt)
            .where(*self._of(assessment))
            .group_by(AttemptScore.dimension)
        )
        by_id = {name: (count, round(mean), weak) for name, count, mean, weak in rows}
        return [
            DimensionFigures(one, *by_id[one.id])
            for one in assessment.dimensions
            if one.id in by_id
        ]

    def levels(self, assessment: Assessment) -> list[tuple[Level, int]]:
        """How many runs came to each level, in the order of the file."""
        rows = self._session.execute(
            select(Attempt.level, func.count()).where(*self._of(assessment)).group_by(Attempt.level)
        )
        counts: dict[str, int] = {row[0]: row[1] for row in rows}
        return [(level, counts.get(level.title, 0)) for level in assessment.levels]

    def runs(self, assessment: Assessment, *, page: int) -> list[FinishedRun]:
        """A page of the finished runs, newest first."""
        chosen = self._runs(assessment).offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE)
        return [_run(*row) for row in self._session.execute(chosen)]

    def every_run(self, assessment: Assessment) -> list[FinishedRun]:
        """All finished runs with their parts, newest first."""
        whole = self._runs(assessment).options(selectinload(Attempt.scores))
        return [_run(*row) for row in self._session.execute(whole)]

    def count(self, assessment: Assessment) -> int:
        """How many finished runs there are."""
        query = select(func.count()).select_from(Attempt).where(*self._of(assessment))
        return self._session.scalar(query) or 0

    # — inside —

    def _runs(self, assessment: Assessment) -> Select[Attempt, str, Request, Enterprise, str]:
        """A row a run, with the newest request that was sent with it, and whose it is."""
        newest = (
            select(func.max(Request.id))
            .where(Request.attempt_id == Attempt.id)
            .correlate(Attempt)
            .scalar_subquery()
        )
        return (
            select(Attempt, Conversation.channel, Request, Enterprise, EnterpriseProfile.name)
            .join(Conversation, Conversation.id == Attempt.conversation_id)
            .outerjoin(Request, Request.id == newest)
            .outerjoin(Enterprise, Enterprise.id == Attempt.enterprise_id)
            .outerjoin(EnterpriseProfile, EnterpriseProfile.enterprise_id == Enterprise.id)
            .where(*self._of(assessment))
            .order_by(Attempt.finished_at.desc(), Attempt.id.desc())
        )

    def _of(self, assessment: Assessment) -> tuple[ColumnElement[bool], ...]:
        return (
            Attempt.assessment == assessment.id,
            _FINISHED,
            self._from(Attempt.finished_at),
            *self._sliced(),
        )

    def _sliced(self) -> tuple[ColumnElement[bool], ...]:
        if not self._slice:
            return ()
        wanted = (
            (EnterpriseProfile.sector, self._slice.sector),
            (EnterpriseProfile.commune, self._slice.commune),
            (EnterpriseProfile.size_class, self._slice.size),
        )
        theirs = select(EnterpriseProfile.enterprise_id).where(
            *(column == value for column, value in wanted if value)
        )
        return (Attempt.enterprise_id.in_(theirs),)

    def _from(self, at: _Instant) -> ColumnElement[bool]:
        return at >= self._since if self._since is not None else Attempt.id > 0


def _run(
    attempt: Attempt,
    channel: str,
    request: Request | None,
    enterprise: Enterprise | None,
    name: str | None,
) -> FinishedRun:
    # In the chat a run is its owner's own, until he sends a request with it.
    given = enterprise if channel == ChannelName.ANSWER_PAGE else None
    called = (name or given.name or discreet(given.tax_code or "")) if given is not None else ""
    return FinishedRun(
        attempt=attempt,
        channel=COUNTER if given is not None and attempt.officer_id is not None else channel,
        request_id=request.id if request is not None else None,
        request_code=request.code if request is not None else "",
        request_office=request.office if request is not None else "",
        enterprise=request.enterprise_name if request is not None else called,
        enterprise_id=given.id if given is not None else None,
    )
