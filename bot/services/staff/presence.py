"""Who of an office is at work."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.models import Officer


def people_at_work(session: Session, office: str, *, now: datetime) -> list[Officer]:  # noqa: ARG001
    """Who of an office may answer at an instant, by id."""
    query = select(Officer).where(Officer.office == office, Officer.active).order_by(Officer.id)
    return list(session.scalars(query))
