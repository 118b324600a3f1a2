"""Everything that happened with an enterprise, as one row after the other, newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from bot.storage.models import (
    Attempt,
    Enterprise,
    EnterpriseMerge,
    Invitation,
    ProfileChange,
    Request,
)


class RowKind(StrEnum):
    """What a row of the timeline tells of."""

    REQUEST = "request"
    RUN = "run"
    SURVEY = "survey"
    CHANGE = "change"
    MERGE = "merge"
    UNMERGE = "unmerge"


@dataclass(frozen=True)
class Onlooker:
    """Who reads the timeline. `offices`: whose requests she sees; None for all.

    `sees_runs`: every run of a self-assessment; else those that came with a request of her
    offices, and those that she typed herself.
    """

    officer_id: int
    offices: frozenset[str] | None
    sees_runs: bool

    def sees(self, request: Request) -> bool:
        """Whether more than that there is one may be told of a request."""
        return self.offices is None or request.office in self.offices


@dataclass(frozen=True)
class TimelineRow:
    """One thing that happened. Only what goes with its kind is there.

    `request`: of a run, the one that it came with; None where the onlooker may not see it.
    `changes`: of one moment and one hand, and of one person or of the profile. `other`: the
    enterprise that was merged into this one.
    """

    kind: RowKind
    at: datetime
    request: Request | None = None
    attempt: Attempt | None = None
    invitation: Invitation | None = None
    changes: Sequence[ProfileChange] = ()
    merge: EnterpriseMerge | None = None
    other: Enterprise | None = None


_Id = ColumnElement[int] | InstrumentedAttribute[int]
_Instant = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]


@dataclass(frozen=True)
class _Place:
    """A row of the timeline before its own rows are read."""

    kind: RowKind
    id: int
    at: datetime


class EnterpriseTimeline:
    """Reads what happened with one enterprise, as far as somebody may see it."""

    def __init__(self, session: Session, enterprise_id: int, onlooker: Onlooker) -> None:
        self._session = session
        self._id = enterprise_id
        self._onlooker = onlooker

    def count(self) -> int:
        """How many rows there are."""
        happened = self._happened().subquery()
        return self._session.scalar(select(func.count()).select_from(happened)) or 0

    def page(self, *, limit: int, offset: int = 0) -> list[TimelineRow]:
        """Some of the rows, newest first."""
        happened = self._happened().subquery()
        chosen = (
            select(happened)
            .order_by(happened.c.at.desc(), happened.c.kind, happened.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        places = [
            _Place(RowKind(row.kind), row.id, row.at) for row in self._session.execute(chosen)
        ]
        return self._rows(places)

    # — what there is —

    def _happened(self) -> CompoundSelect[Any]:
        parts = [
            _part(RowKind.REQUEST, Request.id, Request.created_at).where(
                Request.enterprise_id == self._id
            ),
            _part(RowKind.RUN, Attempt.id, Attempt.finished_at).where(
                Attempt.enterprise_id == self._id,
                Attempt.finished_at.is_not(None),
                # Answers to a survey have a row of their own.
                Attempt.campaign_id.is_(None),
                seen_runs(self._onlooker),
            ),
            _part(RowKind.SURVEY, Invitation.id, Invitation.answered_at).where(
                or_(
                    Invitation.enterprise_id == self._id,
                    # Both asked in one campaign: the answer stayed with the row it came to.
                    Invitation.enterprise_id.in_(
                        select(Enterprise.id).where(Enterprise.merged_into_id == self._id)
                    ),
                ),
                Invitation.answered_at.is_not(None),
            ),
            _part(RowKind.CHANGE, func.min(ProfileChange.id), ProfileChange.at)
            .where(ProfileChange.enterprise_id == self._id)
            .group_by(
                ProfileChange.at,
                ProfileChange.officer_id,
                ProfileChange.source,
                ProfileChange.import_id,
                ProfileChange.person_id,
                ProfileChange.origin,
            ),
            _part(RowKind.MERGE, EnterpriseMerge.id, EnterpriseMerge.at).where(
                EnterpriseMerge.kept_id == self._id
            ),
            _part(RowKind.UNMERGE, EnterpriseMerge.id, EnterpriseMerge.undone_at).where(
                EnterpriseMerge.kept_id == self._id, EnterpriseMerge.undone_at.is_not(None)
            ),
        ]
        return union_all(*parts)

    # — the rows themselves —

    def _rows(self, places: Sequence[_Place]) -> list[TimelineRow]:
        ids: dict[RowKind, list[int]] = {kind: [] for kind in RowKind}
        for place in places:
            ids[place.kind].append(place.id)
        requests = {row.id: row for row in self._requests(ids[RowKind.REQUEST])}
        attempts = {row.id: row for row in self._attempts(ids[RowKind.RUN])}
        sent = self._sent_with(attempts)
        invitations = {row.id: row for row in self._invitations(ids[RowKind.SURVEY])}
        changes = self._changes([place for place in places if place.kind is RowKind.CHANGE])
        merges = self._merges([*ids[RowKind.MERGE], *ids[RowKind.UNMERGE]])
        rows = []
        for place in places:
            merge, other = merges.get(place.id, (None, None))
            is_merge = place.kind in (RowKind.MERGE, RowKind.UNMERGE)
            request = requests.get(place.id) if place.kind is RowKind.REQUEST else None
            if place.kind is RowKind.RUN:
                request = sent.get(place.id)
            rows.append(
                TimelineRow(
                    place.kind,
                    place.at,
                    request=request if request and self._onlooker.sees(request) else None,
                    attempt=attempts.get(place.id) if place.kind is RowKind.RUN else None,
                    invitation=invitations.get(place.id) if place.kind is RowKind.SURVEY else None,
                    changes=changes.get(place.id, ()) if place.kind is RowKind.CHANGE else (),
                    merge=merge if is_merge else None,
                    other=other if is_merge else None,
                )
            )
        return rows

    def _requests(self, ids: Iterable[int]) -> Iterable[Request]:
        query = select(Request).where(Request.id.in_(ids)).options(joinedload(Request.officer))
        return self._session.scalars(query)

    def _attempts(self, ids: Iterable[int]) -> Iterable[Attempt]:
        return self._session.scalars(select(Attempt).where(Attempt.id.in_(ids)))

    def _sent_with(self, attempts: Iterable[int]) -> dict[int, Request]:
        """The newest request that each run came with and that is seen."""
        query = (
            select(Request)
            .join(Attempt, Attempt.id == Request.attempt_id)
            .where(Request.attempt_id.in_(list(attempts)), _as_it_was_sent())
            .order_by(Request.id)
        )
        if self._onlooker.offices is not None:
            query = query.where(Request.office.in_(sorted(self._onlooker.offices)))
        return {row.attempt_id: row for row in self._session.scalars(query) if row.attempt_id}

    def _invitations(self, ids: Iterable[int]) -> Iterable[Invitation]:
        query = select(Invitation).where(Invitation.id.in_(ids))
        return self._session.scalars(query.options(joinedload(Invitation.campaign)))

    def _changes(self, places: Sequence[_Place]) -> dict[int, list[ProfileChange]]:
        """The changes of each moment and hand, by the first of them."""
        query = (
            select(ProfileChange)
            .where(
                ProfileChange.enterprise_id == self._id,
                ProfileChange.at.in_([place.at for place in places]),
            )
            .options(joinedload(ProfileChange.officer), joinedload(ProfileChange.person))
            .order_by(ProfileChange.id)
        )
        hands: dict[tuple[object, ...], list[ProfileChange]] = {}
        for row in self._session.scalars(query):
            hand = row.at, row.officer_id, row.source, row.import_id, row.person_id, row.origin
            hands.setdefault(hand, []).append(row)
        return {rows[0].id: rows for rows in hands.values()}

    def _merges(self, ids: Iterable[int]) -> dict[int, tuple[EnterpriseMerge, Enterprise]]:
        query = (
            select(EnterpriseMerge, Enterprise)
            .join(Enterprise, Enterprise.id == EnterpriseMerge.gone_id)
            .where(EnterpriseMerge.id.in_(ids))
        )
        return {merge.id: (merge, other) for merge, other in self._session.execute(query)}


def seen_runs(onlooker: Onlooker) -> ColumnElement[bool]:
    """The runs that somebody may see."""
    if onlooker.sees_runs:
        return Attempt.id > 0
    came_with = [Request.attempt_id == Attempt.id, _as_it_was_sent()]
    if onlooker.offices is not None:
        came_with.append(Request.office.in_(sorted(onlooker.offices)))
    return or_(exists().where(and_(*came_with)), Attempt.officer_id == onlooker.officer_id)


def _part(kind: RowKind, row_id: _Id, at: _Instant) -> "Select[str, int, datetime | None]":
    return select(literal(kind.value).label("kind"), row_id.label("id"), at.label("at"))


def _as_it_was_sent() -> ColumnElement[bool]:
    """What an owner put right after he sent it is not for the office."""
    return Attempt.finished_at <= Request.created_at
