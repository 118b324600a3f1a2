"""What officers conclude about a group of gaps: proposed by one, approved or returned by another.

What is approved can be withdrawn, at once and by one person; an edit of it, and putting back what
was withdrawn, is a new version, proposed and approved like the first. The version before is served
until then (docs/adr/0036-what-is-approved-can-be-changed.md).

ConclusionRefused: the step is not open; its reason names the sentence `gaps.refused_…`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.domain.office.roles import Role, sees
from bot.domain.talk.gap import CHANGEABLE, ConclusionKind, ConclusionState, GroupState
from bot.domain.text.masking import mask
from bot.domain.text.plain import plain
from bot.knowledge.additions.added_article import has_ground, tells_the_same
from bot.knowledge.library import Library
from bot.services.gaps.approved_additions import article_of
from bot.storage.models import Gap, GapConclusion, GapGroup, Officer, RegressionCase

TEXT_LIMIT = 300
MOST_TEXTS = 20


class ConclusionRefused(Exception):
    """The step is not open.

    `reason`: gone, own, office, ground, texts, remark, why, files, changed.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Proposal:
    """What to propose: `texts` to settle; the article that answers them, and its fields if new.

    `replaces`: the version of which this is a later one, and `why` there is one.
    """

    kind: ConclusionKind
    texts: tuple[str, ...]
    article: str = ""
    draft: dict[str, Any] | None = None
    replaces: int | None = None
    why: str = ""


