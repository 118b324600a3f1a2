"""What `offices.yml` does not say yet, and who and what an edit of it leaves behind."""

from bot.commands.groundwork.installed import installed_database
from bot.knowledge.library import Knowledge
from bot.services.upkeep.in_offices import open_cases_by_office, people_by_office
from bot.settings import Settings


def office_failures(settings: Settings, knowledge: Knowledge) -> list[str]:
    """A line for each office that people or open cases belong to, and the files do not have."""
    database = installed_database(settings)
    if database is None:
        return []
    with database.reading() as session:
        people, cases = people_by_office(session), open_cases_by_office(session)
    database.close()
    gone = sorted(one for one in people.keys() | cases.keys() if not knowledge.answers(one))
    return [
        f"office “{office}” is no office of the department: "
        f"{cases.get(office, 0)} open cases, people: {', '.join(people.get(office, ['none']))}"
        for office in gone
    ]


def unfilled_offices(knowledge: Knowledge) -> list[str]:
    """A line for each office of the department that does not say yet how it is reached."""
    ours = (office for office in knowledge.offices.values() if not office.external)
    return [f"{office.id}: {', '.join(office.unfilled)}" for office in ours if office.unfilled]
