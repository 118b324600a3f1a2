"""What officers conclude about a group of gaps: proposed by one, approved or returned by another.

ConclusionRefused: the step is not open; its reason names the sentence `gaps.refused_…`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.domain.talk.gap import ConclusionKind, ConclusionState, GroupState
from bot.domain.text.masking import mask
from bot.domain.text.plain import plain
from bot.storage.models import GapConclusion, GapGroup, Officer, RegressionCase

TEXT_LIMIT = 300
MOST_TEXTS = 20


class ConclusionRefused(Exception):
    """The step is not open. `reason`: gone, own, texts, remark, changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Proposal:
    """What to propose: `texts` to settle; the article that answers them, and its fields if new."""

    kind: ConclusionKind
    texts: tuple[str, ...]
    article: str = ""
    draft: dict[str, Any] | None = None


class ConclusionService:
    """Takes a group from one state to the next. Each step is checked under the group's lock."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def propose(
        self, group_id: int, proposal: Proposal, officer: Officer, *, now: datetime
    ) -> GapConclusion:
        """Puts a proposal before the others.

        Raises:
            ConclusionRefused: the group is no longer open, or there is nothing to settle.
        """
        group = self._locked(group_id)
        if group.state != GroupState.OPEN:
            raise ConclusionRefused("changed")
        conclusion = GapConclusion(
            group_id=group.id,
            kind=proposal.kind,
            state=ConclusionState.PROPOSED,
            texts=checked_texts(proposal.texts),
            article=proposal.article,
            draft=proposal.draft,
            proposed_by=officer.id,
            proposed_at=now,
        )
        self._session.add(conclusion)
        group.state = GroupState.PROPOSED
        self._session.flush()
        return conclusion

    def proposed(self, group_id: int) -> GapConclusion | None:
        """The proposal that waits for somebody else, or None."""
        return self._session.scalar(
            select(GapConclusion)
            .where(
                GapConclusion.group_id == group_id,
                GapConclusion.state == ConclusionState.PROPOSED,
            )
            .order_by(GapConclusion.id.desc())
            .limit(1)
        )

    def known(self, conclusion_id: int) -> GapConclusion:
        """A conclusion that is known to be there.

        Raises:
            NoResultFound: there is none.
        """
        return self._session.get_one(GapConclusion, conclusion_id)

    def approvable(self, group_id: int, officer: Officer) -> GapConclusion:
        """The proposal of a group that this person may approve.

        Raises:
            ConclusionRefused: there is none, or it is the person's own.
        """
        conclusion = self.proposed(group_id)
        if conclusion is None:
            raise ConclusionRefused("changed")
        if conclusion.proposed_by == officer.id:
            raise ConclusionRefused("own")
        return conclusion

    def approve(
        self, group_id: int, conclusion_id: int, officer: Officer, *, now: datetime
    ) -> GapConclusion:
        """Approves the proposal that was tried, and keeps each wording as a regression case.

        Raises:
            ConclusionRefused: see `approvable`; or another proposal stands there by now.
        """
        group = self._locked(group_id)
        conclusion = self.approvable(group_id, officer)
        if conclusion.id != conclusion_id:
            raise ConclusionRefused("changed")
        self._decide(conclusion, ConclusionState.APPROVED, officer, now)
        group.state = GroupState.CLOSED
        self._supersede(conclusion)
        for text in conclusion.texts:
            self._session.add(
                RegressionCase(
                    conclusion_id=conclusion.id,
                    text=text,
                    article=conclusion.article,
                    failing=False,
                    tried_at=now,
                )
            )
        return conclusion

    def send_back(self, group_id: int, officer: Officer, remark: str, *, now: datetime) -> None:
        """Returns a proposal with a remark; the proposer may take it back in the same way.

        Raises:
            ConclusionRefused: nothing is proposed, or the remark is missing.
        """
        group = self._locked(group_id)
        conclusion = self.proposed(group_id)
        if conclusion is None:
            raise ConclusionRefused("changed")
        if not remark:
            raise ConclusionRefused("remark")
        self._decide(conclusion, ConclusionState.RETURNED, officer, now)
        conclusion.remark = remark
        group.state = GroupState.OPEN

    def dismiss(self, group_id: int) -> None:
        """Puts a group aside; like questions follow it.

        Raises:
            ConclusionRefused: it is not open.
        """
        self._move(group_id, GroupState.OPEN, GroupState.DISMISSED)

    def reopen(self, group_id: int) -> None:
        """Takes up a group that was put aside.

        Raises:
            ConclusionRefused: it was not.
        """
        self._move(group_id, GroupState.DISMISSED, GroupState.OPEN)

    def _move(self, group_id: int, start: GroupState, end: GroupState) -> None:
        group = self._locked(group_id)
        if group.state != start:
            raise ConclusionRefused("changed")
        group.state = end

    def _supersede(self, newest: GapConclusion) -> None:
        """What was settled about the same wordings before gives way."""
        again = {plain(text) for text in newest.texts}
        for case in self._session.scalars(select(RegressionCase)):
            if plain(case.text) in again:
                self._session.delete(case)
        others = select(GapConclusion).where(
            GapConclusion.state == ConclusionState.APPROVED, GapConclusion.id != newest.id
        )
        for other in self._session.scalars(others):
            kept = [text for text in other.texts if plain(text) not in again]
            if len(kept) < len(other.texts):
                other.texts = kept

    def _decide(
        self, conclusion: GapConclusion, state: ConclusionState, officer: Officer, now: datetime
    ) -> None:
        conclusion.state = state
        conclusion.decided_by = officer.id
        conclusion.decided_at = now

    def _locked(self, group_id: int) -> GapGroup:
        group = self._session.scalar(
            select(GapGroup)
            .where(GapGroup.id == group_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if group is None:
            raise ConclusionRefused("gone")
        return group


def mark_taken_in(session: Session, ids: Iterable[int], *, now: datetime) -> None:
    """The files hold these conclusions from now on: they lie over them no more."""
    session.execute(
        update(GapConclusion).where(GapConclusion.id.in_(list(ids))).values(taken_in_at=now)
    )


def checked_texts(texts: Iterable[str]) -> list[str]:
    """The wordings, masked, each once.

    Raises:
        ConclusionRefused: there are none, or too many.
    """
    masked = (mask(" ".join(text.split()))[:TEXT_LIMIT] for text in texts)
    kept = {plain(text): text for text in masked if plain(text)}
    if not 0 < len(kept) <= MOST_TEXTS:
        raise ConclusionRefused("texts")
    return list(kept.values())
