"""A kind word to a slip or an apology; whatever was going on stays as it was."""

from actions.shape.desk import Desk
from actions.shape.house_action import Response
from actions.shape.turn import Turn
from bot.domain.talk.conversation import Handler
from bot.domain.talk.payload import payload
from bot.domain.talk.slip import is_slip
from bot.domain.talk.understanding import Outcome
from bot.services.messaging.conversations import ConversationService


def slip(desk: Desk, turn: Turn) -> Response | None:
    """The kind word; who waits for an officer is offered to leave. None where nothing slipped."""
    if turn.pressed or not is_slip(turn.text):
        return None
    with desk.house.database.reading() as session:
        handler = ConversationService(session).get(turn.conversation_id).handler
    if handler == Handler.QUEUE and not turn.active_form:
        leave = desk.choice("request.choice_withdraw_talk", payload("cancel"))
        return Response([desk.say("talk.slip_waiting", Outcome.CHITCHAT, [leave])])
    return Response([desk.say("talk.slip", Outcome.CHITCHAT)])
