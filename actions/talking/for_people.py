"""A complaint and a paper to be looked at: what the assistant cannot do, and who can."""

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from actions.talking.plain_wish import REQUEST_FORM
from bot.domain.talk.for_people import needs_people
from bot.domain.talk.payload import payload
from bot.domain.talk.understanding import Outcome


def for_people(desk: Desk, turn: Turn) -> Response | None:
    """One sentence and the two ways to a person; within a form its own question comes next.

    Who was just asked whether he wants to send a request has told what it is about.
    """
    needed = None if turn.pressed or turn.active_form else needs_people(turn.text)
    if needed is None:
        return None
    if turn.wish_asked_about == "request_help":
        return Response(events=[{"event": "followup", "name": REQUEST_FORM}])
    choices = [
        desk.choice("answer.choice_request", payload("request_help")),
        desk.choice("answer.choice_officer", payload("handover")),
    ]
    return Response([desk.say(f"talk.{needed}", Outcome.CLARIFY, choices)])
