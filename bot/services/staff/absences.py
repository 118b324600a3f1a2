"""Who is away, from when until when, and who stands in."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from bot.domain.clock import VIETNAM
from bot.domain.office.absence import Handing, may_be_away, overlap
from bot.domain.office.roles import Role, answers_for
from bot.storage.models import Absence, Officer


class AbsenceRefused(Exception):
    """The absence cannot be written down. `reason`: days, overlap, substitute."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AbsenceService:
    """Writes absences down and takes them back; back from one is who has no day of it left."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(  # noqa: PLR0913  (each is one fact of an absence)
        self,
        officer: Officer,
        by: Officer,
        *,
        first_day: date,
        last_day: date,
        handing: Handing,
        substitute: Officer | None,
        now: datetime,
    ) -> Absence:
        """A person will be away; `by`: who says so. The same again: that one.

        Raises:
            AbsenceRefused: these are no days to be away, she is away on one of them already, or
                nobody fit is named to stand in.
        """
        for one in self.ahead(officer, now=now):
            if (one.first_day, one.last_day) == (first_day, last_day):
                return one
            if overlap((one.first_day, one.last_day), (first_day, last_day)):
                raise AbsenceRefused("overlap")
        if not may_be_away(first_day, last_day, today=_today(now)):
            raise AbsenceRefused("days")
        if handing is Handing.SUBSTITUTE and not _may_stand_in(substitute, officer):
            raise AbsenceRefused("substitute")
        absence = Absence(
            officer_id=officer.id,
            first_day=first_day,
            last_day=last_day,
            handing=handing,
            substitute_id=substitute.id if substitute and handing is Handing.SUBSTITUTE else None,
            written_by=by.id,
            written_at=now,
        )
        self._session.add(absence)
        self._session.flush()
        return absence

    def get(self, absence_id: int) -> Absence | None:
        """An absence, as it is now and stays; or None."""
        return self._session.scalar(
            select(Absence)
            .where(Absence.id == absence_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    def take_back(self, absence: Absence, *, now: datetime) -> None:
        """She is back, or does not go; what was passed on already stays where it is."""
        absence.taken_back_at = absence.taken_back_at or now

    def ahead(self, officer: Officer | None = None, *, now: datetime) -> list[Absence]:
        """The absences that are not over, of one person or of all, the next one first."""
        query = (
            select(Absence)
            .where(Absence.last_day >= _today(now), Absence.taken_back_at.is_(None))
            .options(joinedload(Absence.officer), joinedload(Absence.substitute))
            .order_by(Absence.first_day, Absence.id)
        )
        if officer is not None:
            query = query.where(Absence.officer_id == officer.id)
        return list(self._session.scalars(query))

    def away(self, *, now: datetime) -> dict[int, date]:
        """Who is away at an instant, and the last day of it, by the person's id."""
        query = select(Absence.officer_id, Absence.last_day).where(is_under_way(now))
        return {row.officer_id: row.last_day for row in self._session.execute(query)}

    def empty_offices(self, *, now: datetime) -> list[str]:
        """The offices of which everybody is away, by id."""
        away = self.away(now=now)
        offices: dict[str, bool] = {}
        people = select(Officer.id, Officer.office).where(Officer.active)
        for row in self._session.execute(people):
            offices[row.office] = offices.get(row.office, True) and row.id in away
        return sorted(office for office, is_empty in offices.items() if is_empty)

    def to_hand_over(self, *, now: datetime) -> list[int]:
        """Absences that have begun and whose cases are to be passed on or put back, by id."""
        query = select(Absence.id).where(
            is_under_way(now), Absence.handing != Handing.KEEP, Absence.handed_over_at.is_(None)
        )
        return list(self._session.scalars(query.order_by(Absence.id)))


def is_under_way(now: datetime) -> ColumnElement[bool]:
    """Whether somebody is away by an absence."""
    today = _today(now)
    return and_(
        Absence.first_day <= today, Absence.last_day >= today, Absence.taken_back_at.is_(None)
    )


def _may_stand_in(substitute: Officer | None, officer: Officer) -> bool:
    return (
        substitute is not None
        and substitute.id != officer.id
        and substitute.active
        and answers_for(Role(substitute.role), substitute.office, officer.office)
    )


def _today(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()
