"""The offices whose people work in the console."""

from bot.house import House
from bot.knowledge.office.office import Office
from bot.services.staff.officers import OfficerRefused


def answering_offices(house: House) -> list[Office]:
    """The department's own units, in the order of `offices.yml`."""
    return [office for office in house.library.current.offices.values() if not office.external]


def is_answering(house: House, office: str) -> bool:
    """Whether an id names one of them."""
    return house.library.current.answers(office)


def check_office(house: House, office: str) -> None:
    """Lets an id of one of them pass.

    Raises:
        OfficerRefused: it names none of them.
    """
    if not is_answering(house, office):
        raise OfficerRefused("office")


def own_names(house: House, full_name: str, office: str) -> tuple[str, ...]:
    """How a person, her office and the department are called: no word for a password."""
    found = house.library.current.offices.get(office)
    titles = (found.title, found.short) if found else ()
    return full_name, house.library.tables.department.name, *titles
