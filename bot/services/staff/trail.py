"""The trail: written for everything that people do, read by administrators, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.clock import CLOCK_SLACK, VIETNAM
from bot.domain.office.trail import DAYS_OF_A_MONTH, ONCE_A_WHILE, SAME_VIEW, Deed, TrailKind
from bot.services.requests.requests import RequestService
from bot.services.staff.officers import OfficerService
from bot.storage.models import TrailLine

LONGEST = 80
LONGEST_ADDRESS = 60

MOST_UNKNOWN = 200
"""Refused sign-ins of nobody's that are kept of half an hour: a flood must not fill the disk."""

PIECE = 5000
"""Lines that one removal takes at once."""


@dataclass(frozen=True)
class TrailFilter:
    """Which lines are read. `since`, `until`: days in Vietnam, both counted; None: no bound."""

    officer_id: int | None = None
    kind: TrailKind | None = None
    subject: str = ""
    since: date | None = None
    until: date | None = None


class Trail:
    """Writes and reads the trail."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(self, deed: Deed, *, now: datetime) -> None:
        """Adds a line; what only repeats a line of this half hour adds none."""
        named = replace(deed, subject=self._called(deed))
        if deed.kind in ONCE_A_WHILE and self._stands(named, now):
            return
        if deed.kind is TrailKind.REFUSED and deed.officer_id is None and self._is_flooded(now):
            return
        self._session.add(
            TrailLine(
                at=now,
                kind=named.kind,
                act=named.act,
                officer_id=named.officer_id,
                address=named.address[:LONGEST_ADDRESS],
                subject_kind=named.subject_kind,
                subject=named.subject[:LONGEST],
                detail=named.detail[:LONGEST],
            )
        )

    def page(self, wanted: TrailFilter, *, before: int | None, limit: int) -> list[TrailLine]:
        """Lines, newest first, below an id."""
        chosen = _narrowed(select(TrailLine), wanted)
        if before is not None:
            chosen = chosen.where(TrailLine.id < before)
        ordered = chosen.order_by(TrailLine.id.desc()).limit(limit)
        return list(self._session.scalars(ordered.options(joinedload(TrailLine.officer))))

    def forget_old(self, months: int, *, now: datetime) -> int:
        """Removes a piece of what is older, at least a year; the removal is a line itself."""
        limit = now - timedelta(days=DAYS_OF_A_MONTH * months)
        oldest = select(TrailLine.id).where(TrailLine.at < limit).order_by(TrailLine.id)
        gone: Sequence[int] = self._session.scalars(oldest.limit(PIECE)).all()
        if gone:
            self._session.execute(delete(TrailLine).where(TrailLine.id.in_(gone)))
            self.write(Deed(TrailKind.HOUSE, "forget_trail", detail=str(len(gone))), now=now)
        return len(gone)

    def _called(self, deed: Deed) -> str:
        """A case by its code, a person by the user name: what people look for."""
        if not deed.subject.isdecimal():
            return deed.subject
        if deed.subject_kind == "request":
            request = RequestService(self._session).get(int(deed.subject))
            return request.code if request is not None else deed.subject
        if deed.subject_kind == "person":
            officer = OfficerService(self._session).get(int(deed.subject))
            return officer.username if officer is not None else deed.subject
        return deed.subject

    def _is_flooded(self, now: datetime) -> bool:
        lately = (
            select(TrailLine.id)
            .where(
                TrailLine.kind == TrailKind.REFUSED,
                TrailLine.officer_id.is_(None),
                TrailLine.at > now - SAME_VIEW,
            )
            .limit(MOST_UNKNOWN)
        )
        return self._session.scalar(select(func.count()).select_from(lately.subquery())) == (
            MOST_UNKNOWN
        )

    def _stands(self, deed: Deed, now: datetime) -> bool:
        found = self._session.scalar(
            select(func.max(TrailLine.id)).where(
                TrailLine.officer_id == deed.officer_id
                if deed.officer_id is not None
                else TrailLine.officer_id.is_(None),
                TrailLine.kind == deed.kind,
                TrailLine.act == deed.act,
                TrailLine.subject_kind == deed.subject_kind,
                TrailLine.subject == deed.subject,
                TrailLine.address == deed.address[:LONGEST_ADDRESS],
                TrailLine.at > now - SAME_VIEW,
                TrailLine.at <= now + CLOCK_SLACK,
            )
        )
        return found is not None


def _narrowed(chosen: Select[Any], wanted: TrailFilter) -> Select[Any]:
    if wanted.officer_id is not None:
        chosen = chosen.where(TrailLine.officer_id == wanted.officer_id)
    if wanted.kind is not None:
        chosen = chosen.where(TrailLine.kind == wanted.kind)
    if wanted.subject:
        chosen = chosen.where(TrailLine.subject == wanted.subject)
    if wanted.since is not None:
        chosen = chosen.where(TrailLine.at >= _begin_of(wanted.since))
    if wanted.until is not None:
        chosen = chosen.where(TrailLine.at < _begin_of(wanted.until) + timedelta(days=1))
    return chosen


def _begin_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM)
