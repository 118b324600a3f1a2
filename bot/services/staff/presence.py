"""Who of an office is at work."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.services.staff.absences import AbsenceService
from bot.storage.models import Officer


def people_at_work(session: Session, office: str, *, now: datetime) -> list[Officer]:
    """Who of an office may answer at an instant and is not away, by id."""
    away = AbsenceService(session).away(now=now)
    query = select(Officer).where(Officer.office == office, Officer.active).order_by(Officer.id)
    return [one for one in session.scalars(query) if one.id not in away]
