"""Who and what an edit of `offices.yml` leaves behind, in the installation's database."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.commands.installed import installed_database
from bot.domain.requests.request import RequestState
from bot.knowledge.library import Knowledge
from bot.settings import Settings
from bot.storage.models import Officer, Request


def office_failures(settings: Settings, knowledge: Knowledge) -> list[str]:
    """A line for each office that people or open cases belong to, and the files do not have."""
    database = installed_database(settings)
    if database is None:
        return []
    with database.reading() as session:
        people, cases = _people(session), _open_cases(session)
    database.close()
    gone = sorted(one for one in people.keys() | cases.keys() if not knowledge.answers(one))
    return [
        f"office “{office}” is no office of the department: "
        f"{cases.get(office, 0)} open cases, people: {', '.join(people.get(office, ['none']))}"
        for office in gone
    ]


def _people(session: Session) -> dict[str, list[str]]:
    """The user names of each office, also of those who are locked out."""
    found: dict[str, list[str]] = {}
    wanted = select(Officer.office, Officer.username).order_by(Officer.username)
    for office, username in session.execute(wanted):
        found.setdefault(office, []).append(username)
    return found


def _open_cases(session: Session) -> dict[str, int]:
    counted = (
        select(Request.office, func.count())
        .where(Request.state != RequestState.CLOSED)
        .group_by(Request.office)
    )
    return {office: int(count) for office, count in session.execute(counted)}
