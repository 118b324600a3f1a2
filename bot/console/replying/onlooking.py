"""Who else has a case open: what is said of them, and the sign that somebody writes."""

from fastapi import APIRouter, Depends, Request, Response

from bot.console.cases.visible import visible_request
from bot.console.frame.gate import InHouse, SignedIn, requires
from bot.domain.office.roles import Permission

router = APIRouter(prefix="/requests/{request_id}")


@router.get("/writing", name="write_here", dependencies=[Depends(requires(Permission.ANSWER))])
def write_here(request: Request, house: InHouse, visitor: SignedIn, request_id: int) -> Response:
    """The visitor writes an answer: said to who has the case open, and kept nowhere."""
    with house.database.reading() as session:
        visible_request(session, visitor, request_id)
    request.app.state.onlookers.say(request_id, visitor.id, writes=True)
    return Response(status_code=204)
