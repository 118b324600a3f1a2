"""Comparison with others: results counted block by block at night, and the mean of a group."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from bot.domain.assessments.attempt import AttemptState
from bot.domain.assessments.peers import BLOCK, Comparison, compared, whole_blocks
from bot.storage.models import (
    Attempt,
    Contact,
    Conversation,
    Enterprise,
    EnterpriseProfile,
    PeerResult,
    ProfileContact,
)


class PeerService:
    """Counts first results by assessment, sector and size, and compares with them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count_new(self, *, now: datetime) -> int:
        """Counts the results that fill whole blocks; returns how many.

        Of each enterprise the first finished run counts, and once: what it corrects or repeats
        later would tell by how much the mean moved.
        """
        counted = 0
        waiting = self._session.execute(self._waiting()).all()
        for (assessment, sector, size), rows in groupby(waiting, key=lambda row: tuple(row[:3])):
            firsts = list({row.enterprise_id: row for row in reversed(list(rows))}.values())
            firsts.sort(key=lambda row: (row.finished_at, row.enterprise_id))
            block = self._blocks(assessment, sector, size)
            for place, row in enumerate(firsts[: whole_blocks(len(firsts))]):
                self._session.add(
                    PeerResult(
                        assessment=assessment,
                        sector=sector,
                        size_class=size,
                        block=block + place // BLOCK,
                        enterprise_id=row.enterprise_id,
                        percent=row.percent,
                        counted_at=now,
                    )
                )
                counted += 1
        self._session.flush()
        return counted

    def compare(self, attempt: Attempt) -> Comparison | None:
        """A finished run beside those of its enterprise's sector and size.

        The enterprise is the run's own, or the one that the owner gave for a request.
        """
        profile = self._profile_of(attempt) if attempt.percent is not None else None
        if profile is None or attempt.percent is None:
            return None
        if not (profile.sector and profile.size_class):
            return None
        return compared(attempt.percent, self._group(attempt.assessment, profile))

    def forget(self, enterprise_id: int, assessment: str = "") -> None:
        """The figure stays, and nobody knows any more whose it was; of all assessments if empty."""
        of_it = (PeerResult.assessment == assessment,) if assessment else ()
        self._session.execute(
            update(PeerResult)
            .where(PeerResult.enterprise_id == enterprise_id, *of_it)
            .values(enterprise_id=None)
        )

    def forget_runs(self, conversation_id: str) -> None:
        """Takes the name from the figures that the runs of a conversation brought in."""
        other = aliased(Attempt)
        is_later = exists().where(
            other.assessment == Attempt.assessment,
            other.enterprise_id == Attempt.enterprise_id,
            other.conversation_id != conversation_id,
            other.finished_at < Attempt.finished_at,
        )
        mine = select(Attempt.enterprise_id, Attempt.assessment).where(
            Attempt.conversation_id == conversation_id,
            Attempt.enterprise_id.is_not(None),
            Attempt.finished_at.is_not(None),
            ~is_later,
        )
        for enterprise_id, assessment in self._session.execute(mine).all():
            if enterprise_id is not None:
                self.forget(enterprise_id, assessment)

    # — inside —

    def _waiting(self) -> Select[str, str, str, int | None, int | None, datetime | None]:
        merged = select(Enterprise.id).where(Enterprise.merged_into_id == Attempt.enterprise_id)
        is_counted = exists().where(
            PeerResult.assessment == Attempt.assessment,
            or_(
                PeerResult.enterprise_id == Attempt.enterprise_id,
                PeerResult.enterprise_id.in_(merged),
            ),
        )
        return (
            select(
                Attempt.assessment,
                EnterpriseProfile.sector,
                EnterpriseProfile.size_class,
                Attempt.enterprise_id,
                Attempt.percent,
                Attempt.finished_at,
            )
            .join(EnterpriseProfile, EnterpriseProfile.enterprise_id == Attempt.enterprise_id)
            .where(
                Attempt.state == AttemptState.FINISHED,
                Attempt.percent.is_not(None),
                EnterpriseProfile.sector != "",
                EnterpriseProfile.size_class != "",
                or_(Attempt.officer_id.is_not(None), _is_of_a_known_person()),
                ~is_counted,
            )
            .order_by(
                Attempt.assessment,
                EnterpriseProfile.sector,
                EnterpriseProfile.size_class,
                Attempt.finished_at,
                Attempt.id,
            )
        )

    def _blocks(self, assessment: str, sector: str, size: str) -> int:
        highest = self._session.scalar(
            select(func.max(PeerResult.block)).where(_of(assessment, sector, size))
        )
        return (highest or 0) + 1

    def _group(self, assessment: str, profile: EnterpriseProfile) -> Sequence[int]:
        return self._session.scalars(
            select(PeerResult.percent).where(_of(assessment, profile.sector, profile.size_class))
        ).all()

    def _profile_of(self, attempt: Attempt) -> EnterpriseProfile | None:
        given = (
            select(Contact.enterprise_id)
            .join(Conversation, Conversation.contact_id == Contact.id)
            .where(Conversation.id == attempt.conversation_id)
        )
        enterprise_id = attempt.enterprise_id or self._session.scalar(given)
        if enterprise_id is None:
            return None
        enterprise = self._session.get(Enterprise, enterprise_id)
        known = enterprise.merged_into_id if enterprise is not None else None
        return self._session.get(EnterpriseProfile, known or enterprise_id)


def _is_of_a_known_person() -> ColumnElement[bool]:
    """Whether the department noted who took the run: a tax code alone anybody can type."""
    return exists().where(
        Conversation.id == Attempt.conversation_id,
        ProfileContact.contact_id == Conversation.contact_id,
        ProfileContact.enterprise_id == Attempt.enterprise_id,
    )


def _of(assessment: str, sector: str, size: str) -> ColumnElement[bool]:
    return and_(
        PeerResult.assessment == assessment,
        PeerResult.sector == sector,
        PeerResult.size_class == size,
    )
