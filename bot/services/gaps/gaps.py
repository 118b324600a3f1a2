"""Gathers what the assistant could not answer, in groups of like questions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from bot.domain.talk.gap import UNDECIDED, ConclusionState, GapReason, GroupState
from bot.domain.text.masking import mask
from bot.storage.models import Gap, GapConclusion, GapGroup
from vietnamese.likeness import likeness, runs

WORDS_LIMIT = 500
"""Characters of a question that are kept."""

ALIKE = 0.55
"""Likeness from which two questions are one group."""

ALIKE_NEAR = 0.4
"""The same where the search, which knows meaning, found the same article nearest."""

COMPARED = 300
"""Groups that a new gap is compared with, those that were asked last first."""

PATIENCE = timedelta(hours=24)
"""How long an owner who was asked back may still pick an article."""


_ASKED = (Gap.conversation_id == bindparam("of_conversation")) & Gap.waiting
# Built once: run at each message, and to build a statement anew takes longer than to run it.
_WENT_ON = update(Gap).where(_ASKED).values(waiting=False)


@dataclass(frozen=True)
class Unanswered:
    """What a turn could not answer. `cause` names it; `nearest`: article ids, best first."""

    cause: str
    conversation_id: str
    words: str
    reason: GapReason
    served: str = ""
    nearest: Sequence[str] = field(default_factory=tuple)


class GapService:
    """Writes gaps down, each once, and takes back what turned out to be answered."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def gather(self, unanswered: Unanswered, *, now: datetime) -> Gap | None:
        """Keeps a question in its group, masked; None where it is known or holds no word.

        A group that was closed is open again: what was settled has come back unanswered.
        """
        words = mask(" ".join(unanswered.words.split()))[:WORDS_LIMIT]
        if not runs(words) or self._known(unanswered.cause):
            return None
        group = self._group_of(words, unanswered.nearest, now)
        group.newest_at = now
        if group.state == GroupState.CLOSED:
            group.state = GroupState.OPEN
        gap = Gap(
            cause=unanswered.cause,
            conversation_id=unanswered.conversation_id,
            group=group,
            words=words,
            reason=unanswered.reason,
            served=unanswered.served,
            nearest=list(unanswered.nearest),
            waiting=unanswered.reason is GapReason.ASKED_BACK,
            created_at=now,
        )
        self._session.add(gap)
        self._session.flush()
        return gap

    def went_on(self, conversation_id: str, *, picked: bool) -> None:
        """The owner wrote after being asked back: one article was picked, or none of them."""
        named = {"of_conversation": conversation_id}
        if picked:
            self._remove(self._session.scalars(select(Gap).where(_ASKED), named).all())
        else:
            self._session.execute(_WENT_ON, named)

    def take_back(self, cause: str) -> None:
        """It was answered after all: the thumb under the answer went up."""
        self._remove(self._session.scalars(select(Gap).where(Gap.cause == cause)).all())

    def forget(self, conversation_id: str) -> None:
        """Erases the owner's questions, also from proposals; what was approved names nobody."""
        mine = self._session.scalars(
            select(Gap).where(Gap.conversation_id == conversation_id)
        ).all()
        words = {gap.words for gap in mine}
        for conclusion in self._session.scalars(
            select(GapConclusion).where(
                GapConclusion.group_id.in_({gap.group_id for gap in mine}),
                GapConclusion.state.in_(UNDECIDED),
            )
        ):
            conclusion.texts = [text for text in conclusion.texts if text not in words]
        self._remove(mine)

    def _known(self, cause: str) -> bool:
        return self._session.scalar(select(Gap.id).where(Gap.cause == cause)) is not None

    def _remove(self, gaps: Sequence[Gap]) -> None:
        groups = {gap.group_id for gap in gaps}
        self._session.execute(delete(Gap).where(Gap.id.in_([gap.id for gap in gaps])))
        for group_id in groups:
            self._remove_if_empty(group_id)

    def _remove_if_empty(self, group_id: int) -> None:
        if self._session.scalar(select(Gap.id).where(Gap.group_id == group_id).limit(1)):
            return
        undecided = (GapConclusion.group_id == group_id) & GapConclusion.state.in_(UNDECIDED)
        self._session.execute(delete(GapConclusion).where(undecided))
        settled = select(GapConclusion.state).where(GapConclusion.group_id == group_id)
        left = set(self._session.scalars(settled))
        if not left:
            self._session.execute(delete(GapGroup).where(GapGroup.id == group_id))
            return
        # What was proposed in its place went with the words: what was decided stands again.
        served = ConclusionState.APPROVED in left
        self._session.get_one(GapGroup, group_id).state = (
            GroupState.CLOSED if served else GroupState.DISMISSED
        )

    def _group_of(self, words: str, nearest: Sequence[str], now: datetime) -> GapGroup:
        """The likest group, the older one of equals; a new one where none is like enough."""
        best, likest = None, 0.0
        for group_id, first, near in self._first_gaps():
            alike = likeness(first, words)
            same = bool(nearest) and near[:1] == list(nearest[:1])
            if alike >= (ALIKE_NEAR if same else ALIKE) and alike > likest:
                best, likest = group_id, alike
        if best is not None:
            return self._session.get_one(GapGroup, best)
        group = GapGroup(state=GroupState.OPEN, created_at=now, newest_at=now)
        self._session.add(group)
        return group

    def _first_gaps(self) -> list[tuple[int, str, list[str]]]:
        """Of each group asked lately: its id, the first wording, and what came nearest to it."""
        newest = (
            select(GapGroup.id)
            .order_by(GapGroup.newest_at.desc(), GapGroup.id)
            .limit(COMPARED)
            .subquery()
        )
        firsts = (
            select(func.min(Gap.id))
            .where(Gap.group_id.in_(select(newest.c.id)))
            .group_by(Gap.group_id)
        )
        rows = self._session.execute(
            select(Gap.group_id, Gap.words, Gap.nearest)
            .where(Gap.id.in_(firsts))
            .order_by(Gap.group_id)
        )
        return [(group_id, words, near) for group_id, words, near in rows]
