"""A complaint and a paper to be looked at: what the assistant cannot do, and who can."""

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.talk.for_people import needs_people
from bot.domain.talk.payload import payload
from bot.domain.talk.understanding import Outcome


def for_people(desk: Desk, turn: Turn) -> Response | None:
    """One sentence and the two ways to a person; within a form its own question comes next."""
    needed = None if turn.pressed or turn.active_form else needs_people(turn.text)
    if needed is None:
        return None
    choices = [
        desk.choice("answer.choice_request", payload("request_help")),
        desk.choice("answer.choice_officer", payload("handover")),
    ]
    return Response([desk.say(f"talk.{needed}", Outcome.CLARIFY, choices)])
