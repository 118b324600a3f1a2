"""A head gives a case to a named person."""

from fastapi import APIRouter, Depends, HTTPException, Response
from sqlalchemy.orm import Session

from bot.console.cases.asked import Form, take
from bot.console.frame.forms import row_id
from bot.console.frame.gate import requires
from bot.domain.office.roles import Permission
from bot.services.assigning.assignments import Assignments
from bot.services.staff.officers import OfficerService
from bot.storage.models import Officer
from bot.storage.models import Request as SupportRequest

router = APIRouter(prefix="/requests/{request_id}")


@router.post("/assign", name="assign_case", dependencies=[Depends(requires(Permission.ASSIGN))])
def assign_case(asked: Form) -> Response:
    """Gives the case to the chosen person, whoever held it."""
    house, chosen = asked.house, row_id(asked.form, "officer")

    def step(session: Session, by: Officer) -> SupportRequest:
        people = OfficerService(session)
        if chosen is None or people.get(chosen) is None:
            raise HTTPException(422)
        return Assignments(session, house.texts, house.library.current).give(
            asked.request_id, people.keep_as_is(chosen), by, now=house.clock()
        )

    return take(asked, step, done="assigned")
