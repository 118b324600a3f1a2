"""What becomes of a message that was changed after it was sent."""

from actions.filing.request_fields import MIN_QUESTION_WORDS
from actions.filing.request_form import FORM
from actions.shape.house_action import HouseAction, Response
from actions.shape.turn import Turn
from bot.domain.talk.understanding import Outcome
from vietnamese import tokens


class ActionTakeEdit(HouseAction):
    """Takes over an edit of the question of the request; refuses any other edit."""

    action_name = "action_take_edit"

    def respond(self, turn: Turn) -> Response:
        """One sentence. An edit of the newest message outside of a form never comes here."""
        after = turn.entity("after").strip()
        if not _is_of_the_question(turn) or len(tokens(after)) < MIN_QUESTION_WORDS:
            return Response([self.desk.say("talk.edit_not_taken", Outcome.CHITCHAT)])
        return Response(
            [self.desk.say("talk.edit_taken", Outcome.REQUEST)],
            {"request_question": after},
        )


def _is_of_the_question(turn: Turn) -> bool:
    before = turn.entity("before").strip()
    if turn.active_form != FORM or not before:
        return False
    return before == turn.slot("request_question").strip()