class ConclusionService:
    """Takes a group from one state to the next. Each step is checked under the group's lock."""

    def __init__(self, session: Session, library: Library) -> None:
        self._session = session
        self._library = library

    def propose(
        self, group_id: int, proposal: Proposal, officer: Officer, *, now: datetime
    ) -> GapConclusion:
        """Puts a proposal before the others.

        Raises:
            ConclusionRefused: the group is no longer open, there is nothing to settle, an article
                names no ground; of a later version also: it has no reason, or nothing to replace.
        """
        group = self._locked(group_id)
        if proposal.replaces is not None:
            self._check_replaced(group, proposal, proposal.replaces)
        elif group.state != GroupState.OPEN:
            raise ConclusionRefused("changed")
        if proposal.draft is not None and not has_ground(proposal.draft):
            raise ConclusionRefused("ground")
        conclusion = GapConclusion(
            group_id=group.id,
            kind=proposal.kind,
            state=ConclusionState.PROPOSED,
            texts=checked_texts(proposal.texts),
            article=proposal.article,
            draft=proposal.draft,
            replaces_id=proposal.replaces,
            why=proposal.why,
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

    def looks_after(self, conclusion: GapConclusion, role: Role, office: str) -> bool:
        """Whether a person approves and withdraws it: of its article's office, or a head.

        What names no article, or one that is gone, is everybody's.
        """
        knowledge = self._library.current
        article = article_of(conclusion) or knowledge.articles.get(conclusion.article)
        return article is None or sees(role, office, knowledge.looked_after_by(article))

    def is_editors(self, conclusion: GapConclusion) -> bool:
        """Whether its article went into a file that an editor has rewritten since, or removed."""
        written = article_of(conclusion)
        if written is None or conclusion.taken_in_at is None:
            return False
        known = self._library.files.articles.get(written.id)
        return known is None or not tells_the_same(known, written)

    def approvable(self, group_id: int, officer: Officer) -> GapConclusion:
        """The proposal of a group that this person may approve.

        Raises:
            ConclusionRefused: there is none, it is the person's own, an article of another office,
                or one that names no ground.
        """
        conclusion = self.proposed(group_id)
        if conclusion is None:
            raise ConclusionRefused("changed")
        if conclusion.proposed_by == officer.id:
            raise ConclusionRefused("own")
        self._check_office(conclusion, officer)
        if conclusion.draft is not None and not has_ground(conclusion.draft):
            raise ConclusionRefused("ground")
        return conclusion

    def approve(
        self, group_id: int, conclusion_id: int, officer: Officer, *, now: datetime
    ) -> GapConclusion:
        """Approves the proposal that was tried, and keeps each wording as a regression case.

        The version that it replaces gives way at the same instant.

        Raises:
            ConclusionRefused: see `approvable`; or another proposal stands there by now.
        """
        group = self._locked(group_id)
        conclusion = self.approvable(group_id, officer)
        if conclusion.id != conclusion_id:
            raise ConclusionRefused("changed")
        self._decide(conclusion, ConclusionState.APPROVED, officer, now)
        group.state = GroupState.CLOSED
        if conclusion.replaces is not None:
            self._stop(conclusion.replaces, ConclusionState.REPLACED)
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
        group.state = self._state_without(conclusion)

    def withdraw(
        self, group_id: int, conclusion_id: int, officer: Officer, why: str, *, now: datetime
    ) -> None:
        """Stops serving what was approved, at once; its questions are open again.

        Raises:
            ConclusionRefused: it is not served, it is another office's or an editor's by now, or
                nothing says why.
        """
        group = self._locked(group_id)
        conclusion = self._of_group(group, conclusion_id)
        if conclusion.state != ConclusionState.APPROVED:
            raise ConclusionRefused("changed")
        self._check_office(conclusion, officer)
        if self.is_editors(conclusion):
            raise ConclusionRefused("files")
        if not why:
            raise ConclusionRefused("why")
        self._stop(conclusion, ConclusionState.WITHDRAWN)
        conclusion.withdrawn_by, conclusion.withdrawn_at = officer.id, now
        conclusion.withdrawn_why = why
        if group.state == GroupState.CLOSED:
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

    def _check_replaced(self, group: GapGroup, proposal: Proposal, replaced_id: int) -> None:
        replaced = self._of_group(group, replaced_id)
        is_open = group.state in (GroupState.OPEN, GroupState.CLOSED)
        if not is_open or replaced.state not in CHANGEABLE or replaced.kind != proposal.kind:
            raise ConclusionRefused("changed")
        if proposal.draft is not None and proposal.article != replaced.article:
            raise ConclusionRefused("changed")
        if self.is_editors(replaced):
            raise ConclusionRefused("files")
        if not proposal.why:
            raise ConclusionRefused("why")

    def _check_office(self, conclusion: GapConclusion, officer: Officer) -> None:
        # No office takes another's article by an edit of its own: of both, or a head.
        versions = (conclusion, conclusion.replaces)
        role = Role(officer.role)
        if not all(self.looks_after(one, role, officer.office) for one in versions if one):
            raise ConclusionRefused("office")

    def _of_group(self, group: GapGroup, conclusion_id: int) -> GapConclusion:
        found = self._session.get(GapConclusion, conclusion_id, populate_existing=True)
        if found is None or found.group_id != group.id:
            raise ConclusionRefused("gone")
        return found

    def _stop(self, conclusion: GapConclusion, state: ConclusionState) -> None:
        """It is served no more, and its wordings are tried no more."""
        conclusion.state = state
        cases = delete(RegressionCase).where(RegressionCase.conclusion_id == conclusion.id)
        self._session.execute(cases)
        self._session.flush()

    def _state_without(self, conclusion: GapConclusion) -> GroupState:
        """Where a group stands once a proposal has gone.

        Settled, if the version before still is and nobody asked in vain since.
        """
        before = conclusion.replaces
        if before is None or before.state != ConclusionState.APPROVED or before.decided_at is None:
            return GroupState.OPEN
        later = select(Gap.id).where(
            Gap.group_id == conclusion.group_id, Gap.created_at > before.decided_at
        )
        asked = self._session.scalar(later.limit(1)) is not None
        return GroupState.OPEN if asked else GroupState.CLOSED

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


def mark_taken_out(session: Session, ids: Iterable[int]) -> None:
    """The files hold these conclusions no more."""
    session.execute(
        update(GapConclusion).where(GapConclusion.id.in_(list(ids))).values(taken_in_at=None)
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
