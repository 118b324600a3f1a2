"""What is said of the others who have a case open."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from bot.house import House
from bot.services.staff.officers import OfficerService


def onlooker_words(session: Session, house: House, here: Mapping[int, bool]) -> str:
    """Their names, those who write an answer first; empty where nobody else is there.

    `here`: person → whether she writes.
    """
    if not here:
        return ""
    names = OfficerService(session).full_names(set(here))
    writing = ", ".join(names[one] for one, writes in here.items() if writes and one in names)
    reading = ", ".join(names[one] for one, writes in here.items() if not writes and one in names)
    said = [
        house.texts.say("console.onlookers_writing", officer=writing) if writing else "",
        house.texts.say("console.onlookers_reading", officer=reading) if reading else "",
    ]
    return "; ".join(filter(None, said))
