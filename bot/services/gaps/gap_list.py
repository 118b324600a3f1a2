"""Groups of gaps as the console lists them, largest first, and one group as its page reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, selectinload

from bot.domain.clock import CLOCK_SLACK
from bot.domain.talk.gap import UNDECIDED, ConclusionState, GroupState
from bot.services.gaps.gaps import PATIENCE
from bot.storage.models import Gap, GapConclusion, GapGroup

PAGE_SIZE = 20
EXAMPLES = 3

LISTED = or_(
    Gap.id.is_not(None),
    GapGroup.id.in_(select(GapConclusion.group_id).where(GapConclusion.state.not_in(UNDECIDED))),
)
"""Groups with a question; what was decided is found also once its owners are erased."""


@dataclass(frozen=True)
class GroupRow:
    """A line of the list. `examples`: different wordings, oldest first; `reasons`: how often."""

    id: int
    state: str
    count: int
    newest_at: datetime
    examples: list[str]
    reasons: dict[str, int]
    nearest: list[str]
    conclusion: GapConclusion | None


class GapListService:
    """Reads; a question whose owner may still pick an article does not count yet."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self._session = session
        # One from the future was gathered before the clock was set back: nobody is picking there.
        self._shown = or_(
            Gap.waiting.is_(False),
            Gap.created_at < now - PATIENCE,
            Gap.created_at > now + CLOCK_SLACK,
        )
        self._of_group = (Gap.group_id == GapGroup.id) & self._shown

    def numbers(self) -> dict[str, int]:
        """How many groups stand in each state."""
        rows = self._session.execute(
            select(GapGroup.state, func.count(func.distinct(GapGroup.id)))
            .outerjoin(Gap, self._of_group)
            .where(LISTED)
            .group_by(GapGroup.state)
        )
        found = {str(state): int(count) for state, count in rows}
        return {state: found.get(state, 0) for state in GroupState}

    def page(self, state: GroupState, *, page: int = 1) -> list[GroupRow]:
        """A page of groups: the largest first, of equals the newest."""
        size = func.count(Gap.id)
        ids = self._session.scalars(
            select(GapGroup.id)
            .outerjoin(Gap, self._of_group)
            .where(GapGroup.state == state, LISTED)
            .group_by(GapGroup.id, GapGroup.newest_at)
            .order_by(size.desc(), GapGroup.newest_at.desc(), GapGroup.id)
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        ).all()
        rows = self._rows(GapGroup.id.in_(ids))
        return [rows[group_id] for group_id in ids]

    def group(self, group_id: int) -> GroupRow | None:
        """One group, or None."""
        return self._rows(GapGroup.id == group_id).get(group_id)

    def words(self, group_id: int) -> list[str]:
        """All different wordings of a group, oldest first."""
        found = self._session.scalars(
            select(Gap.words).where(Gap.group_id == group_id, self._shown).order_by(Gap.id)
        )
        return list(dict.fromkeys(found))

    def returned(self, group_id: int) -> GapConclusion | None:
        """The proposal that was returned last, or None."""
        return self._session.scalar(
            select(GapConclusion)
            .where(
                GapConclusion.group_id == group_id,
                GapConclusion.state == ConclusionState.RETURNED,
            )
            .options(selectinload(GapConclusion.decider))
            .order_by(GapConclusion.id.desc())
            .limit(1)
        )

    def versions(self, group_id: int) -> Sequence[GapConclusion]:
        """All that was ever proposed for a group, with its people, the newest first."""
        return self._session.scalars(
            select(GapConclusion)
            .where(GapConclusion.group_id == group_id)
            .options(
                selectinload(GapConclusion.proposer),
                selectinload(GapConclusion.decider),
                selectinload(GapConclusion.withdrawer),
                selectinload(GapConclusion.replaces),
            )
            .order_by(GapConclusion.id.desc())
        ).all()

    def _rows(self, wanted: ColumnElement[bool]) -> dict[int, GroupRow]:
        groups = self._session.scalars(
            select(GapGroup)
            .where(wanted)
            .options(
                selectinload(GapGroup.gaps.and_(self._shown)),
                selectinload(GapGroup.conclusions).selectinload(GapConclusion.proposer),
                selectinload(GapGroup.conclusions).selectinload(GapConclusion.decider),
            )
        )
        return {group.id: _row(group) for group in groups}


def _row(group: GapGroup) -> GroupRow:
    words = list(dict.fromkeys(gap.words for gap in group.gaps))
    counted: dict[str, int] = {}
    for gap in group.gaps:
        counted[gap.reason] = counted.get(gap.reason, 0) + 1
    standing = (ConclusionState.PROPOSED, ConclusionState.APPROVED)
    conclusions = [one for one in group.conclusions if one.state in standing]
    return GroupRow(
        id=group.id,
        state=group.state,
        count=len(group.gaps),
        newest_at=group.newest_at,
        examples=words[:EXAMPLES] or _last_texts(group),
        reasons=counted,
        nearest=_nearest(group.gaps),
        conclusion=conclusions[-1] if conclusions else None,
    )


def _last_texts(group: GapGroup) -> list[str]:
    """What was decided on, where no question is left of it."""
    return [str(text) for one in group.conclusions[-1:] for text in one.texts][:EXAMPLES]


def _nearest(gaps: Sequence[Gap]) -> list[str]:
    """Articles by how often and how near they came, best first."""
    weights: dict[str, float] = {}
    for gap in gaps:
        ids = dict.fromkeys([*([gap.served] if gap.served else []), *map(str, gap.nearest)])
        for place, article in enumerate(ids):
            weights[article] = weights.get(article, 0) + 1 / (1 + place)
    return sorted(weights, key=lambda article: -weights[article])[:5]
