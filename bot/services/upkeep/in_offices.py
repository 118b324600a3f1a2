"""Who and what belongs to an office, whether the files still have it or not."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.domain.requests.request import RequestState
from bot.storage.models import Officer, Request


def people_by_office(session: Session) -> dict[str, list[str]]:
    """The user names of each office, also of those who are locked out."""
    found: dict[str, list[str]] = {}
    wanted = select(Officer.office, Officer.username).order_by(Officer.username)
    for office, username in session.execute(wanted):
        found.setdefault(office, []).append(username)
    return found


def open_cases_by_office(session: Session) -> dict[str, int]:
    """How many cases of each office are not closed."""
    counted = (
        select(Request.office, func.count())
        .where(Request.state != RequestState.CLOSED)
        .group_by(Request.office)
    )
    return {office: int(count) for office, count in session.execute(counted)}
